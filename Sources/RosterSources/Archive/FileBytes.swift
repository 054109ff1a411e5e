import Core
import Foundation

/// The bytes of one plain file. Links, pipes and devices are refused.
package final class FileBytes: ByteSource {
    /// How long the file was when it was opened, in bytes.
    package let size: Int
    private let name: String
    private let descriptor: Int32

    /// Throws `RosterRefused` where there is no plain file that can be read. Only a path that a person typed may be a link.
    package init(path: String, name: String, mayBeLink: Bool = false) throws {
        self.name = name
        let place = RosterPlace(file: name, line: 0)
        let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (mayBeLink ? 0 : O_NOFOLLOW))
        guard opened >= 0 else {
            throw RosterRefused(
                reason: errno == ELOOP
                    ? "{value} is a link. Put the file itself into the folder."
                    : "{value} cannot be opened. Check its name and who may read it.", value: name, place: place)
        }
        var status = stat()
        guard fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(opened)
            throw RosterRefused(
                reason: "{value} is not a file. Give a .zip file or a folder.", value: name, place: place)
        }
        descriptor = opened
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            guard errno == EINTR else {
                throw RosterRefused(
                    reason: "{value} could not be read to its end. Copy it again and try once more.", value: name,
                    place: RosterPlace(file: name, line: 0))
            }
        }
    }
}
