import Core
import Rendering

/// A page for what cannot be shown or done. It never says more than its status.
package struct ErrorPage: Page {
    package static let template = "errors/error"

    /// What went wrong, each with its HTTP status.
    package enum Kind: Sendable, Equatable {
        /// 404, the same for what does not exist and for what is somebody else's.
        case notFound
        case forbidden
        case wrongMethod
        /// 409: somebody was quicker, or the form's act is another's.
        case doneAlready
        /// 409: the asking administrator is none any more, or nobody would be left to administer the district.
        case lastAdministrator
        /// 409: one's own role.
        case ownRole
        case tooLarge
        /// 421: the request names another host than ours.
        case otherHost
        case invalidForm
        case tooMany(Wait?)
        case busy
        case starting
        case noDatabase
        /// 503: the database went away while something was saved, and nobody knows whether it was.
        case maybeDone
        /// 500; the number finds the line in the log.
        case failed(number: String)

        package var status: Int {
            switch self {
            case .notFound: 404
            case .forbidden: 403
            case .wrongMethod: 405
            case .doneAlready, .lastAdministrator, .ownRole: 409
            case .tooLarge: 413
            case .otherHost: 421
            case .invalidForm: 422
            case .tooMany: 429
            case .busy, .starting, .noDatabase, .maybeDone: 503
            case .failed: 500
            }
        }
    }

    let layout: Layout
    let icon: String
    let heading: String
    let advice: String
    let number: String?
    let canRepeat: Bool
    let again: String

    package init(_ kind: Kind, visit: Visit) {
        let words = visit.words
        heading = Self.heading(kind, words)
        advice = Self.advice(kind, words)
        layout = Layout(
            heading, visit, kind: visit.signedIn == nil ? .bare : visit.signedIn?.kind == .student ? .child : .staff)
        number = if case .failed(let number) = kind { words("Number {number}", ["number": number]) } else { nil }
        again = visit.path
        switch kind {
        case .busy, .starting, .noDatabase, .maybeDone, .tooMany:
            icon = "clock"
            canRepeat = true
        case .failed:
            icon = "warn"
            canRepeat = true
        default:
            icon = "maybe"
            canRepeat = false
        }
    }

    private static func heading(_ kind: Kind, _ words: Words) -> String {
        switch kind {
        case .notFound: words("This page is not here.")
        case .forbidden: words("This page is not for you.")
        case .wrongMethod: words("This address cannot be used like that.")
        case .doneAlready: words("Somebody was quicker.")
        case .lastAdministrator: words("Nothing was changed.")
        case .ownRole: words("Nobody changes their own role.")
        case .tooLarge: words("That is too large.")
        case .otherHost: words("This is not the right address.")
        case .invalidForm: words("The form could not be read.")
        case .tooMany: words("Too many tries.")
        case .busy: words("Many people are here at this moment.")
        case .starting: words("FirstBell is starting.")
        case .noDatabase: words("FirstBell cannot reach its data.")
        case .maybeDone: words("Maybe it was saved, maybe not.")
        case .failed: words("Something went wrong, and it is our fault.")
        }
    }

    private static func advice(_ kind: Kind, _ words: Words) -> String {
        switch kind {
        case .notFound: words("Maybe the address has a mistake, or the page is gone.")
        case .forbidden: words("You are signed in, but this page is for other people.")
        case .wrongMethod: words("Go to the start and press the button there.")
        case .lastAdministrator:
            words(
                "Your own rights have changed meanwhile, or nobody who can sign in would be left to administer the district."
            )
        case .ownRole: words("Ask another administrator of the whole district to do it. Nothing was changed.")
        case .doneAlready: words("Nothing was saved. Open the page anew, look at it, and press the button there.")
        case .tooLarge: words("Send less at once. Nothing was saved.")
        case .otherHost: words("Type the address of FirstBell as your school gave it to you.")
        case .invalidForm: words("Go back, look at what you typed, and send it again. Nothing was saved.")
        case .tooMany(let wait): wait?.sentence(words) ?? words("Wait a minute, then try again.")
        case .busy: words("Nothing is lost. Look again in 10 seconds.")
        case .starting: words("It is ready in a few seconds. Then look again.")
        case .noDatabase: words("Nothing is lost. Look again in a minute.")
        case .maybeDone:
            words("Go back and press the button again. If it was saved, FirstBell finds it and does nothing twice.")
        case .failed: words("Nothing that you did is half done. Look again. If it stays, tell your school this number.")
        }
    }
}
