import AsyncHTTPClient
import Core
import Foundation
import NIOCore

/// All checks, one after the other. Nothing is changed and no lock is taken, so that a server may run meanwhile.
struct Checkup {
    let given: [String: String]
    let now: Timestamp

    struct Report {
        let listing: SettingsListing
        var findings: [Finding]
        var isWell: Bool { !findings.contains { $0.grade == .wrong } }
    }

    func run() async -> Report {
        let settings: Settings
        do { settings = try await Settings.read() } catch {
            return Report(
                listing: SettingsListing(given: given, settings: nil),
                findings: [Finding("settings", .wrong, "\(error)")])
        }
        let listing = SettingsListing(given: given, settings: settings)
        var report = Report(listing: listing, findings: strangers(listing))
        let folder = URL(fileURLWithPath: settings.data).standardizedFileURL.path
        let server = await server(folder)
        report.findings.append(server)
        report.findings += FolderCheck(path: folder).findings
        let resources = ResourceCheck().run()
        report.findings += resources.findings
        let database = await database(settings, folder, stepsKnown: resources.steps)
        report.findings += database.findings
        report.findings +=
            KeyringCheck(folder: settings.keyring, dataFolder: folder, keysNeeded: database.keysNeeded).findings
        report.findings += DoorCheck(settings: settings).findings(now: now.date)
        report.findings += await MailCheck(settings: settings, volume: database.volume).findings()
        report.findings += await BounceCheck(
            settings: settings, database: database, isServed: server.grade == .good
        ).findings()
        return report
    }

    private func database(
        _ settings: Settings, _ folder: String, stepsKnown: Int?
    ) async -> DatabaseCheck.Result {
        do {
            guard let address = try settings.databaseAddress() else {
                return await DatabaseCheck(path: "\(folder)/firstbell.sqlite", stepsKnown: stepsKnown).run(at: now)
            }
            let secret = settings.databasePasswordFile.map {
                SecretFile.findings($0, named: "FIRSTBELL_DATABASE_PASSWORD_FILE")
            }
            var result = await DatabaseServerCheck(address: address, stepsKnown: stepsKnown).run()
            result.findings = (secret ?? []) + result.findings
            return result
        } catch { return DatabaseCheck.Result(findings: [Finding("database", .wrong, "\(error)")]) }
    }

    private func strangers(_ listing: SettingsListing) -> [Finding] {
        listing.strangers.map { Finding("settings", .note, "\($0) is no setting of FirstBell. Is it misspelt?") }
    }

    /// The lock cannot be asked about without taking it; the control socket can.
    private func server(_ folder: String) async -> Finding {
        let socket = "\(folder)/control.sock"
        guard FileManager.default.fileExists(atPath: socket),
            let url = URL(httpURLWithSocketPath: socket, uri: "/")
        else { return Finding("server", .note, "No server runs on this data folder. The checks only read.") }
        do {
            _ = try await HTTPClient.shared.execute(HTTPClientRequest(url: url.absoluteString), timeout: .seconds(5))
            return Finding("server", .good, "A server runs on this data folder. The checks only read.")
        } catch {
            return Finding("server", .note, "No server answers on this data folder. The checks only read.")
        }
    }
}
