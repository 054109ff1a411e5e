internal import CPostgreSQL
internal import Storage

/// What the server or the line to it says went wrong.
struct ServerError: Error {
    /// SQLSTATE (PostgreSQL documentation, appendix A); empty when the line broke.
    let state: String
    let message: String
    /// For a broken uniqueness rule: table and columns, as `link.id`.
    private(set) var constraint = ""
    /// Nothing was done, and on a line that works it may be done: the same again is worth a try.
    private(set) var mayPass = false

    init(state: String = "", message: String) {
        self.state = state
        self.message = message
    }

    init(_ result: OpaquePointer?) {
        func field(_ code: Unicode.Scalar) -> String {
            PQresultErrorField(result, Int32(code.value)).map { String(cString: $0) } ?? ""
        }
        state = field("C")
        message = field("M")
        mayPass = isConflict || isStale
        if state == Self.uniqueViolation { constraint = Self.columns(of: field("D"), table: field("t")) }
    }

    /// The line broke before a commit was sent: the server has rolled back what there was.
    static func beforeCommit(_ error: ServerError) -> ServerError {
        var copy = error
        copy.mayPass = true
        return copy
    }

    private static let uniqueViolation = "23505"

    /// From `Key (a, b)=(…) already exists.`: the columns, and never the values, which are people's.
    private static func columns(of detail: String, table: String) -> String {
        guard let opening = detail.firstIndex(of: "("), let closing = detail.firstIndex(of: ")"), opening < closing
        else { return table }
        return detail[detail.index(after: opening)..<closing].split(separator: ",")
            .map { "\(table).\($0.drop { $0 == " " })" }.joined(separator: ", ")
    }

    /// The line is of no use any more: broken, closed by the server, or to a server that takes no writes now.
    var isLost: Bool {
        state.isEmpty || state.hasPrefix("08") || state.hasPrefix("57P") || state == "25006"
    }

    /// Somebody else was first with what must be there once; a look at the data as it is now may find it there.
    var isTaken: Bool { state == Self.uniqueViolation }

    /// Two transactions met; the same again may work.
    var isConflict: Bool { state == "40001" || state == "40P01" }

    /// The line's prepared statements are of a schema that has changed since.
    var isStale: Bool { state == "0A000" || state == "26000" }

    var storageError: StorageError {
        switch state {
        case Self.uniqueViolation: .notUnique(constraint: constraint)
        case _ where isLost: .away(message)
        case "53300": .unavailable("the server has no connection left for us (\(message)); raise max_connections")
        case "53100": .unavailable("the server's disk is full (\(message))")
        case "42501": .unavailable("the account has no right to do this (\(message))")
        default: .unavailable("\(state): \(message)")
        }
    }
}
