import Rendering

/// Where every link leads that opens nothing: too old, voided, used, somebody else's or garbled. It takes nothing that
/// could differ between them, so it cannot say whether an account exists.
package struct LinkPage: Page {
    package static let template = "activation/link"
    let layout: Layout
    package init(visit: Visit) { layout = Layout(visit.words("This link does not work now"), visit, kind: .bare) }
}
