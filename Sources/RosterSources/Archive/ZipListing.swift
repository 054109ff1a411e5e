import CArchive
import Core
import Foundation

/// Judges the entries of a zip one by one, before any of them is unpacked.
struct ZipListing {
    let limits: ArchiveLimits
    private var members: [PackageMember] = []
    private var folders: Set<String> = []
    private var keys: Set<String> = []
    private var entryCount = 0
    private var unpackedBytes = 0

    init(limits: ArchiveLimits) { self.limits = limits }

    /// Throws `RosterRefused` for a link, a device, an encrypted file, a path that leads elsewhere, or one entry too many.
    mutating func add(_ entry: OpaquePointer, at path: String) throws {
        defer { entryCount += 1 }
        guard entryCount < limits.members * 4 else { throw tooMany }
        let path = try PackagePath(path)
        guard !path.isHidden else { return }
        let kind = archive_entry_filetype(entry)
        if kind == S_IFDIR { return }
        guard kind == S_IFREG, archive_entry_hardlink(entry) == nil, archive_entry_symlink(entry) == nil else {
            throw RosterRefused(
                reason: "{value} is a link inside the .zip file. Put the files themselves into it.", value: path.shown)
        }
        guard archive_entry_is_encrypted(entry) == 0 else {
            throw RosterRefused(
                reason: "This .zip file is protected by a password. Send it without one, over a secure connection.")
        }
        let size = archive_entry_size_is_set(entry) != 0 ? Int(clamping: archive_entry_size(entry)) : 0
        guard size >= 0, size <= limits.unpackedBytes - unpackedBytes else { throw PackageArchive.tooLarge(limits) }
        unpackedBytes += size
        folders.insert(path.folder)
        let member = PackageMember(name: path.name, size: size, index: entryCount)
        guard keys.insert(member.key).inserted else {
            throw RosterRefused(
                reason: "{value} is in the .zip file more than once. Send a package with one of each file.",
                value: member.name)
        }
        members.append(member)
        guard members.count <= limits.members else { throw tooMany }
    }

    /// The members, when all of them lie side by side and are no zip bomb.
    func finish(packedBytes: Int) throws -> [PackageMember] {
        guard folders.count <= 1 else {
            throw RosterRefused(
                reason: "The files lie in different folders of the .zip file. Put all of them side by side.")
        }
        guard unpackedBytes <= max(1 << 20, packedBytes.multipliedReportingOverflow(by: limits.ratio).partialValue)
        else {
            throw RosterRefused(
                reason:
                    "This .zip file grows more than {value} times when unpacked, as no roster does. It was not read.",
                value: String(limits.ratio))
        }
        return members
    }

    private var tooMany: RosterRefused {
        RosterRefused(
            reason: "This .zip file holds more than {value} files. A roster package has at most 22.",
            value: String(limits.members))
    }
}

/// A path inside a zip: a name, at most in one folder.
struct PackagePath {
    let folder: String
    let name: String
    /// What archiving programs add for themselves: `__MACOSX/`, names that begin with a dot.
    let isHidden: Bool
    let shown: String

    /// Throws `RosterRefused` for a path that leads out of the package or too deep into it.
    init(_ path: String) throws {
        shown = String(path.unicodeScalars.filter { $0.value >= 32 }.prefix(100).map(Character.init))
        let unified = path.replacingOccurrences(of: "\\", with: "/")
        var parts = unified.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let isAbsolute = unified.hasPrefix("/") || unified.dropFirst().hasPrefix(":")
        guard !isAbsolute, !parts.contains(".."), !path.utf8.contains(0) else {
            throw RosterRefused(
                reason: "{value} leads out of the .zip file. Such a package is not safe and was not read.", value: shown
            )
        }
        if parts.first == "." { parts.removeFirst() }
        isHidden = parts.isEmpty || parts.contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
        let isFolder = unified.hasSuffix("/")
        guard isHidden || parts.count <= 2 else {
            throw RosterRefused(
                reason: "{value} lies too deep inside the .zip file. Put all files at its top.", value: shown)
        }
        name = parts.last ?? ""
        folder = isFolder || parts.count < 2 ? "" : parts[0]
    }
}
