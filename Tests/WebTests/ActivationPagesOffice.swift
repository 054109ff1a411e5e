import Core
import Foundation
import Rendering
import Testing

@testable import Web

/// Draws the pages of the door, of a student and of an administrator, as they look on September 2, 2026.
struct Office {
    static let now = Timestamp(milliseconds: 1_788_366_060_000)
    static let ruth = SignedIn(
        id: id(1), kind: .staff, name: "Ruth Kowalczyk", username: "rkowalczyk", isAdministrator: true,
        place: "Juniper Valley School District")
    static let zoe = SignedIn(
        id: id(2), kind: .student, name: "Zoë", username: "zvandenberghe", isAdministrator: false,
        place: "Alder Creek Elementary")
    let visit: Visit
    private let renderer: Renderer

    /// Read once for all tests: they only draw with it.
    private static let catalogs = Result { try Catalogs.ours() }
    private static let renderer = Result {
        try Renderer(templateFolders: [try Assets.templates()], constants: try Assets.ours().constants)
    }
    private static let house = Result {
        House(
            district: "Juniper Valley School District", publicURL: "https://bell.junipervalley.example",
            assets: try Assets.ours(), catalogs: try catalogs.get())
    }

    init(_ person: SignedIn? = nil, language: String = "en", path: String = "/") throws {
        visit = Visit(
            house: try Self.house.get(), words: try Self.catalogs.get().words(language),
            zone: try #require(TimeZone(identifier: "America/Denver")), now: Self.now, signedIn: person, path: path)
        renderer = try Self.renderer.get()
    }

    func draw(_ page: some Page) throws -> String { try renderer.render(page, words: visit.words) }

    /// The same id for the same number.
    static func id<Owner>(_ number: UInt8) -> ID<Owner> { ID(bytes: [UInt8](repeating: 0, count: 15) + [number]) }
}

extension String {
    func count(of part: String) -> Int { ranges(of: part).count }
}
