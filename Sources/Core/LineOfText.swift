extension String {
    /// The text without control characters, cut to a number of unicode scalars: for a name that came from outside.
    package func onOneLine(most count: Int) -> String {
        String(
            String.UnicodeScalarView(unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(count)))
    }
}
