/// Fits a template to the type of a page: puts partials and blocks in place and finds every name.
struct Fitting {
    private let template: String
    private let templates: [String: [TemplateNode]]
    /// Names that lead nowhere, or of which no value could be drawn.
    private var unknown: Set<String> = []

    private init(template: String, templates: [String: [TemplateNode]]) {
        self.template = template
        self.templates = templates
    }

    /// What is around a part of a template.
    private struct Surroundings {
        /// From the page inwards; nil for what names do not look into.
        var types: [Any.Type?]
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
        case .value(let name): return try steps(.value, named: name, around)
        case .section(let name, let isInverted, let nodes):
            return try steps(isInverted ? .inverted(nodes) : .section(nodes), named: name, around)
        case .partial(let name): return try steps(templates[name] ?? [], try inside(around))
        case .block(let name, let nodes): return try steps(around.blocks[name] ?? nodes, try inside(around))
        case .layout(let name, let blocks):
            var inside = try inside(around)
            inside.blocks.merge(blocks) { outer, _ in outer }
            return try steps(templates[name] ?? [], inside)
        }
    }

    /// What a template does with what a name leads to.
    private enum Use {
        case value
        case section([TemplateNode])
        case inverted([TemplateNode])
    }

    private mutating func steps(
        _ use: Use, named name: TemplateNode.Name, _ around: Surroundings
    ) throws -> [Drawing.Step] {
        let scope = around.types.lastIndex { type in
            guard let type else { return false }
            guard name.climbs, let first = name.parts.first else { return true }
            return Sight.field(first, of: type) != nil
        }
        guard let scope, let type = around.types[scope],
            let steps = try steps(use, name.parts[...], at: .init(scope: scope, offset: 0), type, around)
        else {
            unknown.insert(name.text)
            return []
        }
        return steps
    }

    /// Nil where the parts lead nowhere. A part of something that may be missing is looked for where it is there.
    private mutating func steps(
        _ use: Use, _ parts: ArraySlice<String>, at place: Drawing.Place, _ type: Any.Type, _ around: Surroundings
    ) throws -> [Drawing.Step]? {
        let sight = Sight(type)
        guard let part = parts.first else { return try steps(use, of: type, sight, at: place, around) }
        if case .maybe(let maybe, _) = sight {
            var inside = around
            inside.types.append(nil)
            let start = Drawing.Place(scope: around.types.count, offset: 0)
            guard let steps = try steps(use, parts, at: start, maybe.inside, inside) else { return nil }
            guard case .inverted(let nodes) = use else { return [.section(place, sight, steps)] }
            return [.section(place, sight, steps), .inverted(place, sight, try self.steps(nodes, around))]
        }
        guard let field = Sight.field(part, of: type) else { return nil }
        let next = Drawing.Place(scope: place.scope, offset: place.offset + field.offset)
        return try steps(use, parts.dropFirst(), at: next, field.type, around)
    }

    private mutating func steps(
        _ use: Use, of type: Any.Type, _ sight: Sight, at place: Drawing.Place, _ around: Surroundings
    ) throws -> [Drawing.Step]? {
        switch use {
        case .value: return sight.isDrawn ? [.value(place, sight)] : nil
        case .inverted(let nodes): return [.inverted(place, sight, try steps(nodes, around))]
        case .section(let nodes):
            var inside = around
            if let scope = Sight.scope(of: type) { inside.types.append(scope) }
            return [.section(place, sight, try steps(nodes, inside))]
        }
    }

    private func inside(_ around: Surroundings) throws -> Surroundings {
        guard around.depth < 50 else { throw TemplateError.unreadable(template, "it draws itself inside itself") }
        var inside = around
        inside.depth += 1
        return inside
    }
}
