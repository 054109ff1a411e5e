/// A server's hand on a mail, from the claim until what became of it is noted. Its id is made before the mail is claimed.
package struct MailClaim: Sendable, Hashable {
    package let id: ID<MailClaim>
    package let server: ID<RunningServer>

    package init(id: ID<MailClaim>, server: ID<RunningServer>) {
        self.id = id
        self.server = server
    }
}
