import AsyncHTTPClient
import Core
import Hummingbird
import Logging
import Mail
import NIOCore
import NIOHTTP1
import ServiceLifecycle
import Synchronization
import TestSupport
import Web

/// The site of a school on a real socket, with what tells pages of mailings.
struct OpenSite: Sendable {
    let watch: MailingWatch
    private let address: String
    private let group: ServiceGroup
    private let ended: AsyncStream<Void>

    static func open(
        _ school: Schoolhouse, _ body: @Sendable (OpenSite) async throws -> Void
    ) async throws {
        let services = school.services
        let (port, opened) = AsyncStream<Int>.makeStream()
        let site = Application(
            router: Site.router(services: services),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { opened.yield($0.localAddress?.port ?? 0) }, logger: school.log.logger)
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: site), .init(service: services.watch)], gracefulShutdownSignals: [],
                logger: school.log.logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            let (ended, end) = AsyncStream<Void>.makeStream()
            tasks.addTask {
                defer { end.finish() }
                try await group.run()
            }
            for await number in port {
                let open = OpenSite(
                    watch: services.watch, address: "http://127.0.0.1:\(number)", group: group, ended: ended)
                do { try await body(open) } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    /// Tells the program to stop, and waits until it has.
    func stop() async {
        await group.triggerGracefulShutdown()
        for await _ in ended {}
    }

    func listen(_ path: String, as visitor: Visitor) async throws -> HeardStream {
        var request = HTTPClientRequest(url: address + path)
        request.headers.add(name: "host", value: "localhost")
        request.headers.add(name: "accept", value: "text/event-stream")
        request.headers.add(
            name: "cookie", value: visitor.cookies.map { "\($0)=\($1)" }.sorted().joined(separator: "; "))
        return HeardStream(try await HTTPClient.shared.execute(request, timeout: .seconds(60)))
    }

    /// Waits for what happens by itself.
    func until(_ holds: @Sendable () -> Bool) async throws {
        while !holds() {
            try Task.checkCancellation()
            await Task.yield()
        }
    }
}

/// What a browser hears of a stream.
final class HeardStream: Sendable {
    let status: Int
    private let headers: [(String, String)]
    private let news: AsyncStream<Void>
    private let reading: Task<Void, Never>

    init(_ response: HTTPClientResponse) {
        status = Int(response.status.code)
        headers = response.headers.map { ($0.name.lowercased(), $0.value) }
        let (news, more) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        self.news = news
        let sofar = Text()
        text = sofar
        reading = Task {
            do {
                for try await part in response.body {
                    sofar.add(String(buffer: part))
                    more.yield()
                }
            } catch {}
            more.finish()
        }
    }

    private let text: Text

    private final class Text: Sendable {
        private let text = Mutex("")
        var whole: String { text.withLock { $0 } }
        func add(_ more: String) { text.withLock { $0 += more } }
    }

    var heard: String { text.whole }

    func header(_ name: String) -> String? { headers.first { $0.0 == name }?.1 }

    func close() { reading.cancel() }

    /// Returns when it has said so. Throws when it ends without.
    func until(_ words: String) async throws {
        if heard.contains(words) { return }
        for await _ in news where heard.contains(words) { return }
        guard heard.contains(words) else { throw Trouble("the stream ended after: \(heard)") }
    }

    func untilTheEnd() async throws { await reading.value }
}
