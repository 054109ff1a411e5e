import Rendering

/// What a mail server's answer means to a teacher (RFC 3463 sections 3.2 to 3.8).
enum ServerSaid {
    /// Nil where the answer has no code that says anything.
    static func meaning(of answer: String, _ words: Words) -> String? {
        let parts = answer.split(separator: " ", maxSplits: 2)
        guard let code = parts.first, code.utf8.count == 3, let number = Int(code), (400...599).contains(number) else {
            return nil
        }
        let status = parts.count > 1 ? parts[1].split(separator: ".").dropFirst().joined(separator: ".") : ""
        switch (status, number) {
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
