/// What a server said, with its whole body.
struct ServiceAnswer: Sendable {
    let status: UInt
    /// Empty where it does not say; in lower case, without parameters.
    let type: String
    let links: [String]
    let count: String?
    let retryAfter: String?
    let body: [UInt8]

    /// Throws `RosterRefused` for what is not JSON.
    func checkType(of name: String) throws {
        let first = body.first { $0 > 32 }
        if type.contains("html") || first == UInt8(ascii: "<") { throw ServiceFault.html(name) }
        guard type.isEmpty || type == "application/json" || type == "text/json" || type.hasSuffix("+json") else {
            throw ServiceFault.wrongType(type, of: name)
        }
    }

    /// True for what may be better a moment later.
    var isBusy: Bool { status == 429 || (500...599).contains(status) }
}
