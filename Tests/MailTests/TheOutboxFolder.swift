import Core
import Foundation
import Testing

@testable import Mail

@Suite struct TheOutboxFolder {
    private func withFolder(_ body: (OutboxFolder, HandClock, String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "firstbell-\(UUID())/outbox").path(
            percentEncoded: false)
        let clock = HandClock()
        try await body(OutboxFolder(path: path, clock: clock.clock), clock, path)
        try FileManager.default.removeItem(atPath: path)
    }

    private func parcel(_ text: String, subject: String = "Zoë, your school account is ready", name: String = "1")
        throws -> Parcel
    {
        let bell = try #require(MailAddress("bell@district.example"))
        let cleo = try #require(MailAddress("cleo@school.example"))
        let message = MailMessage(
            id: .new(at: Timestamp(milliseconds: 0)), date: Timestamp(milliseconds: 0),
            sender: Mailbox(name: HeaderText(cleaning: "Ana Beltrán, Alder Creek"), address: bell), recipient: cleo,
            letter: Letter(subject: HeaderText(cleaning: subject), text: text, html: "<p>", language: "en"))
        return Parcel(sender: bell, recipient: cleo, message: message.bytes, name: name)
    }

    private func put(_ parcel: Parcel, into folder: OutboxFolder) async throws {
        let session = try await folder.open()
        #expect(try await session.deliver(parcel) {}.fault == nil)
        await session.quit()
    }

    @Test func `keeps mails where nobody else can read them`() async throws {
        try await withFolder { folder, _, path in
            let parcel = try parcel("Hello")
            try await put(parcel, into: folder)
            let mode = { (name: String) in
                try FileManager.default.attributesOfItem(atPath: name)[.posixPermissions] as? Int
            }
            #expect(try mode(path) == 0o700)
            #expect(try mode("\(path)/1.eml") == 0o600)
            #expect(FileManager.default.contents(atPath: "\(path)/1.eml").map(Array.init) == parcel.message)
        }
    }

    @Test func `lists them and reads them with links blanked`() async throws {
        try await withFolder { folder, _, _ in
            let link = "https://bell.example/activate/k7Qd2mWx9TfR4bYhN0aVzQk7Qd2mWx9TfR4bYhN0aVzQ"
            try await put(try parcel("Hello Zoë,\n\n\(link)\n\nCode:\nK7P-2XM-H4J\n\n– Ana"), into: folder)
            let letter = try #require(try folder.letters().first)
            #expect(letter.name == "1.eml" && letter.to == "cleo@school.example")
            #expect(letter.subject == "Zoë, your school account is ready")
            let open = try #require(try folder.text("1.eml", blanksLinks: false)).value
            #expect(
                open.contains("From: =") == false && open.contains("Ana Beltrán, Alder Creek <bell@district.example>"))
            #expect(open.hasSuffix("Hello Zoë,\n\n\(link)\n\nCode:\nK7P-2XM-H4J\n\n– Ana\n"))
            let blanked = try #require(try folder.text("1.eml", blanksLinks: true)).value
            #expect(!blanked.contains("k7Qd") && blanked.contains("/activate/…"))
            #expect(!blanked.contains("2XM") && blanked.contains("Code:\n•••-•••-•••\n"))
        }
    }

    @Test func `gives nothing for a name that is not in it`() async throws {
        try await withFolder { folder, _, _ in
            try await put(try parcel("Hello"), into: folder)
            for name in ["../1.eml", "2.eml", "", "/etc/passwd", "..", "1.eml\0"] {
                #expect(try folder.text(name, blanksLinks: true) == nil)
            }
        }
    }

    @Test func `reads back whatever it has written`() async throws {
        try await withFolder { folder, _, _ in
            for (index, text) in [
                String(repeating: "日本語 ", count: 200), "= =3D\n.\n..a", String(repeating: "x", count: 900),
            ].enumerated() {
                try await put(
                    try parcel(text, subject: text.replacing("\n", with: " "), name: "\(index)"), into: folder)
                let read = try #require(try folder.text("\(index).eml", blanksLinks: false)).value
                #expect(read.hasSuffix("\n\n\(text)\n"))
            }
        }
    }

    @Test func `throws mails away after seven days`() async throws {
        try await withFolder { folder, clock, path in
            try await put(try parcel("Hello"), into: folder)
            try FileManager.default.setAttributes(
                [.modificationDate: (clock.now - .days(6)).date], ofItemAtPath: "\(path)/1.eml")
            try folder.removeOld()
            #expect(try folder.letters().count == 1)
            clock.advance(.days(2))
            try folder.removeOld()
            #expect(try folder.letters().isEmpty)
        }
    }

    @Test func `that cannot be made is trouble with the server`() async throws {
        let folder = OutboxFolder(path: "/dev/null/outbox", clock: .system)
        await #expect(throws: DeliveryFault.self) { _ = try await folder.open() }
    }
}
