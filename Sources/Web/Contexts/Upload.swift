package import Core
package import Foundation
import Glibc
package import Hummingbird

/// A posted form with one file in it (`multipart/form-data`, RFC 7578). The file goes to disk as it comes.
package struct Upload: Sendable {
    /// Where the file lies, readable by this user alone; whoever takes the upload removes it.
    package let file: URL
    /// The name that the file had on the visitor's machine, without folders; for people to read only.
    package let name: String
    private let fields: [String: String]

    /// Reads the body into a file of `folder`. Throws `BadForm`; nothing is left on disk then. `limit` is in bytes.
    package init(
        _ request: Request, file field: String, fields: Set<String>, folder: String, limit: Int
    ) async throws {
        guard let boundary = Multipart.boundary(request.headers[.contentType]) else { throw BadForm.otherType }
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit { throw BadForm.tooLarge }
        let target = URL(fileURLWithPath: "\(folder)/\(UUID().uuidString).upload")
        let descriptor = open(target.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw HTTPError(.serviceUnavailable) }
        defer { close(descriptor) }
        do {
            var parts = Multipart(boundary: boundary, file: field, fields: fields, descriptor: descriptor)
            var size = 0
            for try await part in request.body {
                size += part.readableBytes
                guard size <= limit else { throw BadForm.tooLarge }
                try parts.take(part.readableBytesView)
            }
            let (name, values) = try parts.finish()
            file = target
            self.name = name
            self.fields = values
        } catch {
            unlink(target.path)
            throw error
        }
    }

    /// What stands in a field; nil where it is not there or empty.
    package func optional(_ name: String) -> String? { fields[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// A field that holds an id.
    package func id<Owner>(_ name: String, as owner: Owner.Type = Owner.self) throws(BadForm) -> ID<Owner> {
        guard let text = fields[name] else { throw .missing(field: name) }
        guard let id = ID<Owner>(text) else { throw .invalid(field: name) }
        return id
    }
}
