import Foundation
import Logging
import NIOSSL
import Web

/// Does the site stand where people can reach it safely, and nowhere else?
struct DoorCheck {
    let settings: Settings

    func findings(now: Date) -> [Finding] {
        var findings = settings.doorProblems.map { Finding("address", .wrong, $0) }
        if findings.isEmpty {
            let whose = PublicAddress.isLoopback(settings.publicURL) ? " Only this machine can open it." : ""
            findings.append(
                Finding(
                    "address", .good, "Links begin with \(settings.publicURL); we listen on \(settings.listen).\(whose)"
                ))
        }
        for proxy in settings.trustedProxies where Network(proxy) == nil {
            findings.append(
                Finding(
                    "proxies", .wrong,
                    "FIRSTBELL_TRUSTED_PROXIES names \(proxy), which is no address. Write 10.0.0.7 or 10.0.0.0/24."))
        }
        findings += timeZone + logLevel + metrics
        if let certificate = settings.tlsCertificate, let key = settings.tlsKey {
            findings += tls(certificate, key, now)
        }
        return findings
    }

    private var timeZone: [Finding] {
        let zone = settings.timeZone.identifier
        let isUniversal = ["GMT", "UTC", "Etc/UTC"].contains(zone)
        return [
            Finding(
                "time zone", isUniversal ? .note : .good,
                isUniversal
                    ? "School days begin by \(zone). If your district's clocks differ, set FIRSTBELL_TIME_ZONE, as America/Denver."
                    : "School days begin by the clocks of \(zone).")
        ]
    }

    private var logLevel: [Finding] {
        guard Logger.Level(rawValue: settings.logLevel) == nil else { return [] }
        let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
        return [
            Finding(
                "log", .wrong, "FIRSTBELL_LOG_LEVEL is \(settings.logLevel), which is none of \(levels); info counts.")
        ]
    }

    private var metrics: [Finding] {
        settings.metricsTokenFile.map { SecretFile.findings($0, named: "FIRSTBELL_METRICS_TOKEN_FILE") } ?? []
    }

    private func tls(_ certificate: String, _ key: String, _ now: Date) -> [Finding] {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate)
            guard let first = chain.first else { throw Refusal("\(certificate) holds no certificate") }
            // Fails where the key is not the certificate's.
            _ = try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: chain.map { .certificate($0) },
                    privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))))
            let ends = Date(timeIntervalSince1970: TimeInterval(first.notValidAfter))
            let days = Int((ends.timeIntervalSince(now) / 86_400).rounded(.down))
            if days < 0 { return [Finding("TLS", .wrong, "\(certificate) ended on \(Self.day(ends)). Renew it.")] }
            if days < 14 {
                return [
                    Finding("TLS", .note, "\(certificate) ends on \(Self.day(ends)). Renew it and restart the server.")
                ]
            }
            return [Finding("TLS", .good, "\(certificate) fits its key and works until \(Self.day(ends)).")]
        } catch {
            return [
                Finding(
                    "TLS", .wrong,
                    "\(certificate) and \(key) cannot be used: \(error). Both must be PEM files that belong together.")
            ]
        }
    }

    private static func day(_ date: Date) -> String { date.formatted(.iso8601.year().month().day()) }
}

extension SecretFile {
    /// What is wrong with a file that holds a secret; empty when nothing is.
    static func findings(_ path: String, named setting: String) -> [Finding] {
        do { _ = try read(path, named: setting) } catch { return [Finding("secrets", .wrong, "\(error)")] }
        guard let facts = FileFacts(path), facts.mode & 0o007 != 0 else {
            return [Finding("secrets", .good, "\(setting) can be read.")]
        }
        return [
            Finding(
                "secrets", .wrong,
                "\(setting) has the mode \(facts.modeText), so everybody on this machine can read it. Run: chmod o= \(path)"
            )
        ]
    }
}
