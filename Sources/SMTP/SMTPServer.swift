import Foundation

/// The mail server that a district has named: `smtp://user@host:587` (STARTTLS) or `smtps://user@host:465` (TLS at once).
package struct SMTPServer: Sendable, Equatable {
    package enum Security: Sendable, Equatable {
        case startTLS, implicitTLS
        /// Only on this machine.
        case none
    }
    package let host: String
    package let port: Int
    package let security: Security
    let login: SMTPLogin?

    /// Reads the address. The password stands in no address, since addresses end up in logs.
    ///
    /// `?tls=none` is taken for loopback hosts only. Throws `SMTPServerProblem`.
    package init(url: String, password: String?) throws(SMTPServerProblem) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            scheme == "smtp" || scheme == "smtps", let named = parts.host, !named.isEmpty,
            parts.path.isEmpty || parts.path == "/", parts.fragment == nil
        else { throw .notAnAddress }
        if parts.password != nil { throw .passwordInAddress }
        let host = named.hasPrefix("[") ? String(named.dropFirst().dropLast()) : named
        let isPlain = (parts.queryItems ?? []).map { "\($0.name)=\($0.value ?? "")" }
        guard isPlain.isEmpty || isPlain == ["tls=none"] else { throw .notAnAddress }
        if !isPlain.isEmpty, scheme == "smtps" || !Self.isLoopback(host) { throw .plainBeyondThisMachine(host: host) }
        security = scheme == "smtps" ? .implicitTLS : isPlain.isEmpty ? .startTLS : .none
        self.host = host
        port = parts.port ?? (scheme == "smtps" ? 465 : 587)
        switch (parts.user, password) {
        case (nil, nil): login = nil
        case (nil, .some): throw .passwordWithoutUser
        case (.some, nil): throw .userWithoutPassword
        case (let user?, let password?):
            guard !user.isEmpty, !user.utf8.contains(0), !password.isEmpty, !password.utf8.contains(0)
            else { throw .notAnAddress }
            login = SMTPLogin(user: user, password: password)
        }
    }

    static func isLoopback(_ host: String) -> Bool {
        host == "localhost" || host == "::1"
            || host.split(separator: ".", omittingEmptySubsequences: false).count == 4 && host.hasPrefix("127.")
                && host.utf8.allSatisfy { $0 == 46 || (48...57).contains($0) }
    }

    /// An IP address has no place in TLS's server name.
    var isNumeric: Bool { host.utf8.contains(58) || host.utf8.allSatisfy { $0 == 46 || (48...57).contains($0) } }
}

/// A name and password for AUTH; shows neither.
struct SMTPLogin: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    let user: String
    let password: String
    var description: String { "•••" }
    var customMirror: Mirror { Mirror(self, children: []) }
}

/// Why a mail server cannot be used as it is named, in a sentence that says what to do.
package enum SMTPServerProblem: Error, Sendable, Equatable, CustomStringConvertible {
    case notAnAddress
    case passwordInAddress
    case plainBeyondThisMachine(host: String)
    case passwordWithoutUser
    case userWithoutPassword
    case helloName(String)
    case certificates(file: String)

    package var description: String {
        switch self {
        case .notAnAddress:
            "This is no address of a mail server. Write smtp://user@mail.example:587 or smtps://user@mail.example:465."
        case .passwordInAddress:
            "The mail server's address holds a password. Take it out and put it into FIRSTBELL_SMTP_PASSWORD_FILE."
        case .plainBeyondThisMachine(let host):
            "Mail to \(host) must be encrypted: tls=none is only for a mail server on this machine."
        case .passwordWithoutUser:
            "There is a password for the mail server but no user. Write smtp://user@mail.example."
        case .userWithoutPassword:
            "The mail server's address names a user. Put the password into FIRSTBELL_SMTP_PASSWORD_FILE."
        case .helloName(let name):
            "\(name) cannot be said to a mail server as our name. Give FIRSTBELL_PUBLIC_URL a host name."
        case .certificates(let file):
            "\(file) holds no certificate in PEM form. Check FIRSTBELL_SMTP_CA_FILE."
        }
    }
}
