import Rendering

/// The languages to choose from on one's own page.
struct LanguageChoice {
    struct Choice {
        let tag: String
        let name: String
        let isCurrent: Bool
    }
    let all: [Choice]
    /// Where one is sent back to.
    let page: String

    init(page: String, visit: Visit) {
        self.page = page
        all = visit.house.languages.map {
            Choice(tag: $0.tag, name: $0.name, isCurrent: $0.tag == visit.words.language)
        }
    }
}
