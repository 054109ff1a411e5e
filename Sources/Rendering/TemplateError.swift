/// What is wrong with a template or with the page that it should draw.
package enum TemplateError: Error, Equatable, CustomStringConvertible {
    case noFolder(String)
    case unreadable(String, String)
    case twice(String)
    case missing(String, askedBy: String)
    case notPlain(String, in: String)
    case unknownNames([String], in: String)

    package var description: String {
        switch self {
        case .noFolder(let folder): "no folder of templates at \(folder)"
        case .unreadable(let name, let reason): "template \(name): \(reason)"
        case .twice(let name): "two templates are called \(name)"
        case .missing(let name, let asker): "no template \(name), asked for by \(asker)"
        case .notPlain(let text, let name): "template \(name): {{#t}} holds plain text only, not: \(text)"
        case .unknownNames(let names, let name):
            "template \(name) names what its page has not: \(names.joined(separator: ", "))"
        }
    }
}
