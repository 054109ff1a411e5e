import Rendering

/// A plot of bars, one a day: drawn by the template as SVG. Widths are percent and heights pixels, so that it fits every
/// screen without making its letters smaller.
struct BarPlot: Sendable {
    struct Bar: Sendable {
        /// The day, as its label.
        let label: String
        /// What stands under the first bar and where it changes, as the month; nil elsewhere.
        let section: String?
        /// The whole day, as the table says it.
        let name: String
        let count: Int
    }
    /// A bar as it is drawn: x and width in percent, the rest in pixels.
    struct Drawn: Sendable {
        let x: String
        let width: String
        let middle: String
        let y: Int
        let height: Int
        let above: Int
        let value: String
        let label: String
        let section: String?
        let isEmpty: Bool
    }
    struct Tick: Sendable {
        let y: Int
        let above: Int
        let value: String
    }
    struct Row: Sendable {
        let name: String
        let value: String
    }
    /// What it shows, in a sentence: read out instead of the picture.
    let name: String
    let bars: [Drawn]
    let ticks: [Tick]
    let rows: [Row]
    /// Where the numbers of the axis stand, and which end of them: the side where reading begins.
    let axis: String
    let base: Int
    let labels: Int
    let sections: Int

    /// In pixels: the board, and the room above it for the number of the highest bar.
    private static let (height, top) = (140, 24)
    /// In tenths of a percent, kept free for the numbers of the axis.
    private static let gutter = 110

    init(name: String, _ bars: [Bar], words: Words) {
        self.name = name
        let isMirrored = words.direction == "rtl"
        let most = bars.map(\.count).max() ?? 0
        let step = Self.step(for: most)
        let ceiling = max(step, (most + step - 1) / step * step)
        let base = Self.top + Self.height
        self.base = base
        labels = base + 18
        sections = base + 36
        axis = isMirrored ? "100%" : "0"
        ticks = stride(from: 0, through: ceiling, by: step).map { value in
            let y = base - value * Self.height / ceiling
            return Tick(y: y, above: y - 5, value: words.number(value))
        }
        let slot = (1000 - Self.gutter) / max(1, bars.count)
        self.bars = bars.enumerated().map { index, bar in
            let left = Self.gutter + index * slot
            let x = isMirrored ? 1000 - left - slot : left
            let height = bar.count == 0 ? 0 : max(2, bar.count * Self.height / ceiling)
            return Drawn(
                x: Self.percent(x + slot / 8), width: Self.percent(slot * 3 / 4), middle: Self.percent(x + slot / 2),
                y: base - height, height: height, above: base - height - 6, value: words.number(bar.count),
                label: bar.label, section: bar.section, isEmpty: bar.count == 0)
        }
        rows = bars.map { Row(name: $0.name, value: words.number($0.count)) }
    }

    /// The distance of the lines: 1, 2 or 5 times a power of ten, so that there are at most five of them.
    static func step(for most: Int) -> Int {
        var power = 1
        while true {
            for factor in [1, 2, 5] where factor * power * 4 >= most { return factor * power }
            power *= 10
        }
    }

    private static func percent(_ tenths: Int) -> String { "\(tenths / 10).\(tenths % 10)%" }
}
