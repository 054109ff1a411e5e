package import Hummingbird

/// The fields of an address's query; a name may stand there once, unless it is a declared list.
package struct Query: Sendable {
    private let values: [String: [String]]

    /// Throws `BadForm.twice` and `.unreadable`. Names that nobody asks for are let be: mail programs add some.
    package init(_ request: Request, lists: Set<String> = []) throws(BadForm) {
        var values: [String: [String]] = [:]
        for pair in Array((request.uri.query ?? "").utf8).split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try FormText.decoded(halves[0])
            if values[name] != nil, !lists.contains(name) { throw .twice(field: name) }
            values[name, default: []].append(halves.count > 1 ? try FormText.decoded(halves[1]) : "")
        }
        self.values = values
    }

    package subscript(_ name: String) -> String? { values[name]?.first }

    /// All values of a declared list.
    package func list(_ name: String) -> [String] { values[name] ?? [] }
}
