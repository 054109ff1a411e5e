import Core
import Rendering

/// Two accounts side by side, and which of them stays.
struct JoinPage: Page {
    static let template = "joining/join"

    struct Fact {
        let name: String
        let one: String
        let other: String
        let isDifferent: Bool
    }
    struct Choice {
        let id: String
        let label: String
        let isChosen: Bool
    }
    let layout: Layout
    let menu: AdminMenu
    let title: String
    let back: String
    let backName: String
    let note: AdminNote?
    let oneName: String
    let otherName: String
    let facts: [Fact]
    let action: String
    let stamp: String
    /// The account that stays where only one can.
    let kept: String?
    let keptSentence: String?
    let choices: [Choice]
    let act: String

    init(_ pair: TwoAccounts, kind: AccountKind, problem: String? = nil, act: ID<Act>, visit: Visit) {
        let words = visit.words
        title = words("Are these the same person?")
        layout = Layout(title, visit, current: .admin)
        menu = AdminMenu(kind == .student ? PersonFormWords.studentsEntry : .staff, words: words)
        back = "\(kind.list)/\(pair.one.id)/join"
        backName = words("Join {name} with another account", ["name": pair.one.name])
        note = problem.map { .bad($0) }
        (oneName, otherName) = (pair.one.username, pair.other.username)
        facts = Self.facts(pair, words)
        action = "\(kind.list)/\(pair.one.id)/join/\(pair.other.id)"
        stamp = pair.stamp
        kept = pair.kept?.description
        keptSentence = pair.kept.map { id in
            let side = id == pair.one.id ? pair.one : pair.other
            return words(
                "{username} is in use: its username and password stay. The other username signs in too, with that password.",
                ["username": side.username])
        }
        choices =
            pair.kept != nil
            ? []
            : [pair.one, pair.other].enumerated().map { index, side in
                let values = ["username": side.username]
                let label =
                    side.isActive
                    ? words("Keep the username {username} and its password", values)
                    : words("Keep the username {username}", values)
                return Choice(id: side.id.description, label: label, isChosen: index == 0)
            }
        self.act = act.description
    }

    private static func facts(_ pair: TwoAccounts, _ words: Words) -> [Fact] {
        let none = words("none")
        func line(_ name: String, _ text: (AccountSide) -> String?) -> Fact? {
            let (one, other) = (text(pair.one) ?? "", text(pair.other) ?? "")
            guard !one.isEmpty || !other.isEmpty else { return nil }
            return Fact(
                name: name, one: one.isEmpty ? none : one, other: other.isEmpty ? none : other,
                isDifferent: one != other)
        }
        return [
            line(words("Name")) { $0.name }, line(words("Number")) { $0.number }, line(words("Address")) { $0.address },
            line(words("Grade")) { $0.grade },
            line(words("Schools")) { $0.schools.joined(separator: words(", ")) },
            line(words("Trackers")) { $0.trackers.joined(separator: words(", ")) },
            line(words("Account")) { side in
                side.isOfRoster ? words("From a roster") : words("Made by hand")
            },
            line(words("State")) { side in
                side.isSuspended
                    ? words("Suspended") : side.isActive ? words("Active") : words("No password chosen yet")
            },
        ].compactMap(\.self)
    }
}
