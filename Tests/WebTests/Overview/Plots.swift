import Core
import Rendering
import Testing

@testable import Web

@Suite struct Plots {
    private func plot(_ counts: [Int]) throws -> BarPlot {
        let words = try Office().visit.words
        return BarPlot(
            name: "n", counts.map { BarPlot.Bar(label: "1", section: nil, name: "d", count: $0) }, words: words)
    }

    @Test(arguments: [(0, 1), (1, 1), (4, 1), (5, 2), (9, 5), (20, 5), (21, 10), (1486, 500), (1_000_000, 500_000)])
    func `have at most five lines, at round numbers`(most: Int, step: Int) { #expect(BarPlot.step(for: most) == step) }

    @Test func `are as high as what they count, and the highest stays on the board`() throws {
        let plot = try plot([0, 1, 743, 1486])
        #expect(plot.ticks.map(\.value) == ["0", "500", "1000", "1500"])
        #expect(plot.bars.map(\.height) == [0, 2, 69, 138])
        #expect(plot.bars.allSatisfy { $0.y + $0.height == plot.base && $0.y >= 24 })
        #expect(plot.bars[0].isEmpty && plot.rows[3].value == "1486")
    }

    @Test func `of nothing and of one day can be drawn`() throws {
        #expect(try plot([]).bars.isEmpty)
        #expect(try plot([3]).bars[0].width == "66.7%")
    }
}
