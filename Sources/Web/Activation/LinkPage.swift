import Rendering

/// Where every link leads that opens nothing: too old, voided, used, somebody else's or garbled. It takes nothing that
/// could differ between them, so it cannot say whether an account exists.
package struct LinkPage: Page {
    package static let template = "activation/link"
    let layout: Layout
    /// True for every link and card, whether it ever was one; its form goes to the address of the page, which knows the token.
    let canAsk: Bool
    let isAsked: Bool
    let isTooMany: Bool

    package init(canAsk: Bool = false, isAsked: Bool = false, isTooMany: Bool = false, visit: Visit) {
        layout = Layout(visit.words("This link does not work now"), visit, kind: .bare)
        self.canAsk = canAsk && !isAsked
        self.isAsked = isAsked
        self.isTooMany = isTooMany
    }
}
