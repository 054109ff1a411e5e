import Rendering

/// After somebody whose session had ended has signed in again: what they had sent, to be sent with one press.
struct GoOnPage: Page {
    static let template = "sign-in/go-on"

    let layout: Layout
    let action: String
    let fields: [KeptForm.Field]
    let home: String

    init(_ kept: KeptForm, home: String, visit: Visit) {
        layout = Layout(visit.words("You are signed in again"), visit, kind: .bare)
        action = kept.action
        fields = kept.fields ?? []
        self.home = home
    }
}
