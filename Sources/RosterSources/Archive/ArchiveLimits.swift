/// How much a roster package may hold before it is refused.
package struct ArchiveLimits: Sendable, Equatable {
    /// The zip file itself, in bytes.
    package var packedBytes = 512 << 20
    /// All members together, unpacked, in bytes.
    package var unpackedBytes = 8 << 30
    /// How many times larger the members may be than the zip; a package that unpacks to 1 MiB or less is never too dense.
    package var ratio = 100
    /// Files in the package, folders and what is ignored not counted.
    package var members = 30

    package init() {}
}

/// One file of a roster package.
package struct PackageMember: Sendable, Equatable {
    /// The name without its folder, as it stands in the package.
    package let name: String
    /// Its size when unpacked, in bytes; reading never gives more.
    package let size: Int
    /// Where it stands in the package, counted from 0; of no use for a folder.
    let index: Int

    /// The name as it is compared: in lower case.
    package var key: String { name.lowercased() }
}
