/// Who has what of a pool of lines, and who waits for what.
struct LinePoolState {
    var idle: [ServerLine] = []
    /// Lines in use.
    var lent = 0
    /// Attempts to open a line.
    var opening = 0
    /// Turns that nobody has.
    var free: Int
    /// Those who wait for a turn; the ones before `first` have had theirs.
    var waiting: [CheckedContinuation<Void, any Error>] = []
    private var first = 0
    /// Those with a turn who wait for a line.
    var wishes: [LineWish] = []
    var isClosed = false

    init(free: Int) { self.free = free }

    /// Gives the line to whoever waits for one, or keeps it.
    mutating func offer(_ line: ServerLine) {
        guard let wish = nextWish() else {
            idle.append(line)
            return
        }
        lent += 1
        wish.settle(.success(line))
    }

    mutating func nextWish() -> LineWish? { wishes.isEmpty ? nil : wishes.removeFirst() }

    /// Returns false when it was settled already.
    mutating func forget(_ wish: LineWish) -> Bool {
        guard let index = wishes.firstIndex(where: { $0 === wish }) else { return false }
        wishes.remove(at: index)
        return true
    }

    mutating func takeWishes() -> [LineWish] {
        defer { wishes = [] }
        return wishes
    }

    mutating func takeIdle() -> [ServerLine] {
        defer { idle = [] }
        return idle
    }

    mutating func takeWaiting() -> ArraySlice<CheckedContinuation<Void, any Error>> {
        defer { (waiting, first) = ([], 0) }
        return waiting[first...]
    }

    mutating func nextWaiting() -> CheckedContinuation<Void, any Error>? {
        guard first < waiting.count else { return nil }
        defer {
            first += 1
            if first == waiting.count { (waiting, first) = ([], 0) }
        }
        return waiting[first]
    }
}
