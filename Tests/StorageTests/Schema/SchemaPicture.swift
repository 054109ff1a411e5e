import Storage

/// A schema as far as both databases can tell of it, in the same words.
struct SchemaPicture: Equatable {
    struct Column: Equatable {
        var type: String
        var isRequired: Bool
        var standard: String?
        /// What a generated column is made of.
        var made: Condition?
    }
    struct Index: Equatable {
        var columns: [String]
        var isUnique: Bool
        var condition: Condition?
    }
    struct Key: Hashable {
        var columns: [String]
        var table: String
        var targets: [String]
        var onDelete: String
    }
    struct Table: Equatable {
        var columns: [String: Column] = [:]
        var primaryKey: [String] = []
        var uniques: Set<[String]> = []
        var keys: Set<Key> = []
        var indexes: [String: Index] = [:]
        /// Sorted.
        var checks: [Condition] = []
    }
    /// The databases write conditions in their own ways: what is compared is which columns and constants stand in them.
    struct Condition: Equatable, Comparable {
        let parts: [String]
        static func < (one: Self, other: Self) -> Bool { one.parts.lexicographicallyPrecedes(other.parts) }
    }

    var tables: [String: Table] = [:]

    /// What is in one and not, or otherwise, in the other; empty when they are the same.
    func differences(to other: SchemaPicture) -> [String] {
        Set(tables.keys).union(other.tables.keys).sorted().flatMap { name -> [String] in
            guard let one = tables[name], let two = other.tables[name] else { return ["\(name): in one only"] }
            var found: [String] = []
            for column in Set(one.columns.keys).union(two.columns.keys).sorted()
            where one.columns[column] != two.columns[column] {
                found.append("\(name).\(column): \(said(one.columns[column])) / \(said(two.columns[column]))")
            }
            for index in Set(one.indexes.keys).union(two.indexes.keys).sorted()
            where one.indexes[index] != two.indexes[index] {
                found.append("\(index): \(said(one.indexes[index])) / \(said(two.indexes[index]))")
            }
            if one.primaryKey != two.primaryKey { found.append("\(name): \(one.primaryKey) / \(two.primaryKey)") }
            if one.uniques != two.uniques { found.append("\(name): \(one.uniques) / \(two.uniques)") }
            if one.keys != two.keys { found.append("\(name): \(one.keys) / \(two.keys)") }
            if one.checks != two.checks { found.append("\(name): \(one.checks) / \(two.checks)") }
            return found
        }
    }

    private func said<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "none" }
}

extension SchemaPicture.Condition {
    /// Reads the columns among `columns`, the texts and the numbers of an expression in SQL.
    init(_ text: String, columns: some Collection<String>) {
        var parts: [String] = []
        for token in SQLTokens(text).all {
            if token.first == "'" || token.first?.isNumber == true || columns.contains(token) { parts.append(token) }
        }
        self.parts = parts.sorted()
    }
}

/// The words, quoted texts and signs of a piece of SQL, without comments and casts.
struct SQLTokens {
    private(set) var all: [String] = []

    init(_ text: String) {
        var rest = text.unicodeScalars[...]
        while let first = rest.first {
            if first == "'" {
                let end = rest.dropFirst().firstIndex(of: "'") ?? rest.endIndex
                all.append(String(rest[..<end]) + "'")
                rest = rest[end...].dropFirst()
            } else if rest.starts(with: "--".unicodeScalars) {
                rest = rest.drop { $0 != "\n" }
            } else if rest.starts(with: "::".unicodeScalars) {
                rest = rest.dropFirst(2).drop { Self.isOfWord($0) }
            } else if Self.isOfWord(first) {
                let word = rest.prefix { Self.isOfWord($0) }
                all.append(String(word))
                rest = rest.dropFirst(word.count)
            } else {
                if !first.properties.isWhitespace { all.append(String(Character(first))) }
                rest = rest.dropFirst()
            }
        }
    }

    /// What stands in the brackets after each of these words, as in `CHECK (…)`.
    func brackets(after words: [String]) -> [String] {
        var found: [String] = []
        for index in all.indices where all[index...].starts(with: words + ["("]) {
            var depth = 0
            let content = all[(index + words.count)...].prefix { token in
                if token == "(" { depth += 1 }
                if token == ")" { depth -= 1 }
                return depth > 0
            }
            found.append(content.dropFirst().joined(separator: " "))
        }
        return found
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
}
