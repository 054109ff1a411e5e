import Core

extension StaffFilter {
    /// The filter of an address. What cannot be read narrows nothing.
    init(_ query: Query) {
        self.init(
            state: query["state"].flatMap(StaffState.init), role: query["role"].flatMap(StaffRole.init),
            school: query["school"].flatMap(ID<School>.init), isProposed: query["proposed"] == "yes",
            isDisowned: query["flagged"] == "yes", search: String((query["q"] ?? "").prefix(200)), after: query["after"]
        )
    }

    /// The address of the list so narrowed.
    var address: String {
        PageAddress(
            StaffReturn.list,
            [
                "state": state?.rawValue, "role": role?.rawValue, "school": school?.description,
                "proposed": isProposed ? "yes" : nil, "flagged": isDisowned ? "yes" : nil,
                "q": search.isEmpty ? nil : search, "after": after,
            ]
        ).description
    }

    /// The first page of the same list in another state.
    func showing(_ state: StaffState?) -> StaffFilter {
        var filter = self
        filter.state = state
        filter.after = nil
        return filter
    }

    /// Another page of the same list.
    func continued(after: String?) -> StaffFilter {
        var filter = self
        filter.after = after
        return filter
    }
}
