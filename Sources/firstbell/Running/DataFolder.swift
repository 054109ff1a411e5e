import Foundation
import Glibc

/// The folder that holds everything but the keys. One process owns it at a time, by a lock on the file `lock`.
final class DataFolder: Sendable {
    let path: String
    private let lock: Int32

    /// Makes the folder (0700) if need be and takes the lock. Throws `Owned` while another process has it.
    init(_ path: String) throws {
        let absolute = URL(fileURLWithPath: path).standardizedFileURL.path
        try Self.make(absolute)
        let descriptor = open("\(absolute)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Refusal("\(absolute) cannot be written to: \(String(cString: strerror(errno))).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Owned(path: absolute)
        }
        self.path = absolute
        lock = descriptor
    }

    deinit { close(lock) }

    /// Another process runs on this folder.
    struct Owned: Error {
        let path: String
        var controlSocket: String { "\(path)/control.sock" }
    }

    /// What this folder is called among those of other machines.
    var place: String { "\(ProcessInfo.processInfo.hostName):\(path)" }
    var database: String { "\(path)/firstbell.sqlite" }
    var controlSocket: String { "\(path)/control.sock" }
    var uploads: String { "\(path)/uploads" }
    var staging: String { "\(path)/staging" }
    var outbox: String { "\(path)/outbox" }
    var backups: String { "\(path)/before-upgrade" }

    /// Makes a folder that only this user can enter.
    static func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch { throw Refusal("The folder \(path) cannot be made: \(error.localizedDescription)") }
    }
}
