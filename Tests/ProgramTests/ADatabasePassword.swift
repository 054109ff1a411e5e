import Foundation
import Glibc
import Testing

/// The server that `bin/postgresql` has started; nil where it was not asked to.
private let server = ProcessInfo.processInfo.environment["FIRSTBELL_TEST_POSTGRESQL"].flatMap {
    URLComponents(string: $0)
}

@Suite(.timeLimit(.minutes(2)), .enabled(if: server != nil)) struct ADatabasePassword {
    /// A machine, the address of an empty database without a password in it, and the password.
    private func open(_ body: (Machine, String, String) async throws -> Void) async throws {
        let server = try #require(server)
        let password = try #require(server.password)
        let name = "test_\(UUID().uuidString.lowercased().replacing("-", with: "_"))"
        try await Machine.open { machine in
            try await ask(
                server, "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'",
                machine)
            var address = server
            (address.password, address.path) = (nil, "/\(name)")
            let result: Result<Void, any Error>
            do { result = .success(try await body(machine, try #require(address.string), password)) } catch {
                result = .failure(error)
            }
            try await ask(server, "DROP DATABASE \(name) WITH (FORCE)", machine)
            try result.get()
        }
    }

    private func ask(_ server: URLComponents, _ statement: String, _ machine: Machine) async throws {
        let psql = try Program(
            ["--no-psqlrc", "--quiet", server.string ?? "", "--command", statement],
            environment: ["PATH": "/usr/bin:/bin"],
            folder: machine.folder, path: URL(filePath: "/usr/bin/psql"))
        let ended = try await psql.ended()
        guard ended.code == 0 else { throw Trouble(ended.errors) }
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
        chmod(path, 0o600)
    }

    @Test func `comes from a file, or from libpq's own, and is never said`() async throws {
        try await open { machine, address, password in
            let (file, libpqs) = ("\(machine.folder)/password", "\(machine.folder)/pgpass")
            let ours = ["FIRSTBELL_DATABASE_URL": address, "FIRSTBELL_DATABASE_PASSWORD_FILE": file]
            let theirs = ["FIRSTBELL_DATABASE_URL": address, "PGPASSFILE": libpqs]
            try write("\(password)\n", to: file)
            try write("*:*:*:*:\(password)\n", to: libpqs)
            try await machine.succeed("staff", "add", "--username", "ruth", "--given", "Ruth", settings: ours)
            try await machine.succeed("staff", "add", "--username", "omar", "--given", "Omar", settings: theirs)

            let wrong = "wrong-\(UUID().uuidString)"
            try write("\(wrong)\n", to: file)
            try write("*:*:*:*:\(wrong)\n", to: libpqs)
            let wordy = address.replacing("://firstbell@", with: "://firstbell:\(wrong)@")
            #expect(wordy.contains(wrong))
            for settings in [ours, theirs, ["FIRSTBELL_DATABASE_URL": wordy]] {
                for arguments in [["serve"], ["staff", "add", "--username", "ida", "--given", "Ida"]] {
                    let ended = try await machine.begin(all: arguments, settings: settings).ended()
                    #expect(ended.code == 1)
                    #expect((ended.errors + ended.output).contains("password authentication failed"))
                    #expect(!(ended.errors + ended.output).contains(wrong))
                }
            }
        }
    }

    @Test func `that is wrong ends the program with a reason, never with a crash, however busy the machine is`()
        async throws
    {
        try await open { machine, address, _ in
            let wordy = address.replacing("://firstbell@", with: "://firstbell:wrong@")
            for _ in 0..<4 {
                let programs = try (0..<8).map { number in
                    try machine.begin(
                        "staff", "add", "--username", "ida", "--given", "Ida",
                        settings: [
                            "FIRSTBELL_DATABASE_URL": wordy, "FIRSTBELL_DATA": "\(machine.folder)/data-\(number)",
                        ])
                }
                for program in programs {
                    let ended = try await program.ended()
                    #expect(ended.code == 1 && !ended.wasKilled, "\(ended.code)")
                    #expect(ended.errors.contains("password authentication failed"))
                }
            }
        }
    }
}
