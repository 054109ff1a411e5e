import Foundation
import RosterSources

/// A folder that goes when the test is over, and packages made in it.
final class Workbench {
    let path = NSTemporaryDirectory() + "firstbell-" + UUID().uuidString
    private var made = 0

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ bytes: some Collection<UInt8>) throws -> String {
        made += 1
        let file = path + "/\(made).zip"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    func zip(_ files: [(name: String, bytes: [UInt8])]) throws -> String {
        made += 1
        let file = path + "/\(made).zip"
        try fill(try ZipWriter(path: file), with: files)
        return file
    }

    func folder(_ files: [(name: String, bytes: [UInt8])]) throws -> String {
        made += 1
        let folder = path + "/\(made)"
        try fill(try FolderWriter(path: folder), with: files)
        return folder
    }

    private func fill(_ writer: any PackageWriter, with files: [(name: String, bytes: [UInt8])]) throws {
        for file in files {
            try writer.begin(file.name)
            try file.bytes.withUnsafeBytes { try writer.write($0) }
        }
        try writer.finish()
    }
}

/// Bytes from memory, given out in small pieces so that every border is crossed.
final class PiecemealBytes: ByteSource {
    private let bytes: [UInt8]
    private let piece: Int
    private var position = 0

    init(_ bytes: [UInt8], piece: Int = 1) {
        self.bytes = bytes
        self.piece = piece
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let part = bytes[position..<min(bytes.count, position + min(piece, buffer.count))]
        buffer.copyBytes(from: part)
        position += part.count
        return part.count
    }
}

/// Everything that a source still gives.
func everything(from source: any ByteSource) throws -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 7_000)
    while true {
        let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
        guard count > 0 else { return all }
        all += buffer[..<count]
    }
}
