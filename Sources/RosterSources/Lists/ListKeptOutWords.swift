/// What the names of columns have in them whose values are nobody's business here.
enum ListKeptOutWords {
    /// `folded` is a column's whole name, `words` are its words.
    static func hold(_ folded: String, words: Set<String>) -> Bool {
        if has(anywhere, in: folded) || !words.isDisjoint(with: alone) { return true }
        // A teacher's address, or one at home, is not the student's.
        return isOfMail(folded) && has(others, in: folded)
    }

    /// True for a column that has to do with mail.
    static func isOfMail(_ folded: String) -> Bool {
        has(mail, in: folded)
    }

    /// By bytes: an uploaded list may have thousands of long names.
    private static func has(_ words: [String], in folded: String) -> Bool {
        let text = Array(folded.utf8)
        return words.contains { word in
            let word = Array(word.utf8)
            guard let first = word.first, word.count <= text.count else { return false }
            return (0...(text.count - word.count)).contains { start in
                text[start] == first && text[start..<start + word.count].elementsEqual(word)
            }
        }
    }

    private static let mail = ["mail", "correo", "courriel"]

    /// Long enough to be meant wherever they stand.
    private static let anywhere =
        fold(
            """
            gender, geschlecht, género, ethnic, étnic, birth, geburt, nacimiento, naissance, nascimento, nascita, guardian,
            parent, mother, father, grandm, grandp, madre, padre, mutter, vater, eltern, erziehungs,
            acudiente, apoderad, responsable, tutor legal, emergenc, notfall, urgence, urgencia, contact, kontakt, sibling,
            hermano, lunch, almuerzo, comedor, medic, médic, health, salud, gesundheit, allerg, alerg, diagnos, disab,
            discapac, behinder, handicap, immuni, vaccin, vacuna, insurance, versicherung, phone, telefon, teléfono, mobile,
            handynummer, celular, password, passwort, passcode, contraseña, kennwort, mot de passe, religi, konfession,
            nationalit, nacionalidad, staatsang, citizen, migrant, homeless, foster, economic, hispanic, latino,
            social security, seguridad social, street, postcode, postal, zip code, postleit, street, strasse, domicilio, anschrift,
            wohnort, attendance, absence, disciplin, behavior, behaviour, bemerkung, observaci, free meal, premium, passport, pasaporte, reisepass, iban, bank, custod, relation,
            occupation, blood, sangre, diet, suspen, poverty, welfare, tribe, tribal, sexual, representante, encargado, familiar
            """)

    /// Too short to be told inside other words.
    private static let alone = Set(
        fold(
            """
            sex, sexo, sexe, sesso, geslacht, race, raza, etnia, dob, bday, pronouns, ssn, nhs, nin, curp, frl, frpl, iep, ell, esl, lep, sped, sen, fsm, eal,
            gifted, zip, plz, ort, city, ciudad, state, county, country, país, pin, pw, pwd, pass, clave, tel, fax, cell,
            mobil, handy, móvil, age, edad, alter, geb, mum, mom, dad, kin, carer, mère, père, gpa, score, scores, mark, marks, note, notes,
            notas, noten, comment, comments, remark, remarks, home, household, hogar, casa, income, weight, height, peso, 504
            """))

    /// Whose mail is not the student's.
    private static let others = fold(
        "teacher, staff, advisor, counselor, tutor, lehrer, profesor, family, familia, personal, recovery, secondary, alternate"
    )

    private static func fold(_ words: String) -> [String] {
        words.split(separator: ",").map { ListColumnName.folded(String($0)) }
    }
}
