/// A part of a template as its file writes it (Mustache's manual, mustache(5), and its inheritance).
indirect enum TemplateNode: Sendable, Equatable {
    case text(String)
    /// `{{name}}`: escaped in HTML, whatever braces are written.
    case value(Name)
    /// `{{#name}}…{{/name}}`, or `{{^name}}…{{/name}}` for what is false, missing or empty.
    case section(Name, isInverted: Bool, [TemplateNode])
    /// `{{>name}}`: another template.
    case partial(String)
    /// `{{<name}}…{{/name}}`: another template with these blocks in place of its own.
    case layout(String, blocks: [String: [TemplateNode]])
    /// `{{$name}}…{{/name}}`: what a layout draws where nobody puts anything in its place.
    case block(String, [TemplateNode])

    /// `.` is the innermost thing, `.a.b` something of it, `a.b` something of the innermost thing that has an `a`.
    struct Name: Sendable, Hashable {
        let text: String
        let parts: [String]
        let climbs: Bool

        init(_ text: String) {
            self.text = text
            parts = text.split(separator: ".").map(String.init)
            climbs = !text.hasPrefix(".")
        }
    }

    /// Every template that this part draws inside itself.
    var partials: [String] {
        switch self {
        case .text, .value: []
        case .partial(let name): [name]
        case .section(_, _, let nodes), .block(_, let nodes): nodes.flatMap(\.partials)
        case .layout(let name, let blocks):
            [name] + blocks.sorted { $0.key < $1.key }.flatMap { $0.value.flatMap(\.partials) }
        }
    }
}
