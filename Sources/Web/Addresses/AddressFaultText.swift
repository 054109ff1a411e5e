import Core
import Rendering

/// What is wrong with an address, and what to do.
enum AddressFaultText {
    static func text(_ fault: AddressFault, _ words: Words) -> String {
        switch fault {
        case .missing: words("There is no address. To take one away, correct it on the student’s page.")
        case .lineBreak: words("A line break stands in the address. Write it in one line.")
        case .tooLong: words("This is too long: an address has at most 254 characters.")
        case .several: words("This is more than one address. Write one.")
        case .noAt: words("An address has an @ between its two parts.")
        case .notPlain: words("A blank or a sign stands in the address that cannot be there.")
        case .noDomain: words("What follows the @ is no mail domain, such as home.example.")
        case .quote: words("A quotation mark stands in the middle of a value. Write two in its place.")
        case .nobody: words("The line does not say whose address this is.")
        }
    }
}
