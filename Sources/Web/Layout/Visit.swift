package import Core
package import Foundation
package import Rendering

/// For whom, when and in which words a page is drawn.
package struct Visit: Sendable {
    package let house: House
    package let words: Words
    package let zone: TimeZone
    package let now: Timestamp
    package let signedIn: SignedIn?
    /// Path and query of the request, so that a change of language leads back to it. Never holds a secret.
    package let path: String
    /// When the session ends if nothing more is asked for; nil where nobody is all the way in.
    package let ending: SessionEnding?
    /// True when the mail server takes no mail and this person is the one to look at it.
    package let isMailStuck: Bool

    package init(
        house: House, words: Words, zone: TimeZone, now: Timestamp, signedIn: SignedIn?, path: String,
        ending: SessionEnding? = nil, isMailStuck: Bool = false
    ) {
        self.house = house
        self.words = words
        self.zone = zone
        self.now = now
        self.signedIn = signedIn
        self.path = path
        self.ending = ending
        self.isMailStuck = isMailStuck
    }
}
