/// Which plural form a count takes, as a catalog's `Plural-Forms` header says: an expression of C over `n`.
struct PluralRule: Sendable {
    let formCount: Int
    private let expression: Expression

    static let english = PluralRule(formCount: 2, expression: .binary("!=", .count, .number(1)))

    private init(formCount: Int, expression: Expression) {
        self.formCount = formCount
        self.expression = expression
    }

    /// Reads `nplurals=2; plural=(n != 1);`. Nil where it is not of that shape.
    init?(header: String) {
        var fields: [String: String] = [:]
        for field in header.split(separator: ";") {
            guard let sign = field.firstIndex(of: "=") else { continue }
            let name = field[..<sign].filter { $0 != " " }
            fields[String(name)] = String(field[field.index(after: sign)...])
        }
        guard let count = fields["nplurals"].flatMap({ Int($0.filter { $0 != " " }) }), (1...6).contains(count),
            var reader = fields["plural"].flatMap(Reader.init), let expression = reader.whole()
        else { return nil }
        self.init(formCount: count, expression: expression)
    }

    func form(of count: Int) -> Int { expression.value(of: Int(clamping: count.magnitude)) }

    private indirect enum Expression: Sendable {
        case count
        case number(Int)
        case not(Expression)
        case binary(String, Expression, Expression)
        case choice(Expression, Expression, Expression)

        func value(of n: Int) -> Int {
            switch self {
            case .count: n
            case .number(let number): number
            case .not(let inner): inner.value(of: n) == 0 ? 1 : 0
            case .choice(let test, let yes, let no): test.value(of: n) != 0 ? yes.value(of: n) : no.value(of: n)
            case .binary(let sign, let left, let right):
                Self.join(sign, left.value(of: n), right.value(of: n))
            }
        }

        private static func join(_ sign: String, _ left: Int, _ right: Int) -> Int {
            switch sign {
            case "||": left != 0 || right != 0 ? 1 : 0
            case "&&": left != 0 && right != 0 ? 1 : 0
            case "==": left == right ? 1 : 0
            case "!=": left != right ? 1 : 0
            case "<": left < right ? 1 : 0
            case ">": left > right ? 1 : 0
            case "<=": left <= right ? 1 : 0
            case ">=": left >= right ? 1 : 0
            default: right == 0 ? 0 : left % right
            }
        }
    }

    /// Reads an expression, the loosest binding first.
    private struct Reader {
        private var tokens: [String]
        private var position = 0
        private static let levels = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["%"]]

        init?(_ text: String) {
            tokens = []
            var rest = text.filter { $0 != " " }[...]
            while let first = rest.first {
                let length: Int
                if first.isASCII, first.isNumber {
                    length = rest.prefix { $0.isASCII && $0.isNumber }.count
                } else if ["||", "&&", "==", "!=", "<=", ">="].contains(rest.prefix(2)) {
                    length = 2
                } else if "n?:()!<>%".contains(first) {
                    length = 1
                } else {
                    return nil
                }
                tokens.append(String(rest.prefix(length)))
                rest = rest.dropFirst(length)
            }
        }

        mutating func whole() -> Expression? {
            guard let expression = choice(), position == tokens.count else { return nil }
            return expression
        }

        private mutating func choice() -> Expression? {
            guard let test = binary(0) else { return nil }
            guard take("?") else { return test }
            guard let yes = choice(), take(":"), let no = choice() else { return nil }
            return .choice(test, yes, no)
        }

        private mutating func binary(_ level: Int) -> Expression? {
            guard level < Self.levels.count else { return single() }
            guard var left = binary(level + 1) else { return nil }
            while position < tokens.count, Self.levels[level].contains(tokens[position]) {
                let sign = tokens[position]
                position += 1
                guard let right = binary(level + 1) else { return nil }
                left = .binary(sign, left, right)
            }
            return left
        }

        private mutating func single() -> Expression? {
            if take("!") { return single().map(Expression.not) }
            if take("n") { return .count }
            if take("(") {
                guard let inner = choice(), take(")") else { return nil }
                return inner
            }
            guard position < tokens.count, let number = Int(tokens[position]) else { return nil }
            position += 1
            return .number(number)
        }

        private mutating func take(_ token: String) -> Bool {
            guard position < tokens.count, tokens[position] == token else { return false }
            position += 1
            return true
        }
    }
}
