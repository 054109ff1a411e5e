import Foundation
import Testing

@testable import Rendering

/// Every message that the sources and templates say, found by reading them.
@Suite struct TheMessages {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test func `are all translated, and no translation is left over`() throws {
        let said = try Self.said()
        let known = try Self.translated("es")
        let missing = said.subtracting(known.keys).sorted()
        let elsewhere = try Self.files(ending: ".swift").filter {
            $0.path.hasPrefix("/RosterSources/") || $0.path.hasPrefix("/RosterREST/")
        }.map(\.text)
        let unused = Set(known.keys).subtracting(said).filter { message in
            !elsewhere.contains { $0.contains("\"\(message)\"") }
        }.sorted()
        #expect(missing.isEmpty, "not in Catalogs/es: \(missing.joined(separator: "\n"))")
        #expect(unused.isEmpty, "said nowhere, but in Catalogs/es: \(unused.joined(separator: "\n"))")
        #expect(said.count > 300)
    }

    @Test func `keep their placeholders in translation`() throws {
        for (message, forms) in try Self.translated("es") {
            for form in forms {
                #expect(Self.placeholders(form) == Self.placeholders(message), "\(message) → \(form)")
            }
        }
    }

    @Test func `keep their number where there are many, and have as many forms as the language`() throws {
        let folder = Self.root.appending(path: "Sources/Rendering/Catalogs/es")
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasSuffix(".po") {
            let catalog = try Catalog(String(contentsOf: folder.appending(path: file), encoding: .utf8))
            let rule = try #require(PluralRule(header: catalog.header["Plural-Forms"] ?? ""), "\(file)")
            for entry in catalog.entries {
                guard let plural = entry.plural else { continue }
                #expect(entry.forms.count == rule.formCount, "\(file): \(entry.message)")
                #expect(Self.placeholders(plural) == Self.placeholders(entry.message), "\(file): \(plural)")
                let isCounted = plural.contains("{count}")
                #expect(entry.forms.last?.contains("{count}") == isCounted, "\(file): \(plural)")
            }
        }
    }

    @Test func `are never the English ones left as they are, unless they are names`() throws {
        let same = try Self.translated("es").filter { $0.value.first == $0.key && $0.key.contains(" ") }.keys.sorted()
            .filter { $0.contains(/[a-z]{3,} [a-z]{3,}/) }
        #expect(same.isEmpty, "\(same)")
    }

    @Test func `are given every value that they name`() throws {
        let calls = /\bwords(?:\.plural)?\(\s*"/.wordBoundaryKind(.simple)
        let files = try Self.files(ending: ".swift")
        let everything = files.map(\.text).joined()
        for (path, text) in files where !path.contains("/Rendering/") {
            for call in text.matches(of: calls) {
                let quote = text.index(before: call.range.upperBound)
                guard let message = Self.literal(text[quote...]) else { continue }
                let rest = text[quote...].prefix(1_500)
                // Values that have a name of their own were put together elsewhere in the file, or beside it.
                let isNamed = rest.contains(/^"(?:[^"\\]|\\.)*"(?:,\s*"(?:[^"\\]|\\.)*",\s*[\w.]+)?,\s*[a-z]/)
                for name in Self.placeholders(message) {
                    // A letter is cut at its username, which stands in a type of its own.
                    if name == "{username}", path.contains("/Letters/") { continue }
                    let key = "\"\(name.dropFirst().dropLast())\":"
                    #expect(
                        isNamed ? everything.contains(key) : rest.contains(key),
                        "\(path): \(message) is given no \(name)")
                }
            }
        }
    }

    @Test func `are always literals`() throws {
        let calls = /(catalogs\.)?\bwords(?:\.plural)?\(\s*([^\s"])/.wordBoundaryKind(.simple)
        for (path, text) in try Self.files(ending: ".swift") where path.hasPrefix("/Web/") {
            for call in text.matches(of: calls) where call.output.1 == nil && call.output.2 != ")" {
                Issue.record("\(path): \(text[call.range]) is no literal")
            }
        }
    }

    @Test func `speak two languages and a third that is read from the right`() throws {
        let catalogs = try Catalogs.ours().withPseudoLanguage()
        #expect(catalogs.languages == ["en", "ar-XB", "es"])
        #expect(catalogs.words("es").name == "Español")
    }

    private static func said() throws -> Set<String> {
        var said: Set<String> = []
        // Why a roster cannot be taken is written where it is found out, far from any language.
        let here = /\b(?:words|self)(?:\.plural)?\(\s*"/.wordBoundaryKind(.simple)
        let anywhere = /\b(?:words(?:\.plural)?\(\s*|reason:\s*(?="[A-Z{]))"/.wordBoundaryKind(.simple)
        for (path, text) in try files(ending: ".swift") {
            for call in text.matches(of: path.contains("/Rendering/") ? here : anywhere) {
                let quote = text.index(before: call.range.upperBound)
                said.insert(try #require(literal(text[quote...]), "\(path): \(text[call.range])"))
            }
        }
        for (path, text) in try files(ending: ".swift") where path.hasSuffix("/Roster/RosterTrouble.swift") {
            for trouble in text.matches(of: /\bcase \w+ =\s*"/.wordBoundaryKind(.simple)) {
                let quote = text.index(before: trouble.range.upperBound)
                said.insert(try #require(literal(text[quote...]), "\(path): \(text[trouble.range])"))
            }
        }
        for (path, text) in try files(ending: ".mustache") {
            said.formUnion(try TemplateSource(name: path, text: text).messages())
        }
        return said
    }

    /// The literal that begins here: one line, or three quotes with lines that end in a backslash.
    private static func literal(_ text: Substring) -> String? {
        let isLong = text.hasPrefix("\"\"\"")
        var rest = text.dropFirst(isLong ? 3 : 1)
        var value = ""
        if isLong { rest = rest.drop(while: \.isWhitespace) }
        while let first = rest.first {
            rest = rest.dropFirst()
            switch first {
            case "\"" where !isLong || rest.hasPrefix("\"\""):
                return isLong ? String(value.reversed().drop(while: \.isWhitespace).reversed()) : value
            case "\\":
                guard let escaped = rest.first else { return nil }
                rest = rest.dropFirst()
                switch escaped {
                case "\n": rest = rest.drop { $0 == " " }
                case "n": value += "\n"
                case "\"", "\\": value.append(escaped)
                default: return nil
                }
            default: value.append(first)
            }
        }
        return nil
    }

    private static func files(ending: String) throws -> [(path: String, text: String)] {
        let sources = root.appending(path: "Sources")
        let all = try #require(FileManager.default.enumerator(atPath: sources.path))
        return try all.compactMap { $0 as? String }.filter { $0.hasSuffix(ending) }.sorted().map { path in
            ("/\(path)", try String(contentsOf: sources.appending(path: path), encoding: .utf8))
        }
    }

    private static func translated(_ language: String) throws -> [String: [String]] {
        let folder = root.appending(path: "Sources/Rendering/Catalogs").path
        return try Catalogs.load(folder).words(language).messages.forms
    }

    private static func placeholders(_ text: String) -> Set<String> {
        // A form for one may leave its number out: "the mail" beside "all {count} mails".
        Set(text.matches(of: /\{[A-Za-z]+\}/).map { String($0.output) }).subtracting(["{count}"])
    }
}
