import Core

/// Addresses within FirstBell with their query, percent-encoded (RFC 3986).
enum LocalAddress {
    /// `path?name=value&…`; fields without a value are left out.
    static func of(_ path: String, _ fields: [(String, String?)]) -> String {
        let pairs = fields.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : "\(name)=\($0.percentEncoded)" }
        }
        return pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
    }
}
