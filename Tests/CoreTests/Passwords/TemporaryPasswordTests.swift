import Core
import Testing

@Suite struct TheTemporaryPassword {
    private static let english = [
        "insect-pick-light-7",
        "happy-mirror-bedtime-5",
        "comfort-project-barber-7",
        "icing-robot-luggage-6",
        "newt-bamboo-stretch-6",
        "motor-connect-smooth-5",
        "hockey-silent-system-8",
        "replace-bronze-detail-7",
        "evening-judo-selfie-6",
        "railway-house-iceberg-4",
        "unique-arrival-frame-2",
        "thimble-bounce-roadway-4",
        "musical-slither-toucan-8",
        "crab-rooster-train-2",
        "hollow-item-lookout-5",
        "rare-hexagon-mystery-7",
        "camera-sandbox-arrival-3",
        "marsh-album-sprint-4",
        "handful-counter-borrow-2",
        "clip-hollow-tutor-2",
    ]
    private static let spanish = [
        "acuerdo-lince-rana-7",
        "tanto-asomar-jinete-7",
        "dormir-doce-sobrar-9",
        "apuntar-solar-pantano-8",
        "carrera-resumen-floral-4",
        "nevera-carpeta-variar-6",
        "resumen-nevera-marea-5",
        "oficina-huerto-curioso-8",
        "durazno-borrego-flotar-2",
        "jornada-jueves-barbero-5",
        "numerar-relato-guardar-5",
        "huerto-lavar-notar-8",
        "pescar-grillo-riqueza-9",
        "grado-riqueza-vereda-2",
        "alzar-nadie-vigilar-8",
        "disco-ajustar-numerar-8",
        "truco-muestra-mudanza-6",
        "pronto-precio-ahorrar-9",
        "tornado-ferry-alce-6",
        "disfraz-ciudad-fuerte-6",
    ]

    private let keyring: Keyring
    private let key: KeyID

    init() throws {
        keyring = try Keyring(keys: [Array(0..<32), Array(32..<64)])
        key = try #require(KeyID("k1"))
    }

    private func credential(_ number: Int) -> ID<Credential> {
        ID(bytes: (0..<16).map { UInt8(truncatingIfNeeded: 13 * number + $0) })
    }

    private func password(_ number: Int, _ form: PasswordForm = .en1) throws -> TemporaryPassword {
        try TemporaryPassword(credential: credential(number), keyID: key, form: form, keyring: keyring)
    }

    // These were computed apart from this code, from the steps as they are written down. They never change.
    @Test func `is the same as ever in English`() throws {
        #expect(try (0..<20).map { try password($0).text.value } == Self.english)
        // The first draw of this one is passed over for what arises at a seam.
        #expect(try password(36).text.value == "apple-rosy-chimney-2")
    }

    @Test func `is the same as ever in Spanish`() throws {
        #expect(try (0..<20).map { try password($0, .es1).text.value } == Self.spanish)
        #expect(try password(71, .es1).text.value == "curioso-cosmos-metal-9")
    }

    @Test func `is another one with another key`() throws {
        let other = try TemporaryPassword(
            credential: credential(0), keyID: keyring.current, form: .en1, keyring: keyring)
        #expect(try other.text != password(0).text)
    }

    @Test func `cannot be made without its key`() throws {
        let lost = try #require(KeyID("k3"))
        #expect(throws: KeyringProblem.missing(lost)) {
            try TemporaryPassword(credential: credential(0), keyID: lost, form: .en1, keyring: keyring)
        }
    }

    @Test(arguments: PasswordForm.allCases) func `has three different words of its list and a digit from 2 to 9`(
        form: PasswordForm
    ) throws {
        let list = Set(try WordList.of(form).words)
        for number in 0..<500 {
            let parts = try password(number, form).text.value.split(separator: "-").map(String.init)
            let words = Set(parts.dropLast())
            #expect(parts.count == 4 && words.count == 3 && words.isSubset(of: list))
            #expect(parts.last.flatMap(Int.init).map((2...9).contains) == true)
        }
    }

    @Test(arguments: [
        "happy-mirror-bedtime-5", "HAPPY-MIRROR-BEDTIME-5", "Happy Mirror Bedtime 5", "happymirrorbedtime5",
        "  happy-mirror-bedtime-5\r\n", "happy mirror  bedtime\t5", "happy\u{2013}mirror \u{2014} bedtime\u{2011}5",
        "happy\u{A0}mirror\u{A0}bedtime\u{A0}5", "happy_mirror_bedtime_5", "Happy. Mirror, bedtime 5.",
        "happy-m\u{ED}rror-bedti\u{301}me-5", "happy-mirror-bed\u{AD}time\u{200B}-\u{FF15}",
        "h-a-p-p-y-mirror-bedtime-5",
    ])
    func `is known however it is typed`(typed: String) throws {
        #expect(try password(1).matches(Redacted(typed)))
    }

    @Test func `is known with a tilde that the list leaves out`() throws {
        let spanish = try password(19, .es1)
        #expect(spanish.matches(Redacted("Disfr\u{E1}z ciudad fuerte 6")))
        #expect(spanish.matches(Redacted("disfraz-ciu\u{308}dad-fuerte-6")))
    }

    @Test(arguments: [
        "happy-mirror-bedtime-6", "happy-mirror-bedtime", "happy-mirror-5", "mirror-happy-bedtime-5",
        "happy-miror-bedtime-5", "happy-mirror-bedtimes-5", "happy-mirror-bedtime-55", "5-happy-mirror-bedtime", "",
        "-", "happy-mirror-bedtime-s", "insect-pick-light-7",
    ])
    func `is not a near miss`(typed: String) throws {
        #expect(try !password(1).matches(Redacted(typed)))
    }

    @Test func `is not found in a flood of text`() throws {
        let flood = "happy-mirror-bedtime-5" + String(repeating: " ", count: 1_000_000)
        #expect(try !password(1).matches(Redacted(flood)))
    }

    @Test func `does not show itself`() throws {
        let password = try password(1)
        var dumped = ""
        dump(password, to: &dumped)
        for text in ["\(password)", String(reflecting: password), dumped] { #expect(!text.contains("happy")) }
    }

    @Test func `follows the language when it is made`() {
        #expect(PasswordForm.current(language: "es") == .es1)
        #expect(PasswordForm.current(language: "es-MX") == .es1)
        for language in ["en", "fr", "et", "esx", ""] { #expect(PasswordForm.current(language: language) == .en1) }
    }
}
