/// Takes the files of a package one after another.
package protocol PackageWriter: AnyObject {
    /// Begins a file; what is written next belongs to it.
    func begin(_ name: String) throws
    func write(_ bytes: UnsafeRawBufferPointer) throws
    /// Nothing may be written afterwards.
    func finish() throws
}

/// A package could not be written, for the operating system's reason.
package struct PackageNotWritten: Error, Sendable {
    package let path: String
    package let reason: String
}
