import CArchive
import Core
import Foundation

/// A zip opened for reading, entry by entry in the order of its bytes. It needs the zip's directory, so a cut file does not open.
final class ZipFile {
    let handle: OpaquePointer
    /// Names are turned into UTF-8 through the thread's locale, which is plain ASCII unless somebody sets it.
    private let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)

    init(path: String) throws {
        guard let handle = archive_read_new() else { throw ZipFile.damaged }
        self.handle = handle
        guard archive_read_support_format_zip_seekable(handle) == ARCHIVE_OK,
            archive_read_open_filename(handle, path, 1 << 16) == ARCHIVE_OK
        else { throw ZipFile.damaged }
    }

    deinit {
        archive_read_free(handle)
        if let locale { freelocale(locale) }
    }

    /// The next entry, or nil after the last. It is good until the next call.
    func nextEntry() throws -> OpaquePointer? {
        var entry: OpaquePointer?
        let answer = inUTF8 { archive_read_next_header(handle, &entry) }
        if answer == ARCHIVE_EOF { return nil }
        guard answer == ARCHIVE_OK || answer == ARCHIVE_WARN, let entry else { throw ZipFile.damaged }
        return entry
    }

    /// An entry's path in the zip; empty where it has none that can be read.
    func path(of entry: OpaquePointer) -> String {
        inUTF8 {
            (archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)).map { String(cString: $0) } ?? ""
        }
    }

    private func inUTF8<R>(_ body: () -> R) -> R {
        guard let locale else { return body() }
        let before = uselocale(locale)
        defer { uselocale(before) }
        return body()
    }

    static let damaged = RosterRefused(
        reason: "This .zip file is cut off or damaged. Copy it again from where it was made, then try once more.")
}
