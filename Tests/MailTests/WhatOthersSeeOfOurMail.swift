import Testing

@testable import Mail

@Suite struct WhatOthersSeeOfOurMail {
    private func advice(
        _ sender: String, envelope: String? = nil, links: String = "bell.school.example",
        relay: String? = "mail.school.example"
    ) throws -> SenderAdvice {
        SenderAdvice(
            sender: try #require(MailAddress(sender)), envelope: envelope.flatMap(MailAddress.init), linkHost: links,
            relay: relay)
    }

    @Test func `is one domain for sender, envelope and links where that is so`() throws {
        let good = try advice("bell@school.example")
        #expect(good.isAligned && good.linksAreRelated && !good.isOfEverybody)
        #expect(try advice("bell@School.Example", envelope: "b@bounces.school.example").isAligned)
        #expect(try !advice("bell@school.example", envelope: "b@other.example").isAligned)
        #expect(try !advice("bell@school.example", envelope: "b@preschool.example").isAligned)
        #expect(try !advice("bell@district.example").linksAreRelated)
        #expect(try advice("ms.ada@gmail.com").isOfEverybody)
    }

    @Test func `are three records to set, of the domains that are asked for them`() throws {
        let records = try advice("bell@school.example", envelope: "b@bounces.school.example").records
        #expect(
            records == [
                DNSRecord(kind: .spf, name: "bounces.school.example", text: "v=spf1 a:mail.school.example -all"),
                DNSRecord(
                    kind: .dkim, name: "<selector>._domainkey.school.example", text: "v=DKIM1; k=rsa; p=<public key>"),
                DNSRecord(
                    kind: .dmarc, name: "_dmarc.school.example",
                    text: "v=DMARC1; p=quarantine; rua=mailto:postmaster@school.example"),
            ])
    }

    @Test(arguments: [
        ("smtp-relay.gmail.com", "include:_spf.google.com"),
        ("smtp.office365.com", "include:spf.protection.outlook.com"),
        ("email-smtp.us-east-1.amazonaws.com", "include:amazonses.com"), ("127.0.0.1", "a:bell.school.example"),
        ("localhost", "a:bell.school.example"), ("192.0.2.7", "ip4:192.0.2.7"), ("2001:db8::7", "ip6:2001:db8::7"),
        ("notgmail.com", "a:notgmail.com"),
    ])
    func `names the machine from which mail leaves`(_ relay: String, _ mechanism: String) throws {
        #expect(try advice("bell@school.example", relay: relay).records.first?.text == "v=spf1 \(mechanism) -all")
    }

    @Test(arguments: ["bell@localhost", "bell@127.0.0.1", "ada@gmail.com"])
    func `is nothing to set where nobody but others could`(_ sender: String) throws {
        #expect(try advice(sender).records.isEmpty)
    }
}
