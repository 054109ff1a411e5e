import Foundation

/// The message catalogs of all languages: one folder a language, one `.po` file an area, merged.
package struct Catalogs: Sendable {
    private let all: [String: Words]

    /// The tags of the languages, English first.
    package let languages: [String]

    /// Why the catalogs cannot be taken: file, line, reason.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// FirstBell's own catalogs.
    package static func ours() throws -> Catalogs {
        guard let folder = Bundle.module.resourcePath else { throw Fault(description: "no folder of resources") }
        return try load("\(folder)/Catalogs")
    }

    /// Reads `folder/<language>/<area>.po`. Throws `Fault` with file and line.
    package static func load(_ folder: String) throws -> Catalogs {
        let files = FileManager.default
        var all = ["en": Words.english]
        for language in try files.contentsOfDirectory(atPath: folder).sorted() where !language.hasPrefix(".") {
            let paths = try files.contentsOfDirectory(atPath: "\(folder)/\(language)").sorted()
                .filter { $0.hasSuffix(".po") }.map { "\(folder)/\(language)/\($0)" }
            if !paths.isEmpty { all[language] = try words(language, paths) }
        }
        return Catalogs(all)
    }

    /// The words of a language, by its whole tag, else by its first part, else English.
    package func words(_ language: String?) -> Words {
        guard let language else { return all["en"] ?? .english }
        let base = language.split(separator: "-").first.map(String.init) ?? language
        return all[language] ?? all[base] ?? all["en"] ?? .english
    }

    /// The same catalogs and a language nobody speaks, read from the right and longer than English: `ar-XB`. For tests.
    package func withPseudoLanguage() -> Catalogs {
        let mark: @Sendable (String) -> String = { "\u{2067}[\($0) ~~~]\u{2069}" }
        let pseudo = Messages(language: "ar-XB", name: "Pseudo", plural: .english, forms: [:], mark: mark)
        return Catalogs(all.merging(["ar-XB": Words(messages: pseudo)]) { _, new in new })
    }

    private init(_ all: [String: Words]) {
        self.all = all
        languages = ["en"] + all.keys.filter { $0 != "en" }.sorted()
    }

    private static func words(_ language: String, _ paths: [String]) throws -> Words {
        var forms: [String: [String]] = [:]
        var name = language == "en" ? "English" : language
        var plural = PluralRule.english
        for path in paths {
            let file = path.split(separator: "/").suffix(2).joined(separator: "/")
            do {
                guard let text = String(data: try Data(contentsOf: URL(fileURLWithPath: path)), encoding: .utf8)
                else { throw Fault(description: "not UTF-8") }
                let catalog = try Catalog(text)
                guard let rule = PluralRule(header: catalog.header["Plural-Forms"] ?? "")
                else { throw Fault(description: "no Plural-Forms that can be read") }
                plural = rule
                name = catalog.header["X-Language-Name"] ?? name
                try merge(catalog, rule, into: &forms)
            } catch {
                throw Fault(description: "\(file): \(error)")
            }
        }
        return Words(messages: Messages(language: language, name: name, plural: plural, forms: forms))
    }

    private static func merge(_ catalog: Catalog, _ rule: PluralRule, into forms: inout [String: [String]]) throws {
        for entry in catalog.entries {
            let expected = entry.plural == nil ? 1 : rule.formCount
            let reason: String? =
                if entry.forms.count != expected {
                    "\(entry.forms.count) forms instead of \(expected)"
                } else if entry.forms.contains(where: \.isEmpty) {
                    "not translated"
                } else if entry.forms.contains(where: { $0.contains("{{") }) {
                    "two opening braces"
                } else if let known = forms[entry.message], known != entry.forms {
                    "another area translates it differently"
                } else {
                    nil
                }
            if let reason { throw Catalog.Fault(line: entry.line, reason: "\(reason): \(entry.message)") }
            forms[entry.message] = entry.forms
        }
    }
}
