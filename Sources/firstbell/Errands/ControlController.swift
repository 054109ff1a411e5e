import Core
import Foundation
import Hummingbird
import Logging

/// The server's side of the control socket: takes errands from commands on the same machine, one after the other.
struct ControlController: Sendable {
    let installation: Installation
    let logger: Logger

    var router: Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        for errand in Errands.all { add(errand, to: router) }
        return router
    }

    private func add<Asked: Errand>(_ errand: Asked.Type, to router: Router<BasicRequestContext>) {
        router.post("errands/\(Asked.name)") { [self] request, _ in
            let body = try await request.body.collect(upTo: 1_048_576)
            guard let asked = try? JSONDecoder().decode(Asked.self, from: Data(body.readableBytesView)) else {
                throw HTTPError(.badRequest)
            }
            logger.info("errand", metadata: ["name": "\(Asked.name)"])
            return Response(status: .ok, headers: [.contentType: "application/jsonl"], body: answer(asked))
        }
    }

    private func answer(_ errand: some Errand) -> ResponseBody {
        ResponseBody { [installation, logger] writer in
            let (reports, continuation) = AsyncStream<ErrandReport>.makeStream(bufferingPolicy: .bufferingNewest(1_000))
            let work = Task {
                do {
                    try await errand.run(in: installation) { continuation.yield($0) }
                } catch let refusal as Refusal {
                    continuation.yield(ErrandReport(refusal: refusal.description))
                } catch {
                    logger.error("errand failed", metadata: ["error": "\(error)"])
                    continuation.yield(ErrandReport(refusal: "It failed inside the server; its log says why."))
                }
                continuation.finish()
            }
            for await report in reports {
                var line = ByteBuffer(bytes: try JSONEncoder().encode(report))
                line.writeInteger(UInt8(ascii: "\n"))
                try await writer.write(line)
            }
            await work.value
            try await writer.finish(nil)
        }
    }
}
