/// The values of one row of a list, without blanks around them.
struct ListCells {
    let line: Int
    let texts: [String]
    let fault: CSVFault?

    /// Line breaks stay: they are something wrong that has to be said.
    init(_ table: CSVReader) {
        line = table.line
        fault = table.fault
        texts = (0..<table.count).map { Substring(table.text($0)).trimmingBlanks(butLineBreaks: true) }
    }

    subscript(_ column: Int?) -> String { column.flatMap { texts.indices.contains($0) ? texts[$0] : nil } ?? "" }

    /// How many values have something in them.
    var filled: Int { texts.count { !$0.isEmpty } }
}
