import Core
import Foundation
import Mail
import Rendering
import Storage
import Web

/// Are the folders of resources beside the program, and is everything in them?
struct ResourceCheck {
    struct Result {
        var findings: [Finding] = []
        /// nil when the migrations are not there.
        var steps: Int?
    }

    func run() -> Result {
        let missing = Self.missing
        guard missing.isEmpty else { return Result(findings: missing.map { Finding("resources", .wrong, $0) }) }
        var result = Result(steps: try? Schema.migrations().count)
        result.add("migrations") { "\(try Schema.migrations().count) steps of the schema" }
        result.add("word lists") {
            let sizes = try PasswordForm.allCases.map { "\($0.rawValue) \(try WordList.of($0).words.count) words" }
            return sizes.joined(separator: ", ")
        }
        result.add("catalogs") { "the languages \(try Catalogs.ours().languages.joined(separator: ", "))" }
        result.add("templates") {
            guard let mail = MailTemplates.folder else { throw Refusal("the mail templates are missing") }
            _ = try Renderer(templateFolders: [try Assets.templates(), mail], constants: try Assets.ours().constants)
            return "templates and assets of all pages and mails"
        }
        return result
    }

    /// A sentence for each folder of resources that is not beside the program. To be asked before anything is read from
    /// them: a target whose folder is missing ends the process.
    static var missing: [String] {
        ["Core", "Rendering", "Mail", "Web"].map(path).filter { !FileManager.default.fileExists(atPath: $0) }
            .map { "\($0) is missing. Copy all .resources folders of the build beside the program." }
    }

    private static func path(_ target: String) -> String {
        Bundle.main.bundleURL.appending(path: "firstbell_\(target).resources").path
    }
}

extension ResourceCheck.Result {
    fileprivate mutating func add(_ what: String, _ look: () throws -> String) {
        do { findings.append(Finding("resources", .good, "Found \(try look()).")) } catch {
            findings.append(
                Finding(
                    "resources", .wrong, "The \(what) beside the program cannot be used: \(error). Install it anew."))
        }
    }
}
