import Core

/// A path of ours with its query, percent-encoded as forms send it. Items without a value are left out.
package struct PageAddress: Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ path: String, _ items: KeyValuePairs<StaticString, String?> = [:]) {
        let query = items.compactMap { name, value in value.map { "\(name)=\($0.percentEncoded)" } }
        description = query.isEmpty ? path : path + "?" + query.joined(separator: "&")
    }
}
