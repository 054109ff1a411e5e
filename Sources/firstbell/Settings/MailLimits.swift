/// Numbers that say how much the mail server is asked to take.
enum MailLimits {
    /// nil where nothing is set. Throws a `Refusal` for what is no number in the range.
    static func number(_ name: String, _ text: String?, in range: ClosedRange<Int>) throws -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw Refusal(
                "\(name) is \(text). Write a number from \(range.lowerBound) to \(range.upperBound), or leave it out.")
        }
        return number
    }
}
