import Foundation

/// One label of a domain in the form that DNS knows.
enum DomainLabel {
    /// Lower case and composed (NFC), then in Punycode (RFC 3492 section 6.3) behind `xn--` when it is not ASCII.
    ///
    /// nil when the label would be too long for DNS.
    static func ascii(_ label: String) -> String? {
        if label.utf8.allSatisfy({ $0 < 0x80 }) { return label.utf8.count <= 63 ? label : nil }
        let scalars = label.lowercased().precomposedStringWithCanonicalMapping.unicodeScalars.map(\.value)
        guard scalars.count <= 63, let encoded = punycode(scalars) else { return nil }
        return encoded.utf8.count <= 59 ? "xn--\(encoded)" : nil
    }

    private static func punycode(_ scalars: [UInt32]) -> String? {
        var output = scalars.filter { $0 < 0x80 }.map { UInt8($0) }
        let basicCount = output.count
        if basicCount > 0 { output.append(45) }
        var (code, delta, bias, handled) = (UInt32(0x80), UInt32(0), UInt32(72), basicCount)
        while handled < scalars.count {
            guard let next = scalars.filter({ $0 >= code }).min() else { return nil }
            // 63 scalars below 2^21: no overflow.
            delta += (next - code) * UInt32(handled + 1)
            code = next
            for scalar in scalars {
                if scalar < code { delta += 1 }
                guard scalar == code else { continue }
                output += digits(of: delta, bias: bias)
                bias = adapted(delta, count: UInt32(handled + 1), isFirst: handled == basicCount)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func digits(of delta: UInt32, bias: UInt32) -> [UInt8] {
        var digits: [UInt8] = []
        var (rest, position) = (delta, UInt32(36))
        while true {
            let threshold = position <= bias ? 1 : min(position - bias, 26)
            if rest < threshold { return digits + [digit(rest)] }
            digits.append(digit(threshold + (rest - threshold) % (36 - threshold)))
            rest = (rest - threshold) / (36 - threshold)
            position += 36
        }
    }

    private static func digit(_ value: UInt32) -> UInt8 { UInt8(value < 26 ? 97 + value : 22 + value) }

    private static func adapted(_ delta: UInt32, count: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / count
        var bias: UInt32 = 0
        while delta > 455 {
            delta /= 35
            bias += 36
        }
        return bias + 36 * delta / (delta + 38)
    }
}
