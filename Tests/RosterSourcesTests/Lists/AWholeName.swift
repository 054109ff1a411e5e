import Testing

@testable import RosterSources

@Suite struct AWholeName {
    @Test(arguments: [
        ("Reyes, Ana", "Ana", "Reyes"), ("de la Cruz, Ana Sofía", "Ana Sofía", "de la Cruz"),
        ("Ana Reyes", "Ana", "Reyes"), ("Ana Sofía de la Cruz", "Ana Sofía", "de la Cruz"),
        ("Ludwig van der Berg", "Ludwig", "van der Berg"), ("Pelé", "", "Pelé"), ("Ben Ode Jr.", "Ben", "Ode Jr."),
        ("Ben Ode, III", "Ben", "Ode, III"), ("Zoë PEÑA RUIZ", "Zoë", "PEÑA RUIZ"), ("ANA REYES", "ANA", "REYES"),
        ("", "", ""), (" , ", "", ","), ("Reyes,", "", "Reyes,"),
    ])
    func `has its family name last, or before a comma`(text: String, given: String, family: String) {
        let name = WholeName(text, isFamilyFirst: false)
        #expect(name.given == given && name.family == family)
    }

    @Test(arguments: [
        ("Reyes Ana", "Ana", "Reyes"), ("de la Cruz Ana", "Ana", "de la Cruz"), ("PEÑA RUIZ Zoë", "Zoë", "PEÑA RUIZ"),
        ("Reyes, Ana", "Ana", "Reyes"), ("太田 太郎", "太郎", "太田"), ("Ode", "", "Ode"), ("de la", "", "de la"),
    ])
    func `has it first where the list says so`(text: String, given: String, family: String) {
        let name = WholeName(text, isFamilyFirst: true)
        #expect(name.given == given && name.family == family)
    }
}
