package import Core

extension StudentFilter {
    /// The address of the teacher's Students page with this filter.
    package var address: String { address(.people) }

    /// The address of a list of students with this filter.
    package func address(_ door: StudentDoor) -> String {
        LocalAddress.of(
            door.list,
            [
                ("state", state?.rawValue), ("school", school?.description), ("grade", grade),
                ("tracker", tracker?.description), ("q", search), ("sort", order == .need ? nil : order.rawValue),
                ("after", after),
            ])
    }

    /// The same list narrowed to a state, from its first page.
    func narrowed(to state: StudentState?) -> StudentFilter {
        var filter = page(after: nil)
        filter.state = state
        return filter
    }

    /// The page of the same list that begins after this place.
    func page(after place: String?) -> StudentFilter {
        var filter = self
        filter.after = place
        return filter
    }
}
