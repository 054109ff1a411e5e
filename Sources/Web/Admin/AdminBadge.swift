/// A plain state on an administrator's page: colour class, icon and word, always all three.
struct AdminBadge {
    let style: String
    let icon: String
    let word: String
}

/// A note above a list: something that has just happened, or that needs somebody.
struct AdminNote {
    let isGood: Bool
    let icon: String
    let text: String

    static func good(_ text: String) -> Self { Self(isGood: true, icon: "active", text: text) }
    static func bad(_ text: String) -> Self { Self(isGood: false, icon: "warn", text: text) }
}
