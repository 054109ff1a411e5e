package import Foundation

/// One numbered step of the schema: forward only, never edited after it landed.
package struct Migration: Sendable, Equatable {
    package let number: Int
    package let name: String
    package let script: String

    package init(number: Int, name: String, script: String) {
        self.number = number
        self.name = name
        self.script = script
    }

    /// Reads `0001-name.sql`, `0002-…` from a folder, in order. Throws when a number is missing or there twice.
    package static func all(in folder: URL) throws -> [Migration] {
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }
        let migrations = try files.map { file in
            let name = file.deletingPathExtension().lastPathComponent
            guard let number = Int(name.prefix(4)) else { throw MigrationRefused.misnamed(name) }
            return Migration(number: number, name: name, script: try String(contentsOf: file, encoding: .utf8))
        }.sorted { $0.number < $1.number }
        guard migrations.map(\.number) == Array(1...max(1, migrations.count)) else {
            throw MigrationRefused.gap(migrations.map(\.name))
        }
        return migrations
    }
}

/// Why the schema cannot be brought up to date; nothing was changed.
package enum MigrationRefused: Error, Sendable, Equatable {
    case misnamed(String)
    case gap([String])
    /// The database was written by a newer FirstBell.
    case newer(found: Int, known: Int)
}
