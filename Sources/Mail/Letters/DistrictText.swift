package import Core
import Rendering

/// A letter in the district's own words, with what can be filled in.
package struct DistrictText: Sendable, Equatable {
    package let text: MailText
    /// The reader's school, else the district.
    package let school: String
    package let district: String

    package init(_ text: MailText, school: String, district: String) {
        self.text = text
        self.school = school
        self.district = district
    }

    /// Subject and paragraphs for one reader. Names out of rosters stay on one line.
    func filled(
        givenName: String, username: String, sender: LetterSender, linkEnds: String
    ) -> (subject: String, paragraphs: [String]) {
        let values: [MailPlaceholder: String] = [
            .givenName: givenName, .username: username, .school: school, .district: district, .sender: sender.name,
            .linkEnds: linkEnds,
        ]
        let filled = text.filled(values.mapValues { $0.onOneLine(most: 200) })
        return (filled.subject, Self.paragraphs(of: filled.body))
    }

    /// What empty lines set apart.
    private static func paragraphs(of body: String) -> [String] {
        let lines = body.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        let isBlank = { (line: Substring.UnicodeScalarView) in line.allSatisfy { $0.properties.isWhitespace } }
        return lines.split(whereSeparator: isBlank).map { $0.map(String.init).joined(separator: "\n") }
    }
}
