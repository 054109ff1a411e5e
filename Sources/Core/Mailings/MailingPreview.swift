/// What pressing Send would do, student by student: nobody is skipped in silence.
///
/// It holds numbers and the first names only: a choice may be a district.
package struct MailingPreview: Sendable, Equatable {
    package struct Person: Sendable, Equatable {
        package let id: ID<Account>
        package let name: String
        package let givenName: String
        package let username: String
        /// The language that the student's mail is in.
        package let language: String
        package init(id: ID<Account>, name: String, givenName: String, username: String, language: String) {
            self.id = id
            self.name = name
            self.givenName = givenName
            self.username = username
            self.language = language
        }
    }

    /// Students with one fate: how many, and the first of them by name.
    package struct People: Sendable, Equatable {
        package let count: Int
        /// At most `MailingPreview.named`.
        package let first: [Person]
        package init(count: Int = 0, first: [Person] = []) {
            self.count = count
            self.first = first
        }
        package var isEmpty: Bool { count == 0 }
    }

    /// More names than this are only counted: nobody reads a page of ten thousand.
    package static let named = 100

    package var mailed = People()
    package var noAddress = People()
    /// The address was marked bad or the last mail failed for good.
    package var bounced = People()
    package var maybeSent = People()
    /// A mail is on its way or left within the last hours.
    package var recent = People()
    package var active = People()
    package var suspended = People()
    package init() {}

    package var total: Int {
        [mailed, noAddress, bounced, maybeSent, recent, active, suspended].reduce(0) { $0 + $1.count }
    }
}
