import Core
import Foundation
import Storage
import TestSupport

extension Schoolhouse {
    static let district = Administrator(id: Cast.ruth.id, hasDistrict: true)

    /// What the district wants.
    func setRule(archive: Int = 30, erase: Int? = 400, byItself: Bool = false) async throws {
        guard let rules = LeaverRules(archiveAfter: archive, eraseAfter: erase, erasesByItself: byItself) else {
            throw Trouble("no such rule")
        }
        let now = clock.now
        try await write { try $0.setLeaverRules(rules, by: Cast.ruth.id, entry: .new(at: now), at: now) }
    }

    /// Somebody leaves, and so many days go by.
    func leave(_ members: Member..., days: Int) async throws {
        for member in members { try await suspend(member) }
        clock.advance(by: .days(days))
    }

    /// Ruth erases everybody who may be erased now, or those of a school.
    @discardableResult
    func eraseAll(act: ID<Act>? = nil, school: ID<School>? = nil) async throws -> ErasureOutcome {
        let now = clock.now
        let (rules, counts) = try await read {
            (try $0.leaverRules(), try $0.leaverCounts(of: Self.district, at: now))
        }
        guard let until = rules.due(at: now) else { throw Trouble("the district erases nobody") }
        let count = counts.filter { school == nil || $0.school?.id == school }.reduce(0) { $0 + $1.due }
        return try await erasures.begin(
            ErasurePress(act: act ?? .new(at: now), until: until, school: school, count: count), by: Self.district)
    }

    func isErased(_ member: Member) async throws -> Bool {
        try await count("SELECT count(*) AS value FROM account WHERE id = \(member.id) AND erased_at IS NOT NULL") == 1
    }

    /// The states of the students on a list, by their names.
    func listed(_ filter: StudentFilter = StudentFilter()) async throws -> [String: StudentState] {
        let now = clock.now
        let list = try await read {
            try $0.students(of: Self.district, filter: filter, on: SchoolDay(now, in: .gmt), at: now)
        }
        return Dictionary(uniqueKeysWithValues: list.lines.map { ($0.name, $0.state) })
    }
}

extension Connection {
    /// Every text of the database with the column that it stands in, as the database itself tells of its tables.
    func texts() throws -> [(column: String, text: String)] {
        var found: [(column: String, text: String)] = []
        for table in try tables() {
            let rows = try rows(of: table, after: nil, limit: 100_000)
            for (index, value) in rows.values.enumerated() {
                guard case .text(let text) = value else { continue }
                found.append(("\(table.name).\(table.columns[index % table.columns.count].name)", text))
            }
        }
        return found
    }
}
