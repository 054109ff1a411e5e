/// Fits a template to the type of a page: puts partials and blocks in place and finds every name.
struct Fitting {
    private let template: String
    private let templates: [String: [TemplateNode]]
    /// Names that lead nowhere, of which no value could be drawn, or that lead through something that may be missing.
    private var unknown: Set<String> = []

    private init(template: String, templates: [String: [TemplateNode]]) {
        self.template = template
        self.templates = templates
    }

    /// What is around a part of a template.
    private struct Surroundings {
        /// From the page inwards.
        var types: [Any.Type]
        /// What a template put in place of the blocks of its layout; the outermost has the last word.
        var blocks: [String: [TemplateNode]] = [:]
        /// How many templates and blocks this part is inside of.
        var depth = 0
    }

    /// Throws `TemplateError` where template and type do not fit.
    static func drawing<P: Page>(
        of page: P.Type, templates: [String: [TemplateNode]], isHTML: Bool
    ) throws -> Drawing {
        guard let nodes = templates[P.template] else { throw TemplateError.missing(P.template, askedBy: "\(P.self)") }
        var fitting = Fitting(template: P.template, templates: templates)
        let steps = try fitting.steps(nodes, Surroundings(types: [page]))
        guard fitting.unknown.isEmpty else {
            throw TemplateError.unknownNames(fitting.unknown.sorted(), in: P.template)
        }
        return Drawing(steps: steps, isHTML: isHTML)
    }

    private mutating func steps(_ nodes: [TemplateNode], _ around: Surroundings) throws -> [Drawing.Step] {
        var steps: [Drawing.Step] = []
        for node in nodes {
            for step in try self.steps(node, around) {
                if case .text(let text) = step, case .text(let before) = steps.last {
                    steps[steps.count - 1] = .text(before + text)
                } else {
                    steps.append(step)
                }
            }
        }
        return steps
    }

    private mutating func steps(_ node: TemplateNode, _ around: Surroundings) throws -> [Drawing.Step] {
        switch node {
        case .text(let text): return [.text(Array(text.utf8))]
        case .value(let name): return value(name, around)
        case .section(let name, let isInverted, let nodes):
            return try section(name, isInverted: isInverted, nodes, around)
        case .partial(let name): return try steps(templates[name] ?? [], try inside(around))
        case .block(let name, let nodes): return try steps(around.blocks[name] ?? nodes, try inside(around))
        case .layout(let name, let blocks):
            var inside = try inside(around)
            inside.blocks.merge(blocks) { outer, _ in outer }
            return try steps(templates[name] ?? [], inside)
        }
    }

    private mutating func value(_ name: TemplateNode.Name, _ around: Surroundings) -> [Drawing.Step] {
        guard let (place, type) = find(name, around), Sight(type).isDrawn else {
            unknown.insert(name.text)
            return []
        }
        return [.value(place, Sight(type))]
    }

    private mutating func section(
        _ name: TemplateNode.Name, isInverted: Bool, _ nodes: [TemplateNode], _ around: Surroundings
    ) throws -> [Drawing.Step] {
        guard let (place, type) = find(name, around) else {
            unknown.insert(name.text)
            return []
        }
        if isInverted { return [.inverted(place, Sight(type), try steps(nodes, around))] }
        var inside = around
        if let scope = Sight.scope(of: type) { inside.types.append(scope) }
        return [.section(place, Sight(type), try steps(nodes, inside))]
    }

    private func find(_ name: TemplateNode.Name, _ around: Surroundings) -> (Drawing.Place, Any.Type)? {
        let innermost = around.types.indices.last ?? 0
        var scope = innermost
        if name.climbs, let first = name.parts.first {
            guard let found = around.types.lastIndex(where: { Sight.field(first, of: $0) != nil }) else { return nil }
            scope = found
        }
        var offset = 0
        var type = around.types[scope]
        for part in name.parts {
            guard let field = Sight.field(part, of: type) else { return nil }
            offset += field.offset
            type = field.type
        }
        return (Drawing.Place(scope: scope, offset: offset), type)
    }

    private func inside(_ around: Surroundings) throws -> Surroundings {
        guard around.depth < 50 else { throw TemplateError.unreadable(template, "it draws itself inside itself") }
        var inside = around
        inside.depth += 1
        return inside
    }
}
