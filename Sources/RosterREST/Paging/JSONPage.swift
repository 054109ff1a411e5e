import Crypto
import Foundation

/// One page of a collection: it was looked through once and is whole; its rows are decoded one by one.
struct JSONPage {
    /// Of one row, in bytes.
    static let longestRow = 1 << 20

    private let bytes: [UInt8]
    private let rows: [Int]
    /// The same for two pages that have the same rows.
    let fingerprint: UInt64
    var count: Int { rows.count }

    /// Throws `RosterRefused` for what has not the form of a page.
    init(_ bytes: [UInt8], of collection: OneRosterCollection) throws {
        self.bytes = bytes
        var rows: [Int]?
        var ids = SHA256()
        do {
            var scanner = JSONScanner(bytes)
            try scanner.members(0) { scanner, name in
                guard name == collection.name else { return try scanner.skip(1) }
                guard rows == nil else { throw JSONScanner.Fault.malformed }
                var starts: [Int] = []
                try scanner.elements(1) { scanner in
                    _ = scanner.next()
                    let start = scanner.index
                    starts.append(start)
                    let id = try scanner.object(keeping: ["sourcedId"], depth: 2)["sourcedId"]?.text ?? ""
                    guard scanner.index - start <= Self.longestRow else {
                        throw ServiceFault.rowTooLong(collection.name)
                    }
                    ids.update(data: Data(id.utf8))
                    ids.update(data: Data([0]))
                }
                rows = starts
            }
            try scanner.end()
        } catch is JSONScanner.Fault { throw ServiceFault.form(collection.name) }
        guard let rows else { throw ServiceFault.form(collection.name) }
        self.rows = rows
        fingerprint = ids.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The fields of a row that are wanted.
    func row(_ number: Int, keeping fields: Set<String>) throws -> JSONValue {
        var scanner = JSONScanner(bytes, from: rows[number])
        return try scanner.object(keeping: fields, depth: 2)
    }
}
