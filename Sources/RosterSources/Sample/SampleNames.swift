import Foundation

/// Names of people who do not exist, from many languages, with the plain letters that addresses are made of.
struct SampleNames: Sendable {
    struct Name: Sendable {
        let text: String
        let plain: String
    }

    let given: [Name]
    let spanishGiven: [Name]
    let family: [Name]
    let spanishFamily: [Name]

    init() {
        given = SampleNames.names(SampleNames.givenList)
        spanishGiven = SampleNames.names(SampleNames.spanishGivenList)
        family = SampleNames.names(SampleNames.familyList)
        spanishFamily = SampleNames.names(SampleNames.spanishFamilyList)
    }

    private static func names(_ list: String) -> [Name] {
        list.split(separator: ",").map { part in
            let text = part.trimmingBlanks()
            return Name(text: text, plain: plain(text))
        }
    }

    /// Lower-case letters without marks, for usernames; what has no such letters is left out.
    private static func plain(_ text: String) -> String {
        let own: [Unicode.Scalar: String] = [
            "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "þ": "th", "ð": "d", "ı": "i",
        ]
        var letters = ""
        for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
            if ("a"..."z").contains(scalar) {
                letters.unicodeScalars.append(scalar)
            } else {
                letters += own[scalar] ?? ""
            }
        }
        return letters.isEmpty ? "x" : letters
    }

    private static let givenList = """
        Oline, Zoë, Jonah, Maya, Théo, Saoirse, Amir, Priya, Lukas, Chloé, Noor, Declan, Ingrid, Kaito, Freya, Tomasz, Leilani,
        Jean-Luc, Aoife, Björn, Thảo, Mateusz, Amélie, Sinéad, Yusuf, Hana, Elif, Otto, Nkechi, Cillian, Agnieszka, Rhys,
        Anna Maria, Søren, Leyla, Ravi, Mei, Dmitri, Kalani, Imani, Malik, Tesfaye, Fatou, Jürgen, Ottilie, Bríd, Nils, Zuzana,
        Mary Beth, Marek, Ewa, Amara, Kofi, Abena, Hiroshi, Sakura, Min-jun, Ji-woo, Linh, Bảo, Ananya, Arjun, Zainab, Omar,
        Layla, Idris, Nia, Ezra, Naomi, Caleb, Ruth, Felix, Clara, Hugo, Alma, Viggo, Astrid, Ellinor, Þóra, Gísli, Ásta, Rowan,
        Hazel, Silas, Wren, Jasper, Ivy, Emmett, Violet, Micah, Della, Ronan, Tess, Nell, Quinn, Harper, Miles, Josephine, Étienne,
        Margaux, Gaël, Inès, Léa, Ottoline, Mirko, Jelena, Đorđe, Şebnem, Çağla, Oğuz, Ilir, Besa, Teuta, Anahera, Wiremu, Sione,
        D'Andre, Ra'shawn, Ja'Nae, Mary-Kate, Lee Ann, Anne-Sophie
        """
    private static let spanishGivenList = """
        Ana Sofía, José, Lucía, Mateo, Ximena, Ángel, Belén, Íker, Joaquín, María José, Nicolás, Renata, Santiago, Itzel, Emiliano,
        Camila, Andrés, Inés, Rubén, Noemí, Luz Elena, Tomás, Valentina, Óscar, Abril, Juan Pablo, Martín, Paloma, Ñusta, Simón
        """
    private static let familyList = """
        Lindqvist, O'Hara, Nguyễn, D'Souza, Wiśniewski, Macaskill, Geirsson, Okonkwo, Béranger, Procházková, Fitzgerald, Raghunathan,
        Volkonsky, Ben Haddou, Makoa, Ó Dálaigh, Van der Berg, Smith-Jones, O'Connor, N'Diaye, Åberg, Łukasik, Müller, Strauß,
        De Luca, St. Clair, McGee, Al-Masri, El Amrani, Yamamoto, Tanaka, Park, Kim, Chen, Zhou, Patel, Iyer, Kaur, Haile, Mwangi,
        Adeyemi, Boateng, Osei, Traoré, Diallo, Sørensen, Østergaard, Nyström, Korhonen, Mäkinen, Virtanen, Szabó, Kovács, Novák,
        Dvořák, Horvat, Đukić, Petrović, Popescu, Ionescu, Dimitrov, Papadakis, Yılmaz, Öztürk, Çelik, Hoxha, Berisha, Kahale,
        Tamati, Faleafa, Whitlock, Harrow, Pemberton, Ashdown, Marlowe, Thornbury, Calloway, Winters, Birch, Holloway, Crane, Pell,
        Sumner, Tillery, Vance, Abbott, Bellamy, Carver, Dunmore, Ellery, Fenwick, Garrick, Hale, Ingram, Joyner, Kessler, Larkin,
        Mercer, Norwood, Oakes, Prentiss, Quill, Rusk, Sayre, Tolliver, Upton, Vickers, Weir, Yarrow, Zeller, L'Heureux, Le Goff,
        Château, Desjardins, Moreau-Blanc, Lefèvre, Guðmundsdóttir, Sigurðsson
        """
    private static let spanishFamilyList = """
        Arriaga, Ibáñez, de la Cruz, García Márquez, Muñoz, Peña, Castañeda, Núñez, Del Río, Velázquez, Zúñiga, Cárdenas, Rosales,
        Ochoa, Villaseñor, Quiñones, Benítez, Solís, Treviño, Saldívar, de León, Montaño, Ávila, Echeverría, Güereca, Luna Rojas
        """
}
