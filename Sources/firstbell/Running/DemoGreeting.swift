import Foundation

/// What the demo says when it is open: where to look and how to sign in.
struct DemoGreeting {
    private let district: DemoDistrict
    private let settings: Settings

    init(_ district: DemoDistrict, settings: Settings) {
        self.district = district
        self.settings = settings
    }

    private struct Facts: Encodable {
        struct Person: Encodable {
            let username: String
            let password: String
            init(_ person: DemoDistrict.Person) {
                username = person.username
                password = person.password
            }
        }
        let url: String
        let data: String
        let administrator: Person
        let teacher: Person
        let student: Person
    }

    func say(asJSON: Bool) {
        if asJSON {
            let facts = Facts(
                url: settings.publicURL, data: URL(fileURLWithPath: settings.data).standardizedFileURL.path,
                administrator: .init(district.administrator), teacher: .init(district.teacher),
                student: .init(district.student))
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            if let data = try? encoder.encode(facts) { print(String(decoding: data, as: UTF8.self)) }
        } else {
            print(text)
        }
        fflush(nil)
    }

    private var text: String {
        """

        FirstBell is open:  \(settings.publicURL)

          teacher        \(district.teacher.username)   (\(district.teacher.name))
          student        \(district.student.username)   (\(district.student.name))
          administrator  \(district.administrator.username)   (\(district.administrator.name))
          password       \(district.teacher.password)   (the same for all three)

        Everybody is invented. \(mail) Press Ctrl+C to end.

        """
    }

    private var mail: String {
        settings.smtpURL == nil
            ? "Mail stays here: sign in as administrator and look at Admin > Mail."
            : "Mail goes to the mail server you set."
    }
}
