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
