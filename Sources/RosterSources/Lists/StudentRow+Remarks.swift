extension StudentRow {
    /// True for a line that is about no student, such as "Total: 25" below the last one.
    func isRemark(_ values: [String], name: WholeName, in table: RosterTable) -> Bool {
        let hasLetters = { (text: String) in text.unicodeScalars.contains { $0.properties.isAlphabetic } }
        if let first = values.first, values.dropFirst().allSatisfy({ !hasLetters($0) }), Self.isTotal(first) {
            return true
        }
        guard hasNames else { return false }
        let text = name.given + name.family
        if text.isEmpty { return !hasID(in: table) }
        if !hasLetters(text) { return !["-", ".", "'"].contains(text) }
        return isByName && text.unicodeScalars.contains { $0 == ":" || ("0"..."9").contains($0) }
    }

    /// A word for a sum, alone or with its number.
    private static func isTotal(_ text: String) -> Bool {
        var folded = ListColumnName.folded(text).unicodeScalars
        while let last = folded.last, ("0"..."9").contains(last) { folded.removeLast() }
        return totals.contains(String(folded))
    }

    private static let totals: Set = [
        "total", "totals", "subtotal", "sum", "count", "totalstudents", "studenttotal", "studentcount",
        "numberofstudents", "endoflist", "end", "summe", "gesamt", "insgesamt", "anzahl", "suma", "recuento",
        "totalalumnos", "totaldealumnos", "totalestudiantes", "totaldeestudiantes", "somme", "effectif",
    ]
}
