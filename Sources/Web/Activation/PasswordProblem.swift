package import Rendering

/// Why a new password was not taken, said so that the next try can work.
package enum PasswordProblem: Sendable, Equatable {
    case empty
    /// Fewer code points than `least`.
    case tooShort(least: Int)
    case tooLong(most: Int)
    case tooEasy
    /// The person's name, username, school or FirstBell is what makes it easy.
    case isAboutYou
    case isTemporary
    /// The short code beside the link in a mail.
    case isCode
    /// The same as the password that is to be changed.
    case isOld
    /// The second field, which is there only without script, says something else.
    case differs
    /// The old password, asked for before a change, is wrong.
    case wrongOld
    /// Too many wrong old passwords.
    case wait(Wait)
    /// Too many people hash passwords at this moment.
    case busy

    /// What went wrong, in one short sentence.
    package func heading(_ words: Words) -> String {
        switch self {
        case .empty: words("The box is empty.")
        case .tooShort: words("Almost! That password is too short.")
        case .tooLong: words("That password is too long.")
        case .tooEasy, .isAboutYou: words("Almost! That password is too easy to guess.")
        case .isTemporary: words("That is the password from your card.")
        case .isCode: words("That is the code from your mail.")
        case .isOld: words("That is the password you have now.")
        case .differs: words("The two boxes are not the same.")
        case .wrongOld: words("That is not your password.")
        case .wait: words("Too many tries.")
        case .busy: words("Many people are here at this moment.")
        }
    }

    /// What to do now.
    package func advice(_ words: Words) -> String {
        switch self {
        case .empty: words("Type the new password that you want.")
        case .tooShort(let least):
            words.plural(
                "Use {count} letter or more. Add one more word.", "Use {count} letters or more. Add one more word.",
                least)
        case .tooLong(let most):
            words.plural("Use {count} letter or fewer.", "Use {count} letters or fewer.", most)
        case .tooEasy: words("Try three words that nobody would put together.")
        case .isAboutYou:
            words("Your name and your school are easy to guess. Try three words that nobody would put together.")
        case .isTemporary, .isCode, .isOld: words("Choose a new one that only you know.")
        case .differs: words("Type the same password in both boxes. Or press Show, then you type it only once.")
        case .wrongOld: words("First type the password that you use to sign in now.")
        case .wait(let wait): wait.sentence(words)
        case .busy: words("Nothing is lost. Press the button again in 10 seconds.")
        }
    }

    /// True where the old password is at fault, not the new one.
    var isAboutOld: Bool {
        switch self {
        case .wrongOld, .wait: true
        default: false
        }
    }

    /// False where the new password itself is fine.
    var isAboutNew: Bool { !isAboutOld && self != .busy }
}

/// How long somebody has to wait before the next try.
package struct Wait: Sendable, Equatable {
    package let seconds: Int
    package init(seconds: Int) { self.seconds = seconds }

    /// Says it in seconds below one minute, else in minutes, rounded up.
    package func sentence(_ words: Words) -> String {
        if seconds < 60 {
            let count = max(1, seconds)
            return words.plural("Wait {count} second, then try again.", "Wait {count} seconds, then try again.", count)
        }
        return words.plural(
            "Wait {count} minute, then try again.", "Wait {count} minutes, then try again.", (seconds + 59) / 60)
    }
}
