/// Makes ids for one write: it enters the transaction as a value, so that a second run makes the same ones.
package struct IDMint: Sendable {
    private let now: Timestamp
    private var state: UInt64
    private let lane: UInt64

    package init(at now: Timestamp) {
        var random = SystemRandomNumberGenerator()
        self.init(at: now, seed: random.next(), lane: random.next())
    }

    package init(at now: Timestamp, seed: UInt64, lane: UInt64) {
        self.now = now
        state = seed
        self.lane = lane
    }

    /// The next id. Unlike secrets, ids need only be unique: SplitMix64 over a random start is enough.
    package mutating func next<Owner>(_ owner: Owner.Type = Owner.self) -> ID<Owner> {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        word ^= word >> 31
        return ID(at: now, random: (word, UInt16(truncatingIfNeeded: word &+ lane)))
    }
}
