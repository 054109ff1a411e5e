import Core
import Foundation
import RosterSources
import Testing

@testable import RosterREST

@Suite struct APullOfChanges {
    /// Half an hour after the changes of the mock's roster.
    private static let since = Timestamp(Date(timeIntervalSince1970: 1_795_163_400))

    @Test(arguments: ["1.1", "1.2"])
    func `brings what changed, an hour of overlap before, and what is gone`(version: String) async throws {
        let (pulled, asked) = try await MockService.run(Behaviour(version: version)) { service in
            (try await service.pulled(since: Self.since), try await service.log())
        }
        #expect(
            pulled.changes == RosterChanges(wholeKinds: [], rolesFollowPeople: version == "1.2") && pulled.cameFirst)
        #expect(pulled.people.map(\.sourceID) == ["u6"])
        #expect(
            pulled.removed == [
                RosterRowKey(.school, "s2"), RosterRowKey(.person, "u4"), RosterRowKey(.enrollment, "e3"),
            ])
        let filters = Set(asked.compactMap { $0.query["filter"] })
        #expect(filters == ["dateLastModified>'2026-11-20T07:30:00.000Z'"])
    }

    @Test func `may bring nothing`() async throws {
        let pulled = try await MockService.run(Behaviour()) { try await $0.pulled(since: World.start + .days(1)) }
        #expect(pulled.records.isEmpty && pulled.removed.isEmpty && pulled.problems.isEmpty)
        #expect(pulled.changes != nil)
    }
}
