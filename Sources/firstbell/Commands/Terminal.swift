import ArgumentParser
import Foundation
import Glibc

/// What commands say: lines and a progress bar for a person, JSON under `--json`.
struct Terminal: Sendable {
    let isJSON: Bool

    /// A progress bar is drawn only on a terminal.
    private var drawsBar: Bool { !isJSON && isatty(STDERR_FILENO) == 1 }

    func say(_ report: ErrandReport) {
        if let share = report.progress, drawsBar { bar(share) }
        if isJSON {
            var values = report.values ?? [:]
            values["link"] = report.secret
            if !values.isEmpty { json(values) }
            return
        }
        if report.line != nil || report.secret != nil, drawsBar { write("\r\u{1B}[K", to: STDERR_FILENO) }
        if let line = report.line { print(line) }
        if let secret = report.secret { print("\n  \(secret)\n") }
    }

    func json(_ values: [String: String]) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if let data = try? encoder.encode(values) { print(String(decoding: data, as: UTF8.self)) }
    }

    private func bar(_ share: Double) {
        let full = Int((min(1, max(0, share)) * 30).rounded())
        let text = String(repeating: "█", count: full) + String(repeating: "·", count: 30 - full)
        write("\r\(text) \(Int(share * 100)) %", to: STDERR_FILENO)
    }

    private func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        _ = Glibc.write(descriptor, bytes, bytes.count)
    }
}

/// The flag that scripts give.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Print JSON objects for a script, one a line.")
    var json = false
    var terminal: Terminal { Terminal(isJSON: json) }
}

extension AsyncParsableCommand {
    /// Does the work; a refusal goes to standard error and ends with exit code 1.
    func refusing(_ work: () async throws -> Void) async throws {
        do { try await work() } catch let refusal as Refusal {
            FileHandle.standardError.write(Data("firstbell: \(refusal.description)\n".utf8))
            throw ExitCode(1)
        } catch let owned as DataFolder.Owned {
            FileHandle.standardError.write(
                Data(
                    "firstbell: Another FirstBell runs on \(owned.path). End it, or use another FIRSTBELL_DATA.\n".utf8)
            )
            throw ExitCode(1)
        }
    }
}
