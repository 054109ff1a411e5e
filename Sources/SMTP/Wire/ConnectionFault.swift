/// Why a line to a mail server is of no more use.
enum ConnectionFault: Error, Sendable, Equatable {
    case noConnection(String)
    case lost
    case timedOut
    /// What came is no answer of a mail server, or an answer that nobody had asked for.
    case garbage
    /// Plain text came with the answer to STARTTLS: somebody in between wants it taken as encrypted (CVE-2011-0411).
    case injected
    case tls(String)
    /// A command that would have held a line end; never sent.
    case unsendable

    var text: String {
        switch self {
        case .noConnection(let reason): "No connection to the mail server: \(reason)"
        case .lost: "The mail server closed the connection."
        case .timedOut: "The mail server did not answer in time."
        case .garbage: "What came from the mail server is not SMTP."
        case .injected: "Somebody put plain text before the encryption began; nothing was sent."
        case .tls(let reason): "No trusted encryption with the mail server: \(reason)"
        case .unsendable: "The command would have held a line end."
        }
    }
}
