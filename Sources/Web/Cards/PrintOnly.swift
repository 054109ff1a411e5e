package import Core

/// Which of the chosen students get a card: the field `only` of the print form.
package enum PrintOnly: String, Sendable, CaseIterable {
    case everybody, need, noAddress, bounced

    /// The states whose students get a card; nil for all.
    package var states: Set<StudentState>? {
        switch self {
        case .everybody: nil
        case .need: [.noAddress, .bounced, .failed, .maybe]
        case .noAddress: [.noAddress]
        case .bounced: [.bounced, .failed]
        }
    }
}
