package import Core

extension StudentFilter {
    /// The address of the Students page with this filter.
    package var address: String {
        LocalAddress.of(
            "/people/students",
            [
                ("state", state?.rawValue), ("tracker", tracker?.description), ("q", search),
                ("sort", order == .need ? nil : order.rawValue), ("after", after),
            ])
    }

    /// The same list narrowed to a state, from its first page.
    func narrowed(to state: StudentState?) -> StudentFilter {
        StudentFilter(state: state, tracker: tracker, search: search, order: order)
    }

    /// The page of the same list that begins after this place.
    func page(after place: String?) -> StudentFilter {
        StudentFilter(state: state, tracker: tracker, search: search, order: order, after: place)
    }
}
