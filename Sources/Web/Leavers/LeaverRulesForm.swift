import Core
import Rendering

/// The district's rule for people who left, as a person typed it.
struct LeaverRulesForm: Sendable, Equatable {
    let archive: String
    /// Empty for never.
    let erase: String
    let isByItself: Bool
    /// How many the person said may be erased at once; nil where nobody was asked.
    let confirmed: String?

    init(_ rules: LeaverRules) {
        archive = "\(rules.archiveAfter)"
        erase = rules.eraseAfter.map { "\($0)" } ?? ""
        isByItself = rules.erasesByItself
        confirmed = nil
    }

    init(_ form: Form) throws {
        archive = String(try form.text("archive").prefix(10))
        erase = String(try form.text("erase").prefix(10))
        isByItself = form.isTicked("automatic")
        confirmed = form.optional("confirmed").map { String($0.prefix(10)) }
    }

    private init(_ form: LeaverRulesForm, confirmed: Int) {
        (archive, erase, isByItself) = (form.archive, form.erase, form.isByItself)
        self.confirmed = "\(confirmed)"
    }

    /// The same, to be pressed once more by whoever means it.
    func asking(_ count: Int) -> LeaverRulesForm { LeaverRulesForm(self, confirmed: count) }

    /// nil for what cannot be.
    var rules: LeaverRules? {
        guard let archiveAfter = Int(archive), let eraseAfter = erase.isEmpty ? .some(nil) : Int(erase).map(Int?.some)
        else { return nil }
        return LeaverRules(archiveAfter: archiveAfter, eraseAfter: eraseAfter, erasesByItself: isByItself)
    }
}
