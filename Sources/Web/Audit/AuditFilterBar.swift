import Core
import Rendering

/// The fields above the audit: a form that only reads.
struct AuditFilterBar: Sendable {
    struct Option: Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }
    let kinds: [Option]
    let schools: [Option]
    let hasSchools: Bool
    let who: String
    let whom: String
    let actor: String?
    let subject: String?
    let from: String
    let to: String

    init(_ question: AuditQuestion, chosen: AuditChosen, schools: [School], _ words: Words) {
        kinds =
            [Option(value: "", name: words("All kinds"), isChosen: question.kind == nil)]
            + AuditKind.allCases.map {
                Option(value: $0.rawValue, name: $0.name(words), isChosen: $0 == question.kind)
            }
        self.schools =
            [Option(value: "", name: words("All schools"), isChosen: question.school == nil)]
            + schools.map { Option(value: "\($0.id)", name: $0.name, isChosen: $0.id == question.school) }
        hasSchools = schools.count > 1
        who = question.who
        whom = question.whom
        actor = question.actor?.description
        subject = question.subject?.description
        from = question.from
        to = question.to
    }
}
