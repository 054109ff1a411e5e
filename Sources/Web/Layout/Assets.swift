import Foundation

/// The stylesheet, script and pictures, with addresses that change when their content does.
package struct Assets: Sendable {
    /// One file as a browser gets it.
    package struct File: Sendable {
        package let contentType: String
        package let bytes: [UInt8]
        /// Hexadecimal FNV-1a of the bytes: names a version, guards nothing.
        package let version: String
    }

    private let files: [String: File]

    /// Why the folder cannot be served.
    package struct Fault: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// FirstBell's own assets.
    package static func ours() throws -> Assets { try Assets(folder: "\(resources())/Assets") }

    /// The folder of FirstBell's own templates.
    package static func templates() throws -> String { "\(try resources())/Templates" }

    /// Reads every file of the folder. Throws `Fault` for a file of a kind that is not served.
    package init(folder: String) throws {
        var files: [String: File] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !name.hasPrefix(".") {
            guard let ending = name.split(separator: ".").last, let type = Self.types[String(ending)]
            else { throw Fault(description: "no content type for \(name)") }
            let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
            files[name] = File(contentType: type, bytes: bytes, version: Self.version(of: bytes))
        }
        self.files = files
    }

    /// The file of that name; nil for any other.
    package subscript(_ name: String) -> File? { files[name] }

    /// The address of a file, with its version, so that it may be kept for ever.
    package func address(_ name: String) -> String { "/assets/\(name)?v=\(files[name]?.version ?? "")" }

    /// What templates may have put in place once (`Renderer.init`): the addresses that stand on every page.
    package var constants: [String: String] {
        [
            "layout.stylesheet": address("firstbell.css"), "layout.script": address("app.js"),
            "layout.sessionScript": address("session.js"), "layout.liveScript": address("live.js"),
            "layout.icons": address("icons.svg"), "icons": address("icons.svg"), "layout.bell": address("bell.svg"),
            "layout.morning": address("morning.svg"),
        ]
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    ]

    private static func resources() throws -> String {
        guard let folder = Bundle.module.resourcePath else { throw Fault(description: "no folder of resources") }
        return folder
    }

    private static func version(of bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
