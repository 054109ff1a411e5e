import Foundation
import Mustache
import Synchronization

/// Draws pages with templates. Every template and everything that it draws inside itself is checked when the renderer is made.
package final class Renderer: Sendable {
    private let sources: [TemplateSource]
    private let plainText: Set<String>
    /// Templates with the messages of one language in place, made when a page is first drawn in it.
    private let libraries = Mutex<[ObjectIdentifier: (messages: Messages, library: MustacheLibrary)]>([:])

    /// Reads all `.mustache` files below the folders. `constants` are values that are the same on every page, by the name
    /// that templates call them (`layout.icons`); they are put in place once. Throws `TemplateError` for a folder or partial that is missing and for
    /// a template that cannot be read.
    package init(templateFolders: [String], constants: [String: String] = [:]) throws {
        sources = try templateFolders.flatMap(Self.sources).map { $0.with(constants) }
        var names: Set<String> = []
        for source in sources where !names.insert(source.name).inserted { throw TemplateError.twice(source.name) }
        for source in sources {
            for partial in source.partials where !names.contains(partial) {
                throw TemplateError.missing(partial, askedBy: source.name)
            }
        }
        for source in sources where source.isPlainText && !source.partials.isEmpty {
            throw TemplateError.unreadable(source.name, "plain text stands in one file: a partial would be HTML")
        }
        plainText = Set(sources.filter(\.isPlainText).map(\.name))
        _ = try library(for: Words.english)
    }

    /// The page as text. Throws `TemplateError` where template and page do not fit.
    package func render<P: Page>(_ page: P, words: Words) throws -> String {
        let record = Scope.Record(isHTML: !plainText.contains(P.template))
        let scope = Scope(Mirror(reflecting: page), in: record)
        guard let text = try library(for: words).render(scope, withTemplate: P.template) else {
            throw TemplateError.missing(P.template, askedBy: "\(P.self)")
        }
        guard record.unknown.isEmpty else {
            throw TemplateError.unknownNames(record.unknown.sorted(), in: P.template)
        }
        return text
    }

    private func library(for words: Words) throws -> MustacheLibrary {
        let key = ObjectIdentifier(words.messages)
        if let known = libraries.withLock({ $0[key]?.library }) { return known }
        var library = MustacheLibrary()
        for source in sources {
            do {
                try library.register(source.translated(into: words), named: source.name)
            } catch let error as MustacheTemplate.ParserError {
                throw TemplateError.unreadable(source.name, "line \(error.context.lineNumber): \(error.error)")
            }
        }
        libraries.withLock { $0[key] = (words.messages, library) }
        return library
    }

    private static func sources(in folder: String) throws -> [TemplateSource] {
        let files = FileManager.default
        let folder = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        guard let paths = files.enumerator(atPath: folder) else { throw TemplateError.noFolder(folder) }
        let sources = try paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".mustache") }.sorted().map { path in
            let name = String(path.dropLast(".mustache".count))
            guard let data = files.contents(atPath: "\(folder)/\(path)"), let text = String(data: data, encoding: .utf8)
            else { throw TemplateError.unreadable(name, "not UTF-8") }
            return TemplateSource(name: name, text: text)
        }
        guard !sources.isEmpty else { throw TemplateError.noFolder(folder) }
        return sources
    }
}
