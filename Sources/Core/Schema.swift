internal import Foundation
package import Storage

/// The numbered steps that make the database.
package enum Schema {
    /// Throws when the program was installed without its resources.
    package static func migrations() throws -> [Migration] {
        guard let folder = Bundle.module.resourceURL?.appending(path: "Migrations") else { return [] }
        return try Migration.all(in: folder)
    }
}
