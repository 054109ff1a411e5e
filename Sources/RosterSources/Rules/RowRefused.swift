/// Why one row cannot be taken. The reason is a key of the catalogs, `{value}` may stand in it.
package struct RowRefused: Error, Equatable {
    let reason: String
    let value: String

    package init(reason: String, value: String = "") {
        self.reason = reason
        self.value = value
    }
}

/// What somebody should know of a row that was taken all the same.
struct RowNote: Equatable {
    let reason: String
    let value: String

    init(reason: String, value: String = "") {
        self.reason = reason
        self.value = value
    }
}
