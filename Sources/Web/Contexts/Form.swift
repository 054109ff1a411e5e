package import Core
package import Hummingbird

/// Why a form was not taken: said as 400, 413 or 415.
package enum BadForm: Error, Sendable, Equatable {
    case otherType
    case tooLarge
    case unreadable
    case unknown(field: String)
    case twice(field: String)
    case missing(field: String)
    case invalid(field: String)
}

/// The fields of a posted form (WHATWG URL, section 5.1). Only declared fields are let in, each once unless a list.
package struct Form: Sendable {
    private let values: [String: [String]]

    /// Reads the body. Throws `BadForm`. `limit` is in bytes.
    package init(
        _ request: Request, fields: Set<String>, lists: Set<String> = [], limit: Int = 16_384
    ) async throws {
        guard Self.isForm(request.headers[.contentType]) else { throw BadForm.otherType }
        var bytes: [UInt8] = []
        for try await part in request.body {
            guard bytes.count + part.readableBytes <= limit else { throw BadForm.tooLarge }
            bytes += part.readableBytesView
        }
        try self.init(bytes, fields: fields, lists: lists)
    }

    init(_ bytes: [UInt8], fields: Set<String>, lists: Set<String>) throws(BadForm) {
        var values: [String: [String]] = [:]
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try FormText.decoded(halves[0])
            let value = halves.count > 1 ? try FormText.decoded(halves[1]) : ""
            guard fields.contains(name) || lists.contains(name) else { throw .unknown(field: name) }
            if values[name] != nil, !lists.contains(name) { throw .twice(field: name) }
            values[name, default: []].append(value)
        }
        self.values = values
    }

    /// The value of a field that must be there; it may be empty.
    package func text(_ name: String) throws(BadForm) -> String {
        guard let value = values[name]?.first else { throw .missing(field: name) }
        return value
    }

    /// The value of a field that may be missing.
    package func optional(_ name: String) -> String? { values[name]?.first }

    /// All values of a declared list.
    package func list(_ name: String) -> [String] { values[name] ?? [] }

    /// True for a checkbox that is ticked.
    package func isTicked(_ name: String) -> Bool { values[name] != nil }

    /// A field that holds an id.
    package func id<Owner>(_ name: String, as owner: Owner.Type = Owner.self) throws(BadForm) -> ID<Owner> {
        guard let id = ID<Owner>(try text(name)) else { throw .invalid(field: name) }
        return id
    }

    /// A list of ids.
    package func ids<Owner>(_ name: String, as owner: Owner.Type = Owner.self) throws(BadForm) -> [ID<Owner>] {
        var ids: [ID<Owner>] = []
        for text in list(name) {
            guard let id = ID<Owner>(text) else { throw .invalid(field: name) }
            ids.append(id)
        }
        return ids
    }

    /// `application/x-www-form-urlencoded`, with no charset or UTF-8.
    static func isForm(_ contentType: String?) -> Bool {
        guard let contentType else { return false }
        let parts = contentType.lowercased().split(separator: ";").map { part in
            String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        guard parts.first == "application/x-www-form-urlencoded" else { return false }
        return parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
    }
}
