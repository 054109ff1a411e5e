/// Links to other pages (RFC 8288).
enum LinkHeader {
    /// The address of the next page, as written.
    static func next(in headers: [String]) -> String? {
        for header in headers {
            var rest = Substring(header)
            while let opening = rest.firstIndex(of: "<"), let closing = rest[opening...].firstIndex(of: ">") {
                let address = rest[rest.index(after: opening)..<closing]
                rest = rest[rest.index(after: closing)...]
                let parameters = rest.prefix { $0 != "<" }
                if parameters.split(whereSeparator: { $0 == ";" || $0 == "," }).contains(where: isNext) {
                    return String(address)
                }
            }
        }
        return nil
    }

    private static func isNext(_ parameter: Substring) -> Bool {
        let plain = parameter.lowercased().filter { $0 != "\"" && $0 != "'" }
        let parts = plain.split(separator: "=", maxSplits: 1)
        return parts.count == 2 && parts[0].filter { $0 != " " } == "rel"
            && parts[1].split(separator: " ").contains("next")
    }
}
