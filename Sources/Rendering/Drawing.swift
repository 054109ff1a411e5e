/// A template fitted to the type of the page that it draws: every name was found once, at its place in memory.
struct Drawing: Sendable {
    indirect enum Step: Sendable {
        case text([UInt8])
        case value(Place, Sight)
        case section(Place, Sight, [Step])
        case inverted(Place, Sight, [Step])
    }

    /// Where a value lies: so many bytes into the thing around it, counted from the page inwards.
    struct Place: Sendable {
        let scope: Int
        let offset: Int
    }

    let steps: [Step]
    let isHTML: Bool

    /// The page as UTF-8.
    func draw<P: Page>(_ page: P) -> [UInt8] {
        withUnsafePointer(to: page) { pointer in
            let pen = Pen(isHTML: isHTML, page: UnsafeRawPointer(pointer))
            pen.draw(steps)
            return pen.bytes
        }
    }
}

/// Draws the steps of one page. It lives as long as the page lies where it is.
private final class Pen {
    private(set) var bytes: [UInt8] = []
    private let isHTML: Bool
    private var scopes: [UnsafeRawPointer]

    init(isHTML: Bool, page: UnsafeRawPointer) {
        self.isHTML = isHTML
        scopes = [page]
        bytes.reserveCapacity(16_384)
    }

    func draw(_ steps: [Drawing.Step]) {
        for step in steps {
            switch step {
            case .text(let text): bytes += text
            case .value(let place, let sight): write(sight, at: pointer(place))
            case .section(let place, let sight, let steps): draw(steps, of: sight, at: pointer(place))
            case .inverted(let place, let sight, let steps): if isNothing(sight, at: pointer(place)) { draw(steps) }
            }
        }
    }

    private func pointer(_ place: Drawing.Place) -> UnsafeRawPointer { scopes[place.scope] + place.offset }

    private func write(_ sight: Sight, at pointer: UnsafeRawPointer) {
        switch sight {
        case .text: write(pointer.load(as: String.self))
        case .flag: write(pointer.load(as: Bool.self) ? "true" : "false")
        case .maybe(let maybe, let inside): _ = maybe.look(at: pointer) { write(inside, at: $0) }
        case .other(let describe): write(describe(pointer))
        case .object, .many: return
        }
    }

    private func write(_ text: String) {
        if isHTML { text.appendEscapedForHTML(to: &bytes) } else { bytes += text.utf8 }
    }

    private func draw(_ steps: [Drawing.Step], of sight: Sight, at pointer: UnsafeRawPointer) {
        switch sight {
        case .flag: if pointer.load(as: Bool.self) { draw(steps) }
        case .maybe(let maybe, let inside): _ = maybe.look(at: pointer) { draw(steps, of: inside, at: $0) }
        case .many(let many, _): many.each(at: pointer) { draw(steps, within: $0) }
        case .text, .object, .other: draw(steps, within: pointer)
        }
    }

    private func draw(_ steps: [Drawing.Step], within scope: UnsafeRawPointer) {
        scopes.append(scope)
        draw(steps)
        scopes.removeLast()
    }

    private func isNothing(_ sight: Sight, at pointer: UnsafeRawPointer) -> Bool {
        switch sight {
        case .flag: return !pointer.load(as: Bool.self)
        case .many(let many, _): return many.isEmpty(at: pointer)
        case .text, .object, .other: return false
        case .maybe(let maybe, let inside):
            var isNothing = true
            _ = maybe.look(at: pointer) { isNothing = self.isNothing(inside, at: $0) }
            return isNothing
        }
    }
}

extension String {
    /// The text with the five characters that HTML reads replaced, so that it can stand in text and in quoted attributes.
    var escapedForHTML: String {
        var bytes: [UInt8] = []
        appendEscapedForHTML(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    fileprivate func appendEscapedForHTML(to bytes: inout [UInt8]) {
        var text = self
        text.withUTF8 { utf8 in
            var start = 0
            for index in utf8.indices {
                // No letter and nothing behind the letters.
                guard utf8[index] <= UInt8(ascii: ">"), let entity = Self.entity(utf8[index]) else { continue }
                bytes += utf8[start..<index]
                bytes += entity.utf8
                start = index + 1
            }
            bytes += utf8[start...]
        }
    }

    private static func entity(_ byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
