package import Core

extension Visitor {
    /// Looks at the page of a student or a member of staff that asks, and presses Reset as it stands there.
    @discardableResult package func reset(_ person: String, act: ID<Act>, return back: String? = nil) async throws
        -> Answer
    {
        let seen = try await get("\(person)/reset").hidden("seen")
        return try await reset(person, seen: seen, act: act, return: back)
    }

    /// Presses Reset on a page that was made from `seen`.
    @discardableResult package func reset(
        _ person: String, seen: String?, act: ID<Act>, return back: String? = nil
    ) async throws -> Answer {
        switch (seen, back) {
        case (nil, nil): try await post("\(person)/reset", ["act": "\(act)"])
        case (let seen?, nil): try await post("\(person)/reset", ["act": "\(act)", "seen": seen])
        case (nil, let back?): try await post("\(person)/reset", ["act": "\(act)", "return": back])
        case (let seen?, let back?):
            try await post("\(person)/reset", ["act": "\(act)", "seen": seen, "return": back])
        }
    }
}
