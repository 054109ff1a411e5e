import CArchive
import Foundation

/// Writes a zip, file after file, without knowing their sizes beforehand. The same content gives the same bytes.
package final class ZipWriter: PackageWriter {
    private let path: String
    private let handle: OpaquePointer

    /// Makes the file, readable by its owner only.
    package init(path: String) throws {
        self.path = path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PackageNotWritten(path: path, reason: String(cString: strerror(errno))) }
        close(descriptor)
        guard let handle = archive_write_new() else { throw PackageNotWritten(path: path, reason: "no memory") }
        self.handle = handle
        try check(archive_write_set_format_zip(handle))
        try check(archive_write_set_options(handle, "zip:compression-level=3"))
        try check(archive_write_open_filename(handle, path))
    }

    deinit { archive_write_free(handle) }

    package func begin(_ name: String) throws {
        guard let entry = archive_entry_new() else { throw PackageNotWritten(path: path, reason: "no memory") }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, name)
        archive_entry_set_filetype(entry, UInt32(S_IFREG))
        archive_entry_set_perm(entry, 0o600)
        archive_entry_set_mtime(entry, 1_577_836_800, 0)
        try check(archive_write_header(handle, entry))
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard archive_write_data(handle, bytes.baseAddress, bytes.count) == bytes.count else { throw failure }
    }

    package func finish() throws { try check(archive_write_close(handle)) }

    private func check(_ answer: Int32) throws {
        guard answer == ARCHIVE_OK else { throw failure }
    }

    private var failure: PackageNotWritten {
        PackageNotWritten(path: path, reason: archive_error_string(handle).map { String(cString: $0) } ?? "unknown")
    }
}
