import Foundation
import Glibc

/// Is the data folder ours alone, and is there room?
struct FolderCheck {
    let path: String

    var findings: [Finding] {
        guard let facts = FileFacts(path) else {
            return [
                Finding("data folder", .note, "\(path) is not there yet; the first start makes it."),
                space(Self.parent(path)),
            ]
        }
        return [folder(facts)] + files() + [space(path)]
    }

    private func folder(_ facts: FileFacts) -> Finding {
        if !facts.isOurs {
            return wrong("\(path) belongs to somebody else. Run FirstBell as its owner, or chown it to \(Self.us).")
        }
        if facts.isOpenToOthers {
            return wrong("\(path) has the mode \(facts.modeText), so others can look in. Run: chmod 700 \(path)")
        }
        guard access(path, W_OK | X_OK) == 0 else { return wrong("\(path) cannot be written to.") }
        return Finding("data folder", .good, "\(path) is ours alone.")
    }

    /// What was made by another person or put back by hand.
    private func files() -> [Finding] {
        let names = ["firstbell.sqlite", "firstbell.sqlite-wal", "firstbell.sqlite-shm", "lock", "outbox", "uploads"]
        return names.compactMap { name in
            let file = "\(path)/\(name)"
            guard let facts = FileFacts(file), !facts.isOurs else { return nil }
            return wrong("\(file) belongs to somebody else, so the server cannot use it. Run: chown \(Self.us) \(file)")
        }
    }

    /// A copy is made before an upgrade, so twice the database has to fit.
    private func space(_ folder: String) -> Finding {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        guard let free = (attributes?[.systemFreeSize] as? NSNumber)?.int64Value else {
            return Finding("disk space", .note, "How much room is left at \(folder) cannot be told.")
        }
        let file = try? FileManager.default.attributesOfItem(atPath: "\(path)/firstbell.sqlite")
        let database = (file?[.size] as? NSNumber)?.int64Value ?? 0
        let text = "\(free >> 20) MiB are free at \(folder); the database has \(database >> 20) MiB."
        if free < (256 << 20) + database { return Finding("disk space", .wrong, "\(text) Make room.") }
        if free < (1 << 30) + 2 * database { return Finding("disk space", .note, "\(text) Make room soon.") }
        return Finding("disk space", .good, text)
    }

    private func wrong(_ sentence: String) -> Finding { Finding("data folder", .wrong, sentence) }

    private static var us: String { getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(geteuid())" }

    /// The nearest folder above that is there.
    private static func parent(_ path: String) -> String {
        var url = URL(fileURLWithPath: path).standardizedFileURL
        while url.path != "/", !FileManager.default.fileExists(atPath: url.path) { url.deleteLastPathComponent() }
        return url.path
    }
}
