import Hummingbird
import Rendering

extension Response {
    /// A CSV file for spreadsheets to keep (RFC 4180), streamed: memory does not grow with it.
    static func spreadsheet(
        named name: String, heading: SpreadsheetRow,
        rows: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void
    ) -> Response {
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: SpreadsheetRow.mark + heading.text))
            try await rows(&writer)
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8; header=present",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ], body: body)
    }
}

extension ResponseBodyWriter {
    /// Writes page after page to the last: `page` gives the rows behind a place, the first ones for nil, and where the next begin.
    mutating func writeRows<Place>(
        _ page: (_ after: Place?) async throws -> (rows: [SpreadsheetRow], next: Place?)
    ) async throws {
        var after: Place?
        repeat {
            let (rows, next) = try await page(after)
            if !rows.isEmpty { try await write(ByteBuffer(string: rows.map(\.text).joined())) }
            after = next
        } while after != nil
    }
}
