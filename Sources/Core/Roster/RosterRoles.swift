/// What a roster says that a member of staff is beside or instead of a teacher: a proposal, never a right.
package struct RosterRoles: Sendable, Equatable {
    /// One role, in one school or in none.
    package struct Standing: Hashable, Comparable, Sendable {
        /// OneRoster's word in lower case, as `principal`.
        package let word: String
        package let school: ID<School>?
        package init(word: String, school: ID<School>?) {
            self.word = word
            self.school = school
        }

        package static func < (left: Self, right: Self) -> Bool {
            (left.word, left.school?.description ?? "") < (right.word, right.school?.description ?? "")
        }
    }

    /// In order, each once; never empty.
    package let standings: [Standing]

    /// Nil for no role at all.
    package init?(_ standings: some Sequence<Standing>) {
        let sorted = Set(standings).sorted()
        guard !sorted.isEmpty else { return nil }
        self.standings = sorted
    }

    /// Reads `text`; nil for what is none.
    package init?(text: String) {
        self.init(
            text.split(separator: " ").compactMap { part in
                let halves = part.split(separator: "@", maxSplits: 1).map(String.init)
                return halves.first.map { Standing(word: $0, school: halves.count > 1 ? ID(halves[1]) : nil) }
            })
    }

    /// As it stands in `account.roster_roles`: `principal@0192… aide`.
    package var text: String {
        standings.map { standing in standing.school.map { "\(standing.word)@\($0)" } ?? standing.word }
            .joined(separator: " ")
    }

    /// True when an administrator who decided about `earlier` has decided about this too.
    func saysNothingNew(beyond earlier: RosterRoles?) -> Bool {
        Set(standings).isSubset(of: Set(earlier?.standings ?? []))
    }

    /// The words alone, each once, for a plan's page.
    var words: String {
        var words: [String] = []
        for standing in standings where words.last != standing.word { words.append(standing.word) }
        return words.joined(separator: ", ")
    }

    /// The schools in which a role holds that is an administrator's.
    var schoolsToAdminister: [ID<School>] {
        let leading = standings.filter { $0.word.contains("administrator") || $0.word == "principal" }
        return Array(Set(leading.compactMap(\.school))).sorted()
    }

    /// The schools in which a role holds.
    package var schools: [ID<School>] { Array(Set(standings.compactMap(\.school))).sorted() }
}
