import Core
import Foundation
import Glibc
import Mail
import SMTP

/// Does what comes back come in? Looks, and changes nothing.
struct BounceCheck {
    let settings: Settings
    let database: DatabaseCheck.Result
    /// Whether a server runs on this data folder.
    let isServed: Bool

    func findings() async -> [Finding] {
        let bounces: BounceSettings
        do {
            guard let set = try BounceSettings(settings) else {
                return [
                    Finding(
                        "bounces", .note,
                        "FIRSTBELL_BOUNCE_ADDRESS is not set: what a mail server took and sent back later, nobody hears of."
                    )
                ]
            }
            bounces = set
        } catch { return [Finding("bounces", .wrong, "\(error)")] }
        var findings = [address(bounces), last]
        if let path = bounces.maildir { findings.append(maildir(path)) }
        if let address = bounces.lmtp { findings.append(await lmtp(address)) }
        return findings
    }

    private func address(_ bounces: BounceSettings) -> Finding {
        let ways = [bounces.maildir.map { _ in "a Maildir" }, bounces.lmtp.map { _ in "LMTP" }].compactMap(\.self)
        let way = ways.isEmpty ? "`firstbell mail bounce`" : ways.joined(separator: " and ")
        let text = "Mail comes back to \(bounces.address), each mail to an address of its own, by \(way)."
        return Finding("bounces", .good, text)
    }

    private var last: Finding {
        guard let at = database.lastBounce else { return Finding("bounces", .good, "No mail has come back so far.") }
        return Finding("bounces", .good, "A mail last came back on \(at.date.formatted(.iso8601)).")
    }

    private func maildir(_ path: String) -> Finding {
        for folder in ["\(path)/new", "\(path)/cur"] {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
                return Finding(
                    "bounces", .wrong,
                    "FIRSTBELL_BOUNCE_MAILDIR is \(path), which has no \(folder). Make it, and tmp beside it.")
            }
            guard access(folder, R_OK | W_OK | X_OK) == 0 else {
                return Finding(
                    "bounces", .wrong, "\(folder) cannot be read and written to, so what comes back stays there unread."
                )
            }
        }
        let waiting = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/new").count) ?? 0
        return Finding("bounces", .good, "The Maildir \(path) can be used; \(waiting) messages wait in it.")
    }

    private func lmtp(_ address: LMTPAddress) async -> Finding {
        guard isServed else { return Finding("bounces", .note, "LMTP listens while the server runs.") }
        guard let greeting = await LMTPGreeting.ask(at: address), greeting.hasPrefix("220 ") else {
            return Finding(
                "bounces", .wrong, "Nobody answers where FIRSTBELL_BOUNCE_LMTP says. The server's log says why.")
        }
        return Finding("bounces", .good, "LMTP listens and greets: \(greeting.dropFirst(4))")
    }
}
