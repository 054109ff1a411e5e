import Core
import Foundation
import Hummingbird

/// The filter of the audit page as it stands in an address or a form, and as it is understood.
struct AuditQuestion: Sendable, Equatable {
    var actor: ID<Account>?
    var subject: ID<Account>?
    var school: ID<School>?
    var kind: AuditKind?
    /// Days as they were typed, `YYYY-MM-DD`; both belong to what is asked for.
    var from = ""
    var to = ""
    var after: ID<AuditEntry>?
    /// Names that were typed and stand for nobody yet.
    var who = ""
    var whom = ""

    /// The fields of the form that asks for an export.
    static let fields: Set<String> = ["actor", "subject", "school", "kind", "from", "to"]

    init() {}

    init(_ query: Query) {
        self.init { query[$0] }
        after = query["after"].flatMap(ID<AuditEntry>.init)
        who = Self.typed(query["who"])
        whom = Self.typed(query["whom"])
    }

    init(_ form: Form) { self.init { form.optional($0) } }

    private init(_ value: (String) -> String?) {
        actor = value("actor").flatMap(ID<Account>.init)
        subject = value("subject").flatMap(ID<Account>.init)
        school = value("school").flatMap(ID<School>.init)
        kind = value("kind").flatMap(AuditKind.init)
        from = Self.typed(value("from"))
        to = Self.typed(value("to"))
    }

    private static func typed(_ text: String?) -> String {
        String(String.UnicodeScalarView((text ?? "").unicodeScalars.prefix(200)))
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Why nothing can be shown.
    enum Problem: Error, Equatable {
        case noDay(String)
        case backwards
    }

    func filter(in zone: TimeZone) throws(Problem) -> AuditFilter {
        var filter = AuditFilter(actor: actor, subject: subject, school: school, kind: kind, after: after)
        if !from.isEmpty {
            guard let start = Timestamp(startOf: from, in: zone) else { throw .noDay(from) }
            filter.from = start
        }
        if !to.isEmpty {
            guard let end = Timestamp(startOf: to, later: 1, in: zone) else { throw .noDay(to) }
            filter.until = end
        }
        if let from = filter.from, let until = filter.until, from >= until { throw .backwards }
        return filter
    }

    /// True when anything but the page narrows the list.
    var isNarrowed: Bool {
        var bare = self
        bare.after = nil
        return bare != AuditQuestion()
    }

    /// The page that answers this question.
    var address: String {
        LocalAddress.of("/admin/audit", items + [("after", after?.description), ("who", who), ("whom", whom)])
    }

    /// The same question changed in some way, from its first page.
    func changed(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        copy.after = nil
        change(&copy)
        return copy
    }

    /// The fields that narrow the list, with their values.
    var items: [(String, String?)] {
        [
            ("actor", actor?.description), ("subject", subject?.description), ("school", school?.description),
            ("kind", kind?.rawValue), ("from", from), ("to", to),
        ]
    }
}
