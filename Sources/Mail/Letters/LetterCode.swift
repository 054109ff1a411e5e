package import Core
import Rendering

/// The short code beside a link, and where it is typed.
package struct LetterCode: Sendable, Equatable {
    /// What is shown in place of a code.
    static let blank = "•••-•••-•••"

    package let text: Redacted<String>
    /// The address of the sign-in page.
    package let address: String

    package init(text: Redacted<String>, address: String) {
        self.text = text
        self.address = address
    }

    /// What stands before the code in HTML, where a button and an address came first.
    func line(_ words: Words) -> String {
        words(
            "Does nothing open? Go to {address} and sign in with your username. Type this code as the password:",
            ["address": address])
    }

    /// The same in plain text, which has no button.
    func plainLine(_ words: Words) -> String {
        words(
            "Does the address not open? Go to {address} and sign in with your username. Type this code as the password:",
            ["address": address])
    }
}
