import Mail
import Rendering

/// What a mail server's answer means to a teacher (RFC 3463 sections 3.2 to 3.8).
enum ServerSaid {
    /// Nil where the answer has no code that says anything. A report about mail that came back begins without a reply code.
    static func meaning(of answer: String, _ words: Words) -> String? {
        let status = AddressStatus.first(in: answer.utf8.prefix(60))
        let code = answer.utf8.prefix(while: { (48...57).contains($0) }).count == 3 ? Int(answer.prefix(3)) : nil
        let kind = status.flatMap { Int($0.prefix(1)) }.map { $0 * 100 }
        guard let number = code.flatMap({ (400...599).contains($0) ? $0 : nil }) ?? kind else { return nil }
        let isReport = code == nil
        switch (status.map { String($0.dropFirst(2)) } ?? "", number) {
        case (let status, _) where isReport && status.hasPrefix("4."):
            return words("their mail server could not be reached")
        case ("1.1", _), ("1.6", _), ("1.10", _):
            return words("there is no such mailbox: the address may be mistyped")
        case ("1.2", _), ("4.4", 500...):
            return words("there is no such place for mail: what stands after the @ may be mistyped")
        case ("1.3", _), ("1.7", _): return words("the mail server cannot read this address")
        case ("2.1", 500...): return words("the mailbox is switched off")
        case ("2.2", _), (_, 452), (_, 552): return words("the mailbox is full")
        case ("2.3", _), ("3.4", _): return words("the mail is too large for this mailbox")
        case (_, ..<500): return words("the mail server asked us to come back later")
        case (let status, _) where status.hasPrefix("7."):
            return words("the mail server takes it for unwanted mail: tell your administrator")
        default: return words("the mail server refused it")
        }
    }
}
