/// Passes bytes on and counts them.
final class CountedBytes: ByteSource {
    private(set) var count = 0
    private var source: (any ByteSource)?

    /// What it passes on from here on.
    func counting(_ source: any ByteSource) -> any ByteSource {
        self.source = source
        return self
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let added = try source?.read(into: buffer) ?? 0
        count += added
        return added
    }
}
