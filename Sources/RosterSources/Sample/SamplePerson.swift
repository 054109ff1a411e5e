/// One invented person; who they are follows from the seed and their place alone, so that none has to be remembered.
struct SamplePerson {
    let id: String
    let number: String
    let given: String
    let family: String
    /// In OneRoster 1.2 only.
    let preferredGiven: String
    let username: String
    let address: String
    let language: String
}

/// Makes the people of a sample district.
struct SamplePeople: Sendable {
    let seed: UInt64
    private let names = SampleNames()
    private let domain = "junipervalley.example"

    init(seed: UInt64) { self.seed = seed }

    func staff(_ index: Int) -> SamplePerson {
        let given = names.given[index % names.given.count]
        let family = names.family[Int(dice(2, index) % UInt64(names.family.count))]
        let username = "\(given.plain).\(family.plain)\(index < names.given.count ? "" : String(index))"
        return SamplePerson(
            id: "staff-\(padded(index + 1, to: 6))", number: padded(200 + index, to: 6), given: given.text,
            family: family.text, preferredGiven: "", username: username, address: "\(username)@\(domain)", language: "")
    }

    func student(_ index: Int, in school: SampleSchool) -> SamplePerson {
        let household = household(of: index, in: school)
        let speaksSpanish = dice(3, household) % 9 < 2
        let givenNames = speaksSpanish ? names.spanishGiven : names.given
        let familyNames = speaksSpanish ? names.spanishFamily : names.family
        let given = givenNames[Int(dice(4, index) % UInt64(givenNames.count))]
        let family = familyNames[Int(dice(5, household) % UInt64(familyNames.count))]
        let username = "\(given.plain.prefix(1))\(family.plain.prefix(14))\(index + 101)"
        let nicknames = ["Alex", "Sam", "Jo", "Max", "Kit"]
        let nickname = dice(6, index)
        return SamplePerson(
            id: "student-\(padded(index + 1, to: 7))", number: padded(10_000 + index, to: 8), given: given.text,
            family: family.text, preferredGiven: nickname % 20 == 0 ? nicknames[Int(nickname / 20 % 5)] : "",
            username: dice(7, index) % 12 == 0 ? "" : username,
            address: address(of: index, username: username, family: family.plain, household: household, in: school),
            language: speaksSpanish ? "es" : "en")
    }

    func sings(_ index: Int) -> Bool { dice(8, index) % 6 == 0 }

    /// Siblings share their parents' address and young children have only that; one in eight has none.
    private func address(
        of index: Int, username: String, family: String, household: Int, in school: SampleSchool
    ) -> String {
        let parents = "\(family)\(household + 1)@\(dice(9, household) % 3 == 0 ? "correo" : "mail").example"
        if household != index || hasSibling(index, in: school) { return parents }
        if dice(10, index) % 1_000 < 135 { return "" }
        return school.kind == .elementary ? parents : "\(username)@students.\(domain)"
    }

    /// The first child of the family, by number; its own for most.
    private func household(of index: Int, in school: SampleSchool) -> Int {
        let elder = index - siblingDistance
        return elder >= school.students.lowerBound && dice(1, index) % 10 == 0
            ? household(of: elder, in: school) : index
    }

    private func hasSibling(_ index: Int, in school: SampleSchool) -> Bool {
        let younger = index + siblingDistance
        return younger < school.students.upperBound && dice(1, younger) % 10 == 0
    }

    private let siblingDistance = 37

    private func dice(_ purpose: UInt64, _ index: Int) -> UInt64 {
        SplitMix64.mixed(SplitMix64.mixed(seed &+ purpose &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(bitPattern: Int64(index)))
    }

    private func padded(_ number: Int, to length: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, length - digits.utf8.count)) + digits
    }
}
