/// The line below the last student: "Total: 25".
enum ListTotal {
    /// True for the values of such a line: a word for a sum, alone or with numbers.
    static func isOne(_ values: some Sequence<String>) -> Bool {
        let filled = values.filter { !$0.isEmpty }
        guard let first = filled.first, filled.dropFirst().allSatisfy({ !hasLetters($0) }) else { return false }
        var folded = ListColumnName.folded(first).unicodeScalars
        while let last = folded.last, ("0"..."9").contains(last) { folded.removeLast() }
        return words.contains(String(folded))
    }

    static func hasLetters(_ text: String) -> Bool { text.unicodeScalars.contains { $0.properties.isAlphabetic } }

    private static let words: Set = [
        "total", "totals", "subtotal", "sum", "count", "totalstudents", "studenttotal", "studentcount",
        "numberofstudents", "endoflist", "end", "summe", "gesamt", "insgesamt", "anzahl", "suma", "recuento",
        "totalalumnos", "totaldealumnos", "totalestudiantes", "totaldeestudiantes", "somme", "effectif",
    ]
}
