import Foundation
import Glibc

/// Owner and mode of a file or folder.
struct FileFacts {
    let mode: UInt16
    let isOurs: Bool

    /// nil when there is nothing at `path`, or nothing that may be looked at.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        mode = UInt16(truncatingIfNeeded: status.st_mode & 0o777)
        isOurs = status.st_uid == geteuid()
    }

    /// True when somebody else on this machine can open it.
    var isOpenToOthers: Bool { mode & 0o077 != 0 }
    var modeText: String { String(mode, radix: 8) }

    /// The path with every link followed, as far as it is there.
    static func whole(_ path: String) -> String {
        URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
}
