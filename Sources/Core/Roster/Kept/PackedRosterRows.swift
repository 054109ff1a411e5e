/// Rows of a roster as bytes: for each its kind, then its facts, each with its length before it.
///
/// Read again they are what they were, so that a kept roster brings the same plan and the same problems.
struct PackedRosterRows {
    private(set) var bytes: [UInt8] = []

    static let problem: UInt8 = 100

    /// Adds a record or problem; what a roster of changes says beside these is not kept.
    mutating func add(_ item: RosterItem) {
        switch item {
        case .record(let record, let place):
            add(record.key.kind.rawValue, place, record.facts)
        case .problem(let problem):
            add(
                Self.problem, problem.place,
                [problem.reason, problem.isRefused ? "1" : nil, problem.value] + (problem.row?.facts ?? [])
                    + (problem.subject?.facts ?? []))
        case .removal, .changes: break
        }
    }

    mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

    private mutating func add(_ kind: UInt8, _ place: RosterPlace, _ facts: [String?]) {
        bytes.append(kind)
        add(place.line)
        add(facts.count + 1)
        add(place.file)
        for fact in facts { add(fact) }
    }

    private mutating func add(_ text: String?) {
        guard var text else { return add(0) }
        text.withUTF8 { utf8 in
            add(utf8.count + 1)
            bytes.append(contentsOf: utf8)
        }
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow (LEB128).
    private mutating func add(_ number: Int) {
        var left = UInt(bitPattern: max(0, number))
        while left >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: left) | 0x80)
            left >>= 7
        }
        bytes.append(UInt8(left))
    }
}

/// Reads packed rows. Throws `PackedRosterRows.Damaged` for bytes that are none.
struct PackedRosterReader {
    private let bytes: [UInt8]
    private var index = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() throws -> RosterItem? {
        guard index < bytes.count else { return nil }
        let kind = bytes[index]
        index += 1
        let line = try number()
        let count = try number()
        guard count > 0, count <= bytes.count, let file = try text() else { throw PackedRosterRows.Damaged() }
        var facts = RosterFacts()
        for _ in 1..<count { facts.add(try text()) }
        let place = RosterPlace(file: file, line: line)
        if kind == PackedRosterRows.problem { return .problem(try RosterProblem(&facts, at: place)) }
        guard let kind = RosterRowKey.Kind(rawValue: kind) else { throw PackedRosterRows.Damaged() }
        return .record(try RosterRecord(kind, &facts), place)
    }

    private mutating func text() throws -> String? {
        let length = try number()
        guard length > 0 else { return nil }
        guard length - 1 <= bytes.count - index else { throw PackedRosterRows.Damaged() }
        defer { index += length - 1 }
        return String(decoding: bytes[index..<index + length - 1], as: UTF8.self)
    }

    private mutating func number() throws -> Int {
        var number: UInt = 0
        var shift: UInt = 0
        while index < bytes.count, shift < 63 {
            let byte = bytes[index]
            index += 1
            number |= UInt(byte & 0x7F) << shift
            if byte < 0x80 { return Int(number) }
            shift += 7
        }
        throw PackedRosterRows.Damaged()
    }
}

extension PackedRosterRows {
    struct Damaged: Error {}
}
