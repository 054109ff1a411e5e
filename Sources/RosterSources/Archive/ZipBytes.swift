import CArchive
import Core

/// The bytes of one member, unpacked while they are read. Never more than the zip's directory promised.
final class ZipBytes: ByteSource {
    private let zip: ZipFile
    private let member: PackageMember
    private var left: Int

    init(path: String, member: PackageMember) throws {
        zip = try ZipFile(path: path)
        self.member = member
        left = member.size
        for _ in 0..<member.index { _ = try zip.nextEntry() }
        guard try zip.nextEntry() != nil else { throw damaged }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = archive_read_data(zip.handle, buffer.baseAddress, buffer.count)
        guard count >= 0, count <= left else { throw damaged }
        guard count > 0 || left == 0 else { throw damaged }
        left -= count
        return count
    }

    private var damaged: RosterRefused {
        RosterRefused(
            reason: "{value} is damaged inside the .zip file. Export the roster again and send the new file.",
            value: member.name, place: RosterPlace(file: member.name, line: 0))
    }
}
