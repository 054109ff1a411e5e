/// How large one row of a table may be.
package struct CSVLimits: Sendable, Equatable {
    /// One value, in bytes of UTF-8.
    package var field = 64 << 10
    /// All values of a row together, in bytes of UTF-8.
    package var row = 1 << 20
    package var columns = 1_000

    package init() {}
}

/// Why a row of a table cannot be trusted, though the rows after it can.
package enum CSVFault: Sendable, Equatable {
    /// A value, the row, or the number of its values goes beyond the limits.
    case tooLong
    /// A quotation mark stands in the middle of a quoted value.
    case strayQuote
}
