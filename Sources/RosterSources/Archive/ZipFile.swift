import CArchive
import Core

/// A zip opened for reading, entry by entry in the order of its bytes. It needs the zip's directory, so a cut file does not open.
final class ZipFile {
    let handle: OpaquePointer

    init(path: String) throws {
        guard let handle = archive_read_new() else { throw ZipFile.damaged }
        self.handle = handle
        guard archive_read_support_format_zip_seekable(handle) == ARCHIVE_OK,
            archive_read_open_filename(handle, path, 1 << 16) == ARCHIVE_OK
        else { throw ZipFile.damaged }
    }

    deinit { archive_read_free(handle) }

    /// The next entry, or nil after the last. It is good until the next call.
    func nextEntry() throws -> OpaquePointer? {
        var entry: OpaquePointer?
        let answer = archive_read_next_header(handle, &entry)
        if answer == ARCHIVE_EOF { return nil }
        guard answer == ARCHIVE_OK || answer == ARCHIVE_WARN, let entry else { throw ZipFile.damaged }
        return entry
    }

    static let damaged = RosterRefused(
        reason: "This .zip file is cut off or damaged. Copy it again from where it was made, then try once more.")
}
