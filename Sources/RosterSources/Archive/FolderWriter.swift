import Foundation

/// Writes the files of a package into a folder, readable by their owner only.
package final class FolderWriter: PackageWriter {
    private let path: String
    private var descriptor: Int32 = -1

    /// Makes the folder where there is none.
    package init(path: String) throws {
        self.path = path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    package func begin(_ name: String) throws {
        try finish()
        descriptor = open(path + "/" + name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure }
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Foundation.write(descriptor, part.baseAddress, part.count)
            guard count > 0 || errno == EINTR else { throw failure }
            rest = rest.dropFirst(max(0, count))
        }
    }

    package func finish() throws {
        guard descriptor >= 0 else { return }
        let answer = close(descriptor)
        descriptor = -1
        guard answer == 0 else { throw failure }
    }

    private var failure: PackageNotWritten { PackageNotWritten(path: path, reason: String(cString: strerror(errno))) }
}
