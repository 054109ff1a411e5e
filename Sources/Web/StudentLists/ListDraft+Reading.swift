import Core
import Foundation
import RosterSources

extension ListDraft {
    /// Throws `RosterRefused` for what is no list.
    func list() throws -> StudentListFile {
        let (bytes, name) = (bytes, fileName)
        return try StudentListFile(named: name) { MemoryBytes(bytes) }
    }

    /// A file of it that only this user can read; whoever takes it removes it.
    func written(in folder: String) throws -> URL {
        let file = URL(fileURLWithPath: "\(folder)/\(UUID().uuidString).upload")
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: Data(bytes), attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
        return file
    }
}

/// The name of a school as a person types it.
enum SchoolName {
    /// Without blanks around it and signs that cannot be read; nil where nothing is left.
    static func typed(_ text: String) -> String? {
        let name = text.onOneLine(most: 100).trimmingCharacters(in: .whitespacesAndNewlines)
        return name.isEmpty ? nil : name
    }
}
