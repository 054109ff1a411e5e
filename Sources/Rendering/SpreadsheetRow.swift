package import Foundation

/// One row of a CSV file (RFC 4180) that people open in a spreadsheet: no cell of it can become a formula.
package struct SpreadsheetRow: Sendable {
    /// What a file begins with, so that Excel reads it as UTF-8.
    package static let mark = "\u{FEFF}"

    private let cells: [String]

    package init(_ cells: [String]) { self.cells = cells }

    /// The row with its line end.
    package var text: String { cells.map(Self.cell).joined(separator: ",") + "\r\n" }

    /// A moment that a spreadsheet sorts and reads as one: "2026-09-16 08:02:15".
    package static func moment(_ date: Date, _ zone: TimeZone) -> String {
        let time = CivilTime(date, zone)
        let seconds = Int(date.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: date)
        let day = "\(two(time.year))-\(two(time.month))-\(two(time.day))"
        return "\(day) \(two(time.hour)):\(two(time.minute)):\(two(((seconds % 60) + 60) % 60))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func cell(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var isQuoted = false
        // Where a list is separated by semicolons, a spreadsheet begins a new cell behind one, whatever is quoted.
        var beginsCell = true
        for scalar in text.unicodeScalars {
            if beginsCell, opensFormula(scalar) { scalars.append("'") }
            beginsCell = [";", "\t", "\r", "\n"].contains(scalar)
            if scalar == "\"" { scalars.append("\"") }
            if scalar == "\"" || scalar == "," || scalar == "\r" || scalar == "\n" { isQuoted = true }
            scalars.append(scalar)
        }
        return isQuoted ? "\"\(String(scalars))\"" : String(scalars)
    }

    /// With these a cell begins that a spreadsheet takes for a formula (OWASP, CSV injection); the wide ones too.
    private static func opensFormula(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
        default: false
        }
    }
}
