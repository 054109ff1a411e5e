import Core
import Foundation
import Glibc
import RosterSources

/// Feeds damaged rosters to the readers: as many as are asked for, or as long. Ends with 1 when a reader broke its word.
///
/// A crash or a hang ends the process itself; the input lies in `last-…` then.
@main struct Fuzz {
    static func main() throws {
        let wish = try FuzzWish(CommandLine.arguments.dropFirst())
        let last = try LastInput(in: wish.folder)
        var subject: any FuzzSubject = try wish.subject()
        var random = SplitMix64(seed: wish.seed)
        var corpus = try subject.seeds(in: wish.corpus)
        let began = ContinuousClock.now
        var seen: Set<Int> = []
        var done = 0

        func run(_ input: [UInt8]) throws -> Bool {
            if done & 0x3FF == 0 { alarm(30) }
            done += 1
            last.keep(input)
            return seen.insert(try subject.run(input, &random)).inserted
        }

        do {
            for seed in corpus { _ = try run(seed) }
            let seeds = corpus.count
            while done < wish.executions, ContinuousClock.now - began < wish.duration {
                for _ in 0..<256 where done < wish.executions {
                    let base = corpus[Int.random(in: 0..<corpus.count, using: &random)]
                    let input = subject.mutated(base, with: corpus, &random)
                    // What leads somewhere new is worth damaging further.
                    if try run(input), corpus.count < seeds + 4_000 { corpus.append(input) }
                }
            }
            let spent = ContinuousClock.now - began
            let peak = peakMemory()
            subject.end()
            last.forget()
            print(
                "\(wish.reader): \(done) executions in \(spent), \(seen.count) different outcomes, seed \(wish.seed), "
                    + "peak memory \(peak >> 10) MiB")
            guard peak <= wish.memory << 10 else {
                print("\(wish.reader): more than \(wish.memory) MiB of memory")
                exit(1)
            }
        } catch let broken as BrokenWord {
            print(
                "\(wish.reader): \(broken.what), after \(done) executions with seed \(wish.seed); input: \(last.path)")
            exit(1)
        }
    }

    /// The most memory that the process has had, in KiB (proc(5), VmHWM).
    private static func peakMemory() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? .max
    }
}

/// What is wrong with a reader.
struct BrokenWord: Error { let what: String }
