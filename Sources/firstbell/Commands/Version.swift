import ArgumentParser

struct Version: ParsableCommand {
    static let number = "0.1.0"
    static let configuration = CommandConfiguration(
        abstract: "Prints the version.", discussion: "Example:\n  firstbell version\n\nExit codes: 0 done, 2 wrong use."
    )

    func run() { print("firstbell \(Self.number)") }
}
