/// Bytes in order, out of a file or a member of a zip.
package protocol ByteSource: AnyObject {
    /// Fills the beginning of the buffer and says with how many bytes; 0 is the end. Throws `RosterRefused` where they are damaged.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}
