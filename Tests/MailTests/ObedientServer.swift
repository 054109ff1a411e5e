import Synchronization

@testable import Mail

/// A mail server in memory: takes every mail, unless it was told what to answer next.
final class ObedientServer: MailTransport {
    enum Answer: Sendable {
        /// Before the body is asked for.
        case early(DeliveryResult)
        /// After the body.
        case late(DeliveryResult)
        /// The line breaks before anything, as a line that was left idle.
        case stale
        /// The server says goodbye before anything.
        case goodbye(DeliveryFault)
    }
    private struct State {
        var answers: [Answer] = []
        var taken: [Parcel] = []
        var sessions = 0
        var open = 0
        var mostOpen = 0
        var refusal: DeliveryFault?
        var refused = 0
        var whenAsked: (@Sendable () async throws -> Void)?
    }
    private let state = Mutex(State())

    var taken: [Parcel] { state.withLock { $0.taken } }
    var sessions: Int { state.withLock { $0.sessions } }
    /// How many sessions were open at the same time, at most.
    var mostOpen: Int { state.withLock { $0.mostOpen } }
    func answer(_ answers: Answer...) { state.withLock { $0.answers += answers } }
    /// Refuses every session from now on; nil ends that.
    func refuse(_ fault: DeliveryFault?) { state.withLock { $0.refusal = fault } }
    var refused: Int { state.withLock { $0.refused } }
    /// Runs between the wish for the body and the answer.
    func whenAsked(_ body: @escaping @Sendable () async throws -> Void) { state.withLock { $0.whenAsked = body } }

    func open() async throws(DeliveryFault) -> any MailSession {
        let refusal: DeliveryFault? = state.withLock { state in
            if let refusal = state.refusal {
                state.refused += 1
                return refusal
            }
            state.sessions += 1
            state.open += 1
            state.mostOpen = max(state.mostOpen, state.open)
            return nil
        }
        if let refusal { throw refusal }
        return Session(server: self)
    }

    private actor Session: MailSession {
        let server: ObedientServer
        private(set) var isOpen = true
        init(server: ObedientServer) { self.server = server }

        func deliver(_ mail: Parcel, beforeBody: @Sendable () async throws -> Void) async throws -> DeliveryResult {
            let (answer, whenAsked) = server.state.withLock { state in
                (state.answers.isEmpty ? nil : state.answers.removeFirst(), state.whenAsked)
            }
            switch answer {
            case .early(let result): return result
            case .stale:
                isOpen = false
                return .deferred(DeliveryFault(scope: .server, reply: ServerReply(ours: "lost"), isLostLine: true))
            case .goodbye(let fault):
                isOpen = false
                return .deferred(fault)
            case .late(let result):
                try await beforeBody()
                try await whenAsked?()
                return result
            case nil:
                try await beforeBody()
                try await whenAsked?()
                server.state.withLock { $0.taken.append(mail) }
                return .accepted(ServerReply(code: 250, lines: ["2.0.0 Taken"]))
            }
        }

        func quit() async {
            isOpen = false
            server.state.withLock { $0.open -= 1 }
        }
    }
}

extension DeliveryFault {
    static func said(_ code: Int, _ text: String, _ scope: DeliveryFault.Scope) -> DeliveryFault {
        DeliveryFault(scope: scope, reply: ServerReply(code: code, lines: [text]), isPermanent: code >= 500)
    }
}
