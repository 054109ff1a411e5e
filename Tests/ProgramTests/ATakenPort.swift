import Foundation
import Glibc
import Testing

@Suite(.timeLimit(.minutes(3))) struct ATakenPort {
    @Test(arguments: ["serve", "demo"])
    func `is said in one sentence with what to do`(command: String) async throws {
        try await Machine.open { machine in
            let taken = try FreePort.listen()
            defer { close(taken.socket) }
            let settings = ["FIRSTBELL_LISTEN": "127.0.0.1:\(taken.port)"]
            let ended =
                command == "demo"
                ? try await machine.run("demo", "--port", "\(taken.port)")
                : try await machine.run("serve", settings: settings)
            #expect(ended.code == 1)
            #expect(ended.output.isEmpty)
            #expect(
                ended.errors.hasPrefix(
                    "firstbell: Another program listens on 127.0.0.1:\(taken.port) already. End it, or"))
            #expect(ended.errors.split(separator: "\n").count == 1)
        }
    }
}
