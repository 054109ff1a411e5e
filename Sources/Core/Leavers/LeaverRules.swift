/// When people who left are archived and erased: the district's own rule.
package struct LeaverRules: Sendable, Equatable {
    /// Days after which somebody who left is on no list any more.
    package let archiveAfter: Int
    /// Days after which they may be erased; nil for never.
    package let eraseAfter: Int?
    /// True where that needs no press.
    package let erasesByItself: Bool

    /// What a district may choose.
    package static let days = 1...3650

    /// nil for what cannot be: nobody is erased before they are archived, and by itself only after a set time.
    package init?(archiveAfter: Int, eraseAfter: Int?, erasesByItself: Bool) {
        guard Self.days.contains(archiveAfter), eraseAfter.map({ archiveAfter...Self.days.upperBound ~= $0 }) ?? true,
            eraseAfter != nil || !erasesByItself
        else { return nil }
        self.archiveAfter = archiveAfter
        self.eraseAfter = eraseAfter
        self.erasesByItself = erasesByItself
    }

    /// Who left by then is archived now.
    package func archived(at now: Timestamp) -> Timestamp { now - .days(archiveAfter) }

    /// Who left by then may be erased now; nil for nobody.
    package func due(at now: Timestamp) -> Timestamp? { eraseAfter.map { now - .days($0) } }

    /// From when on somebody who left then may be erased; nil for never.
    package func erasable(since left: Timestamp) -> Timestamp? { eraseAfter.map { left + .days($0) } }

    /// As the audit has it.
    var inWords: String {
        let erase = eraseAfter.map { "\($0)\(erasesByItself ? " by itself" : "")" } ?? "never"
        return "archive \(archiveAfter), erase \(erase)"
    }
}
