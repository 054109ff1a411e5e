import Foundation
import Synchronization

/// Draws pages with templates. Every template and everything that it draws inside itself is checked when the renderer is made.
package final class Renderer: Sendable {
    private let sources: [TemplateSource]
    private let plainText: Set<String>
    private let drawings = Mutex(Drawings())

    /// What was made when it was first asked for, by the identity of the language's messages and of the page's type.
    private struct Drawings {
        var templates: [ObjectIdentifier: (messages: Messages, templates: [String: [TemplateNode]])] = [:]
        var fitted: [Key: Drawing] = [:]

        struct Key: Hashable {
            let messages: ObjectIdentifier
            let page: ObjectIdentifier
        }
    }

    /// Reads all `.mustache` files below the folders. `constants` are values that are the same on every page, by the name
    /// that templates call them (`layout.icons`); they are put in place once. Throws `TemplateError` for a folder or partial that is missing and for
    /// a template that cannot be read.
    package init(templateFolders: [String], constants: [String: String] = [:]) throws {
        sources = try templateFolders.flatMap(Self.sources).map { $0.with(constants) }
        var names: Set<String> = []
        for source in sources where !names.insert(source.name).inserted { throw TemplateError.twice(source.name) }
        plainText = Set(sources.filter(\.isPlainText).map(\.name))
        for (name, nodes) in try templates(in: .english).sorted(by: { $0.key < $1.key }) {
            let partials = nodes.flatMap(\.partials)
            if let missing = partials.first(where: { !names.contains($0) }) {
                throw TemplateError.missing(missing, askedBy: name)
            }
            if plainText.contains(name), !partials.isEmpty {
                throw TemplateError.unreadable(name, "plain text stands in one file: a partial would be HTML")
            }
        }
    }

    /// The page as text. Throws `TemplateError` where template and page do not fit.
    package func render<P: Page>(_ page: P, words: Words) throws -> String {
        String(decoding: try draw(page, words: words), as: UTF8.self)
    }

    /// The page as UTF-8. Throws `TemplateError` where template and page do not fit.
    package func draw<P: Page>(_ page: P, words: Words) throws -> [UInt8] {
        let key = Drawings.Key(messages: ObjectIdentifier(words.messages), page: ObjectIdentifier(P.self))
        if let known = drawings.withLock({ $0.fitted[key] }) { return known.draw(page) }
        let drawing = try Fitting.drawing(
            of: P.self, templates: try templates(in: words), isHTML: !plainText.contains(P.template))
        drawings.withLock { $0.fitted[key] = drawing }
        return drawing.draw(page)
    }

    private func templates(in words: Words) throws -> [String: [TemplateNode]] {
        let key = ObjectIdentifier(words.messages)
        if let known = drawings.withLock({ $0.templates[key]?.templates }) { return known }
        let templates = Dictionary(uniqueKeysWithValues: try sources.map { ($0.name, try $0.nodes(in: words)) })
        drawings.withLock { $0.templates[key] = (words.messages, templates) }
        return templates
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
