import Mail
import SMTP

/// How mail comes back, from `FIRSTBELL_BOUNCE_ADDRESS`, `FIRSTBELL_BOUNCE_MAILDIR` and `FIRSTBELL_BOUNCE_LMTP`.
struct BounceSettings: Sendable {
    let address: ReturnAddress
    /// A folder with `new` and `cur`.
    let maildir: String?
    let lmtp: LMTPAddress?

    /// nil where no mail comes back. Throws what is wrong with the settings.
    init?(_ settings: Settings) throws {
        guard let text = settings.bounceAddress else {
            guard settings.bounceMaildir == nil, settings.bounceLMTP == nil else {
                throw Refusal(
                    "FIRSTBELL_BOUNCE_ADDRESS is not set, so nothing comes back. Write bounces@mail.district.example.")
            }
            return nil
        }
        guard let base = MailAddress(text) else {
            throw Refusal(
                "FIRSTBELL_BOUNCE_ADDRESS is \(text), which is no address. Write bounces@mail.district.example.")
        }
        guard let address = ReturnAddress(base) else {
            throw Refusal(
                """
                FIRSTBELL_BOUNCE_ADDRESS is \(text). What stands before the @ may have \(ReturnAddress.longestLocal) plain \
                letters at most, since each mail's own part follows it.
                """)
        }
        self.address = address
        maildir = settings.bounceMaildir
        lmtp = try settings.bounceLMTP.map { text in
            guard let address = LMTPAddress(text) else {
                throw Refusal(
                    """
                    FIRSTBELL_BOUNCE_LMTP is \(text). Write unix:/run/firstbell/lmtp, or a port that only this machine \
                    reaches, as 127.0.0.1:2424.
                    """)
            }
            return address
        }
    }
}
