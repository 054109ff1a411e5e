import CArchive
import Core
import Foundation

/// A roster package: a zip, or a folder for the command line. Members are read straight out of it and never written to disk.
package struct PackageArchive: Sendable {
    /// The files of the package, without hidden ones.
    package let members: [PackageMember]
    private let path: String
    private let isFolder: Bool

    /// Takes a zip or a folder, whichever is there. Throws `RosterRefused`.
    package init(at path: String, limits: ArchiveLimits = ArchiveLimits()) throws {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            try self.init(folder: path, limits: limits)
        } else {
            try self.init(zip: path, limits: limits)
        }
    }

    /// Lists a zip and refuses one that is damaged, too large, encrypted, or full of tricks. Throws `RosterRefused`.
    package init(zip path: String, limits: ArchiveLimits = ArchiveLimits()) throws {
        let file = try FileBytes(path: path, name: lastPart(path), mayBeLink: true)
        guard file.size <= limits.packedBytes else {
            throw RosterRefused(
                reason: "This file is larger than {value} MiB. Send one school year of rostering files only.",
                value: String(limits.packedBytes >> 20))
        }
        try PackageArchive.checkSignature(file)
        let zip = try ZipFile(path: path)
        var listing = ZipListing(limits: limits)
        while let entry = try zip.nextEntry() { try listing.add(entry, at: zip.path(of: entry)) }
        members = try listing.finish(packedBytes: file.size)
        self.path = path
        isFolder = false
    }

    /// Lists the files that lie directly in a folder; links among them are refused when they are opened.
    package init(folder path: String, limits: ArchiveLimits = ArchiveLimits()) throws {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw RosterRefused(
                reason: "{value} cannot be opened. Check its name and who may read it.", value: lastPart(path))
        }
        members = try names.sorted().compactMap { name in
            var status = stat()
            guard !name.hasPrefix("."), lstat(path + "/" + name, &status) == 0, status.st_mode & S_IFMT != S_IFDIR
            else { return nil }
            let size = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : 0
            guard size <= limits.unpackedBytes else { throw PackageArchive.tooLarge(limits) }
            return PackageMember(name: name, size: size, index: 0)
        }
        self.path = path
        isFolder = true
    }

    /// A member's bytes from their beginning; may be asked for again.
    package func open(_ member: PackageMember) throws -> any ByteSource {
        isFolder
            ? try FileBytes(path: path + "/" + member.name, name: member.name)
            : try ZipBytes(path: path, member: member)
    }

    static func tooLarge(_ limits: ArchiveLimits) -> RosterRefused {
        RosterRefused(
            reason: "Unpacked, this package is larger than FirstBell takes ({value} MiB). Nothing of it was read.",
            value: String(limits.unpackedBytes >> 20))
    }

    private static func checkSignature(_ file: FileBytes) throws {
        var start = [UInt8](repeating: 0, count: 4)
        let count = try start.withUnsafeMutableBytes { try file.read(into: $0) }
        guard count > 0 else { throw RosterRefused(reason: "This file is empty. Export the roster again.") }
        guard count == 4, start[0] == 0x50, start[1] == 0x4B, [3, 5, 7].contains(start[2]) else {
            throw RosterRefused(
                reason: "This file is not a .zip file. Send the package just as the student system makes it.")
        }
    }
}

private func lastPart(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
