import Crypto

/// Numbers drawn from a key: 16 bits at a time from HMAC-SHA256(key, label ‖ counter), counter 32 bits, all big-endian.
struct DrawStream {
    private let key: SymmetricKey
    private let label: [UInt8]
    private var counter: UInt32 = 0
    private var block: [UInt8] = []

    init(key: SymmetricKey, label: [UInt8]) {
        self.key = key
        self.label = label
    }

    /// The next number below a limit of at most 65,536, each equally likely: draws beyond its last multiple are passed over.
    mutating func next(below limit: Int) -> Int {
        while true {
            let number = nextNumber()
            if number < 65_536 / limit * limit { return number % limit }
        }
    }

    private mutating func nextNumber() -> Int {
        if block.isEmpty {
            let bytes = (0..<4).map { UInt8(truncatingIfNeeded: counter >> (24 - 8 * $0)) }
            // Reversed, so that taking the last byte is taking the next one.
            block = HMAC<SHA256>.authenticationCode(for: label + bytes, using: key).reversed()
            counter += 1
        }
        return Int(block.removeLast()) << 8 | Int(block.removeLast())
    }
}
