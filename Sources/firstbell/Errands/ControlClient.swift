import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Asks a running server over its control socket.
struct ControlClient: Sendable {
    let socket: String

    func run<Asked: Errand>(_ errand: Asked, report: @Sendable (ErrandReport) -> Void) async throws {
        guard let url = URL(httpURLWithSocketPath: socket, uri: "/errands/\(Asked.name)") else {
            throw Refusal("\(socket) is no path for a socket.")
        }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = .POST
        request.body = .bytes(ByteBuffer(bytes: try JSONEncoder().encode(errand)))
        let answer: HTTPClientResponse
        do {
            answer = try await HTTPClient.shared.execute(request, timeout: .hours(12))
        } catch {
            throw Refusal(
                "Another FirstBell runs on this data folder and does not answer at \(socket). Look whether it is starting."
            )
        }
        guard answer.status == .ok else {
            throw Refusal("The running server does not know how to do this; is it older?")
        }
        do { try await read(answer.body, report) } catch let refusal as Refusal { throw refusal } catch {
            throw Self.midway
        }
    }

    private static var midway: Refusal { Refusal("The running server stopped midway. Ask it again.") }

    private func read(_ body: HTTPClientResponse.Body, _ report: @Sendable (ErrandReport) -> Void) async throws {
        var rest: [UInt8] = []
        for try await part in body {
            rest += part.readableBytesView
            while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                try take(rest[..<end], report)
                rest.removeSubrange(...end)
            }
        }
        guard rest.isEmpty else { throw Self.midway }
    }

    private func take(_ line: ArraySlice<UInt8>, _ report: @Sendable (ErrandReport) -> Void) throws {
        let said = try JSONDecoder().decode(ErrandReport.self, from: Data(line))
        if let refusal = said.refusal { throw Refusal(refusal) }
        report(said)
    }
}
