/// Reads a template's text. A tag of a section, block or template that stands alone on its line takes the line with it.
struct TemplateReader {
    private let template: String
    private let bytes: [UInt8]
    private var position = 0

    /// Throws `TemplateError.unreadable` with the line for anything that is not well formed, or not of the part of Mustache that we draw:
    /// no other delimiters, lambdas, transforms and names of templates that only a page knows.
    static func nodes(_ text: String, of template: String) throws -> [TemplateNode] {
        var reader = TemplateReader(template: template, bytes: Array(text.utf8))
        return try reader.nodes(until: nil)
    }

    private init(template: String, bytes: [UInt8]) {
        self.template = template
        self.bytes = bytes
    }

    private struct Tag {
        let kind: UInt8
        let name: String
    }

    private mutating func nodes(until closing: String?) throws -> [TemplateNode] {
        var nodes: [TemplateNode] = []
        while let tag = try next(after: &nodes) {
            switch tag.kind {
            case UInt8(ascii: "#"), UInt8(ascii: "^"):
                let isInverted = tag.kind == UInt8(ascii: "^")
                nodes.append(.section(.init(tag.name), isInverted: isInverted, try self.nodes(until: tag.name)))
            case UInt8(ascii: "$"): nodes.append(.block(tag.name, try self.nodes(until: tag.name)))
            case UInt8(ascii: "<"): nodes.append(.layout(tag.name, blocks: try blocks(until: tag.name)))
            case UInt8(ascii: ">"): nodes.append(.partial(tag.name))
            case UInt8(ascii: "/"):
                guard tag.name == closing else { throw fault("{{/\(tag.name)}} closes nothing that is open") }
                return nodes
            case UInt8(ascii: "!"), UInt8(ascii: "%"): continue
            default: nodes.append(.value(.init(tag.name)))
            }
        }
        if let closing { throw fault("{{/\(closing)}} is missing") }
        return nodes
    }

    private mutating func blocks(until closing: String) throws -> [String: [TemplateNode]] {
        var blocks: [String: [TemplateNode]] = [:]
        for node in try nodes(until: closing) {
            switch node {
            case .block(let name, let nodes): blocks[name] = nodes
            case .text: continue
            default: throw fault("{{<\(closing)}} holds blocks only")
            }
        }
        return blocks
    }

    /// The next tag, after the text before it was added; nil at the end.
    private mutating func next(after nodes: inout [TemplateNode]) throws -> Tag? {
        guard let start = find([0x7b, 0x7b], from: position) else {
            add(position..<bytes.count, to: &nodes)
            position = bytes.count
            return nil
        }
        let kind = start + 2 < bytes.count ? bytes[start + 2] : 0
        let isTriple = kind == UInt8(ascii: "{")
        guard let end = find(isTriple ? [0x7d, 0x7d, 0x7d] : [0x7d, 0x7d], from: start + 2) else {
            throw fault("{{ without }}")
        }
        let hasKind = "#^$<>/!%{&".utf8.contains(kind)
        let tag = Tag(
            kind: hasKind ? kind : 0,
            name: String(decoding: bytes[(start + (hasKind ? 3 : 2))..<end].filter { !Self.isBlank($0) }, as: UTF8.self)
        )
        try check(tag)
        let after = end + (isTriple ? 3 : 2)
        let isValue = tag.kind == 0 || isTriple || tag.kind == UInt8(ascii: "&")
        if !isValue, let line = lineHoldingOnly(start..<after) {
            add(position..<line.lowerBound, to: &nodes)
            position = line.upperBound
        } else {
            add(position..<start, to: &nodes)
            position = after
        }
        return tag
    }

    private func check(_ tag: Tag) throws {
        if tag.kind == UInt8(ascii: "!") || (tag.kind == UInt8(ascii: "%") && position == 0) { return }
        let isOurs = tag.name.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"): true
            default: false
            }
        }
        guard isOurs, !tag.name.isEmpty else { throw fault("a tag that we do not draw: {{…\(tag.name)}}") }
    }

    /// The whole line with its end, where nothing but blanks stands beside the tag.
    private func lineHoldingOnly(_ tag: Range<Int>) -> Range<Int>? {
        var start = tag.lowerBound
        while start > 0, Self.isBlank(bytes[start - 1]), bytes[start - 1] != 0x0a { start -= 1 }
        guard start == 0 || bytes[start - 1] == 0x0a else { return nil }
        var end = tag.upperBound
        while end < bytes.count, Self.isBlank(bytes[end]), bytes[end] != 0x0a { end += 1 }
        guard end == bytes.count || bytes[end] == 0x0a else { return nil }
        return start..<min(end + 1, bytes.count)
    }

    private func add(_ range: Range<Int>, to nodes: inout [TemplateNode]) {
        if !range.isEmpty { nodes.append(.text(String(decoding: bytes[range], as: UTF8.self))) }
    }

    private func find(_ wanted: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + wanted.count <= bytes.count {
            if bytes[index] == wanted[0], bytes[index..<index + wanted.count].elementsEqual(wanted) { return index }
            index += 1
        }
        return nil
    }

    private func fault(_ reason: String) -> TemplateError {
        .unreadable(template, "line \(bytes[..<position].count { $0 == 0x0a } + 1): \(reason)")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
}
