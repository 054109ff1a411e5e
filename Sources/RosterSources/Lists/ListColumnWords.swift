/// The names that schools give to the columns of their lists, in the languages in which we have seen some.
enum ListColumnWords {
    static func found(_ folded: String) -> (kind: ListColumnName.Kind, confidence: Double)? { known[folded] }

    private static let known: [String: (kind: ListColumnName.Kind, confidence: Double)] = {
        var known: [String: (kind: ListColumnName.Kind, confidence: Double)] = [:]
        for (kind, confidence, names) in table {
            for name in names.split(separator: ",") {
                known[ListColumnName.folded(String(name))] = (kind, confidence)
            }
        }
        return known
    }()

    private static let table: [(ListColumnName.Kind, Double, String)] = [
        // A number that people use goes before an id of the student system.
        (
            .number, 0.96,
            """
            student number, student no, student num, pupil number, pupil no, admission number, admission no, adm no, adno,
            person number
            """
        ),
        (
            .number, 0.95,
            """
            student id, sid, pupil id, learner id, local id, identifier, identificador, número de estudiante, matrícula,
            número de matrícula, no de matrícula, expediente, número de expediente, legajo, schülernummer, schüler id,
            schüler nr, matrikelnummer, numéro d’élève, numéro élève, matricule, numero studente, matricola
            """
        ),
        (
            .number, 0.94,
            "upn, unique pupil number, sis id, sourced id, person id, perm id, permanent id, numéro national, ine"
        ),
        (.number, 0.9, "state id, state student id, ssid, id number, student code, código de estudiante"),
        (.number, 0.6, "id, number, no, nr, num, nummer, número, n.º, code, código, kennung"),
        (
            .given, 0.95,
            """
            first name, given name, given names, forename, forenames, fname, legal first name, legal forename, vorname,
            vornamen, prénom, prénoms, etunimi, nombres, nombre de pila, nombre propio, nome próprio, voornaam, förnamn,
            imię, 名
            """
        ),
        (.given, 0.75, "first, given"),
        (
            .family, 0.95,
            """
            last name, surname, family name, lname, legal last name, legal surname, nachname, familienname, zuname,
            nom de famille, sukunimi, apellido, apellidos, sobrenome, apelido, cognome, achternaam, efternamn, nazwisko, 姓
            """
        ),
        (.family, 0.75, "last, family"),
        (
            .surname, 0.95,
            """
            primer apellido, segundo apellido, 1er apellido, 2do apellido, 2o apellido, apellido 1, apellido 2,
            apellido paterno, apellido materno, first surname, second surname
            """
        ),
        (
            .whole, 0.85,
            """
            student name, full name, display name, pupil name, learner name, child name, name of student, name of pupil,
            nombre completo, nombre del alumno, nombre del estudiante, nombre y apellidos, nombre y apellido,
            nombres y apellidos, schülername, vollständiger name, vor- und nachname, nom complet, prénom et nom,
            nom de l’élève, nome completo, 氏名, 姓名
            """
        ),
        (
            .whole, 0.6,
            """
            student, students, pupil, child, learner, alumno, alumna, alumnado, estudiante, schüler, schülerin, élève,
            first last, first and last name, first name last name
            """
        ),
        (
            .familyFirst, 0.85,
            """
            last first, last first middle, last name first name, surname forename, surname first name,
            apellidos y nombre, apellidos y nombres, apellidos nombre, apellido y nombre, nachname vorname, name vorname,
            nom prénom, nom et prénom, cognome e nome
            """
        ),
        (.name, 0.5, "name, names, nombre, nom, nome, naam, nimi"),
        (
            .preferred, 0.9,
            """
            preferred name, preferred first name, preferred forename, nickname, known as, goes by, chosen name, rufname,
            spitzname, nombre preferido, prénom usuel, prénom d’usage
            """
        ),
        (
            .mail, 0.95,
            """
            student email, school email, email address, e-mail, mail, mail address, correo, correo electrónico,
            correo institucional, dirección de correo, dirección de correo electrónico, courriel, adresse e-mail,
            adresse mail, e-mail-adresse, mailadresse, endereço de e-mail, sähköposti
            """
        ),
        (.mail, 0.8, "email"),
        (.address, 0.95, "address, dirección, adresse"),
        (
            .username, 0.95,
            """
            username, user, user name, login, login id, login name, user id, uid, network id, sis username, usuario,
            nombre de usuario, benutzername, benutzer, anmeldename, identifiant, nom d’utilisateur, nome de usuário
            """
        ),
        (
            .grade, 0.9,
            """
            grade, grade level, gr, grd, year, year group, yr, class year, current grade, jahrgang, jahrgangsstufe, stufe,
            klassenstufe, grado, nivel, niveau, año, årskurs
            """
        ),
        (.gradeOrTracker, 0.9, "klasse, curso, classe, luokka, klas"),
        (
            .tracker, 0.85,
            """
            homeroom, home room, homeroom name, hr, reg, reg group, registration, registration group, form, form group,
            tutor group, section, section name, class, class name, classroom, group, group name, course, course name,
            cohort, sección, grupo, clase, aula, paralelo, división, gruppe, lerngruppe, groupe, division, turma, sezione
            """
        ),
        (
            .teacher, 0.6,
            """
            teacher, teacher name, homeroom teacher, class teacher, form tutor, advisor, profesor, profesora, maestro,
            maestra, lehrer, lehrerin, klassenlehrer, klassenlehrerin, enseignant
            """
        ),
        (.school, 0.95, "school, school name, school id, building, escuela, centro, colegio, schule, école"),
        (
            .unneeded, 0.95,
            """
            middle name, middle, middle initial, mi, mname, suffix, prefix, title, preferred surname, preferred last name,
            school year, año escolar, schuljahr, status, enrollment status, enrolment status, tutor, district, subject, term,
            semester, period, entry date, start date, exit date, row, role, type, roll no, roll number, lfd nr, laufende nummer, nº de orden
            """
        ),
    ]
}
