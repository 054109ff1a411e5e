/// A text of a district, taken apart: what stands there, and where something is filled in.
enum MailTextPiece: Equatable {
    case text(String)
    case placeholder(MailPlaceholder)

    /// Throws for a placeholder that is none of ours, and for a single brace that opens or closes nothing.
    static func pieces(of text: String) throws(MailText.Problem) -> [MailTextPiece] {
        let scalars = Array(text.unicodeScalars)
        var pieces: [MailTextPiece] = []
        var plain = String.UnicodeScalarView()
        var index = 0
        while index < scalars.count {
            let scalar = scalars[index]
            guard scalar == "{" || scalar == "}" else {
                plain.append(scalar)
                index += 1
                continue
            }
            let run = scalars[index...].prefix { $0 == scalar }.count
            if run > 1 {
                plain.append(contentsOf: scalars[index..<index + run])
                index += run
                continue
            }
            let rest = scalars[(index + 1)...]
            let end = rest.firstIndex { $0 == "{" || $0 == "}" || $0 == "\n" }
            guard scalar == "{", let end, scalars[end] == "}" else {
                throw .brace(at: MailText.excerpt(scalars[index...].prefix(20)))
            }
            let name = String(String.UnicodeScalarView(scalars[index + 1..<end]))
            guard let placeholder = MailPlaceholder(rawValue: name) else {
                throw .unknown(placeholder: String(String.UnicodeScalarView(scalars[index...end].prefix(40))))
            }
            if !plain.isEmpty { pieces.append(.text(String(plain))) }
            plain = String.UnicodeScalarView()
            pieces.append(.placeholder(placeholder))
            index = end + 1
        }
        if !plain.isEmpty { pieces.append(.text(String(plain))) }
        return pieces
    }
}
