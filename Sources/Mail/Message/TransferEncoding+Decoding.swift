import Foundation

extension TransferEncoding {
    /// What stands in a body, as far as it can be read: signs that do not belong there are left out.
    func decode(_ text: some Collection<UInt8>) -> [UInt8] {
        switch self {
        case .base64: Array(Data(base64Encoded: Data(text), options: .ignoreUnknownCharacters) ?? Data())
        case .quotedPrintable: Self.decodeQuotedPrintable(Array(text))
        }
    }

    private static func decodeQuotedPrintable(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] == 61, let length = softBreak(text, after: index + 1) {
                index += 1 + length
            } else if text[index] == 61, index + 2 < text.count, let high = hex(text[index + 1]),
                let low = hex(text[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(text[index])
                index += 1
            }
        }
        return bytes
    }

    /// The bytes of a line end that only breaks a long line.
    private static func softBreak(_ text: [UInt8], after index: Int) -> Int? {
        guard index < text.count else { return nil }
        if text[index] == 10 { return 1 }
        return text[index] == 13 && index + 1 < text.count && text[index + 1] == 10 ? 2 : nil
    }

    private static func hex(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 48...57: digit - 48
        case 65...70: digit - 55
        case 97...102: digit - 87
        default: nil
        }
    }
}
