import ArgumentParser
import Core
import Foundation

struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows every setting, looks for what is wrong and says how to mend it.",
        discussion: """
            Changes nothing, and works while the server runs or not. A mail server is asked to let us in, but no mail \
            leaves: `firstbell mail test` sends one. Secrets are only shown as set or not set.

            Examples:
              firstbell doctor
              firstbell doctor --json

            Exit codes: 0 nothing is wrong, 1 something is, 2 wrong use.
            """)
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report = await Checkup(given: Settings.given(), now: Clock.system.now()).run()
        if output.json { sayAsJSON(report) } else { say(report) }
        if !report.isWell { throw ExitCode(1) }
    }

    private func say(_ report: Checkup.Report) {
        print("Settings")
        let width = report.listing.lines.map(\.name.count).max() ?? 0
        for line in report.listing.lines {
            let name = line.name.padding(toLength: width, withPad: " ", startingAt: 0)
            print("  \(name)  \(line.value)\(line.isGiven || line.value == "not set" ? "" : "  (default)")")
        }
        print("\nChecks")
        for finding in report.findings {
            let grade = finding.grade.rawValue.padding(toLength: 5, withPad: " ", startingAt: 0)
            let about = finding.about.padding(toLength: 11, withPad: " ", startingAt: 0)
            print("  \(grade)  \(about)  \(finding.sentence)")
        }
        let wrong = report.findings.count { $0.grade == .wrong }
        print(wrong == 0 ? "\nNothing is wrong." : wrong == 1 ? "\n1 thing is wrong." : "\n\(wrong) things are wrong.")
    }

    private func sayAsJSON(_ report: Checkup.Report) {
        for line in report.listing.lines {
            output.terminal.json(["setting": line.name, "value": line.value, "given": "\(line.isGiven)"])
        }
        for finding in report.findings {
            output.terminal.json(["check": finding.about, "grade": finding.grade.rawValue, "says": finding.sentence])
        }
    }
}
