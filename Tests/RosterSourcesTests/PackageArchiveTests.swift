import Core
import Foundation
import RosterSources
import Testing

@Suite struct ARosterPackage {
    private let bench: Workbench
    init() throws { bench = try Workbench() }

    @Test func `gives its members as often as they are asked for`() throws {
        let users = (0..<50_000).flatMap { Array("\($0),someone\n".utf8) }
        let files = [("orgs.csv", Array("sourcedId".utf8)), ("users.csv", users), ("empty.csv", [])]
        for path in [try bench.zip(files), try bench.folder(files)] {
            let package = try PackageArchive(at: path)
            #expect(Set(package.members.map(\.name)) == ["orgs.csv", "users.csv", "empty.csv"])
            for _ in 0..<2 {
                for (name, bytes) in files {
                    let member = try #require(package.members.first { $0.name == name })
                    #expect(try everything(from: package.open(member)) == bytes)
                }
            }
        }
    }

    @Test func `may lie in one folder and carry what archiving programs add`() throws {
        let package = try PackageArchive(
            at: bench.zip([
                ("Export 2026/users.csv", [65]), ("Export 2026\\Orgs.csv", [66]), ("__MACOSX/._users.csv", [1]),
                ("Export 2026/.DS_Store", [2]),
            ]))
        #expect(package.members.map(\.key) == ["users.csv", "orgs.csv"])
    }

    @Test(arguments: [true, false]) func `may lie in a folder whose name has accents`(saysUTF8: Bool) throws {
        var bytes = try zipBytes([("Año 2026/users.csv", [65])])
        if saysUTF8 {
            let header = try #require(bytes.firstRange(of: [0x50, 0x4B, 1, 2])).lowerBound
            bytes[7] |= 8
            bytes[header + 9] |= 8
        }
        let package = try PackageArchive(at: bench.file(bytes))
        #expect(package.members.map(\.name) == ["users.csv"])
    }

    @Test(arguments: ["../users.csv", "/etc/users.csv", "a/../../users.csv", "C:\\users.csv", "..\\users.csv"])
    func `is refused when a path leads out of it`(name: String) throws {
        #expect(try refusal(of: [("orgs.csv", [1]), (name, [1])]).contains("leads out"))
    }

    @Test func `is refused when its files are scattered, doubled or too many`() throws {
        #expect(try refusal(of: [("a/users.csv", [1]), ("b/orgs.csv", [1])]).contains("different folders"))
        #expect(try refusal(of: [("a/b/users.csv", [1])]).contains("too deep"))
        #expect(try refusal(of: [("users.csv", [1]), ("Users.csv", [1])]).contains("more than once"))
        #expect(try refusal(of: (0..<31).map { ("\($0).csv", [1]) }).contains("more than {value} files"))
        #expect(try refusal(of: (0..<200).map { (".\($0)", [1]) }).contains("more than {value} files"))
    }

    @Test func `is refused when it is a bomb`() throws {
        let zeros = [UInt8](repeating: 48, count: 12 << 20)
        #expect(try refusal(of: [("users.csv", zeros)]).contains("when unpacked"))
        var limits = ArchiveLimits()
        limits.unpackedBytes = 1_000
        #expect(try refusal(of: [("users.csv", Array(zeros[..<900])), ("a.csv", Array(zeros[..<900]))], limits) != "")
        limits.packedBytes = 10
        #expect(try refusal(of: [("users.csv", [1])], limits).contains("larger than {value} MiB"))
    }

    @Test func `is refused while reading when a member is larger than it says`() throws {
        var bytes = try zipBytes([("users.csv", [UInt8](repeating: 48, count: 4_000))])
        let header = try #require(bytes.firstRange(of: [0x50, 0x4B, 1, 2])).lowerBound
        bytes[header + 24..<header + 26] = [0x10, 0]
        let path = try bench.file(bytes)
        #expect(throws: RosterRefused.self) {
            let package = try PackageArchive(at: path)
            for member in package.members { _ = try everything(from: package.open(member)) }
        }
    }

    @Test func `is refused when a member is a link`() throws {
        var bytes = try zipBytes([("users.csv", Array("/etc/passwd".utf8))])
        let header = try #require(bytes.firstRange(of: [0x50, 0x4B, 1, 2])).lowerBound
        bytes[header + 38..<header + 42] = [0, 0, 0xFF, 0xA1]
        #expect(try refusal(ofFile: bytes).contains("is a link"))
    }

    @Test func `is refused when it is locked with a password`() throws {
        var bytes = try zipBytes([("users.csv", Array("sourcedId".utf8))])
        let header = try #require(bytes.firstRange(of: [0x50, 0x4B, 1, 2])).lowerBound
        bytes[header + 8] |= 1
        bytes[6] |= 1
        #expect(try refusal(ofFile: bytes).contains("password"))
    }

    @Test func `is refused when it is no zip, empty, cut or altered`() throws {
        let whole = try zipBytes([("users.csv", (0..<9_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) })])
        #expect(try refusal(ofFile: Array("sourcedId,name\n1,x".utf8)).contains("not a .zip file"))
        #expect(try refusal(ofFile: []).contains("empty"))
        #expect(try refusal(ofFile: Array(whole[..<(whole.count - 30)])).contains("cut off"))
        #expect(try refusal(ofFile: Array(whole[..<40])).contains("cut off"))
        var altered = whole
        altered[200] ^= 0x10
        let path = try bench.file(altered)
        #expect(throws: RosterRefused.self) {
            let package = try PackageArchive(at: path)
            for member in package.members { _ = try everything(from: package.open(member)) }
        }
    }

    @Test func `is refused when there is nothing at its path`() {
        #expect(throws: RosterRefused.self) { try PackageArchive(at: bench.path + "/none.zip") }
        #expect(throws: RosterRefused.self) { try PackageArchive(at: "/dev/null") }
    }

    @Test func `in a folder follows no link`() throws {
        let folder = try bench.folder([("orgs.csv", [65])])
        try FileManager.default.createSymbolicLink(atPath: folder + "/users.csv", withDestinationPath: "/etc/passwd")
        let package = try PackageArchive(folder: folder)
        let link = try #require(package.members.first { $0.name == "users.csv" })
        let refusal = #expect(throws: RosterRefused.self) { try package.open(link) }
        #expect(refusal?.reason.contains("is a link") == true)
    }

    @Test func `may be reached through a link that a person typed`() throws {
        let zip = try bench.zip([("orgs.csv", [65])])
        let link = bench.path + "/latest.zip"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: zip)
        #expect(try PackageArchive(at: link).members.count == 1)
    }

    @Test func `is written the same way twice, readable by its owner only`() throws {
        let files: [(String, [UInt8])] = [("orgs.csv", [65, 66]), ("users.csv", [67])]
        let path = try bench.zip(files)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(zipBytes(files)))
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(rights == 0o600)
    }

    private func zipBytes(_ files: [(String, [UInt8])]) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: bench.zip(files))))
    }

    private func refusal(of files: [(String, [UInt8])], _ limits: ArchiveLimits = ArchiveLimits()) throws -> String {
        let path = try bench.zip(files)
        return #expect(throws: RosterRefused.self) { try PackageArchive(at: path, limits: limits) }?.reason ?? ""
    }

    private func refusal(ofFile bytes: [UInt8]) throws -> String {
        let path = try bench.file(bytes)
        return #expect(throws: RosterRefused.self) { try PackageArchive(at: path) }?.reason ?? ""
    }
}
