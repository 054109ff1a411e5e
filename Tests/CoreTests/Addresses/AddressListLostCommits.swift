import Core
import Foundation
import Storage
import TestSupport
import Testing

/// The database goes away while a commit is under way, and nobody says whether it was done.
@Suite struct AddressListLostCommits: Sendable {
    private final class Rows: AddressListReader {
        private var rows: [AddressListRow]
        let part = 0.5
        init(_ rows: [AddressListRow]) { self.rows = rows.reversed() }
        func next() -> AddressListRow? { rows.popLast() }
    }

    private func administrator(_ district: ADistrict) -> Administrator {
        Administrator(id: district.chief.id, hasDistrict: true)
    }

    private func lists(of district: ADistrict, on database: any Database, students: Int) -> AddressLists {
        AddressLists(
            main: database,
            open: { _, _ in
                Rows(
                    (0..<students).map {
                        AddressListRow(
                            line: $0 + 2, named: "s0n\($0)", kind: .number, address: "new\($0)@s.example", fault: nil)
                    })
            }, server: ServerAtWork(at: ADistrict.now), clock: Clock { ADistrict.now })
    }

    private func withStudents(_ body: (ADistrict, LossyDatabase.Loss, Int) async throws -> Bool) async throws {
        for loss in LossyDatabase.Loss.allCases {
            for number in 0... {
                var hasLost = false
                try await ADistrict.open(students: 120) { district in
                    try await district.database.write {
                        try $0.execute(
                            "UPDATE account SET number = username, address_key = lower(address) WHERE kind = 'student'")
                    }
                    hasLost = try await body(district, loss, number)
                }
                guard hasLost else {
                    #expect(number > 2)
                    break
                }
            }
        }
    }

    private func begin(_ lists: AddressLists, of district: ADistrict) async throws -> ID<AddressList> {
        let upload = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data().write(to: upload)
        return try await lists.begin(
            upload: upload, fileName: "addresses.csv", act: .new(at: ADistrict.now), by: administrator(district))
    }

    private var changed: SQL { "SELECT count(*) AS value FROM account WHERE address LIKE 'new%'" }

    @Test func `while a list is read leave each line once, or a list that says to upload it again`() async throws {
        try await withStudents { district, loss, number in
            let lossy = LossyDatabase(district.database, losing: loss, at: [number])
            let lists = lists(of: district, on: lossy, students: 110)
            do {
                let id = try await begin(lists, of: district)
                let list = try await district.database.read {
                    try $0.addressList(id, for: administrator(district))
                }
                #expect(list?.state == .ready)
                #expect(list?.counts == [.change: 110])
            } catch StorageError.commitUnknown {
                #expect(number == 0)
                try await lists.resumeUnfinished()
                let reading: SQL = "SELECT count(*) AS value FROM address_list WHERE state = 'reading'"
                #expect(try await district.count(reading) == 0)
            }
            return lossy.hasLost
        }
    }

    @Test func `while a list is applied change each address once`() async throws {
        try await withStudents { district, loss, number in
            let plain = lists(of: district, on: district.database, students: 110)
            let id = try await begin(plain, of: district)
            let lossy = LossyDatabase(district.database, losing: loss, at: [number])
            let lists = lists(of: district, on: lossy, students: 110)
            do { #expect(try await lists.confirm(id, by: administrator(district))) } catch StorageError.commitUnknown {
                // The press itself: gone on with by the server in whose name it stands, or pressed once more.
                #expect(number == 0)
                try await lists.resumeUnfinished()
                #expect(try await lists.confirm(id, by: administrator(district)))
            }
            #expect(try await district.count(changed) == 110)
            #expect(try await district.count("SELECT count(*) AS value FROM address_list WHERE state = 'applied'") == 1)
            let uploads: SQL = "SELECT count(*) AS value FROM audit WHERE act = 'addresses-uploaded'"
            #expect(try await district.count(uploads) == 1)
            return lossy.hasLost
        }
    }
}
