import Core
import Foundation
import RosterSources

/// Reads one collection to its end.
struct CollectionPull {
    private let collection: OneRosterCollection
    private let connection: OneRosterConnection
    private let key: ServiceKey
    private let since: Timestamp?
    private let fields: [String]

    /// Clocks differ, and a change may be written down late.
    static let overlap = Span.hours(1)

    init(_ collection: OneRosterCollection, _ connection: OneRosterConnection, _ key: ServiceKey, since: Timestamp?) {
        self.collection = collection
        self.connection = connection
        self.key = key
        self.since = since
        fields = collection.fields(connection.version)
    }

    func read(
        into receiver: inout some RosterReceiver, summary: inout RosterSummary,
        progress: (OneRosterProgress) throws -> Void
    ) async throws {
        var rows = try CollectionRows(collection, connection.version, fields: fields, isDelta: since != nil)
        var query = first
        var turner = PageTurner(collection, query)
        while true {
            try Task.checkCancellation()
            var answer = try await ask(query)
            if turner.rows == 0, query["fields"] != nil, [400, 422].contains(answer.status) {
                // Not every server knows `fields`, or all of ours; what comes then is passed over.
                query["fields"] = nil
                turner = PageTurner(collection, query)
                answer = try await ask(query)
            }
            guard answer.status == 200 else { throw ServiceFault.status(answer.status, of: collection.name) }
            try answer.checkType(of: collection.name)
            let page = try JSONPage(answer.body, of: collection)
            let next = try turner.next(after: page, answer)
            try rows.take(page, into: &receiver)
            try progress(
                OneRosterProgress(
                    collection: collection.name, rowsRead: turner.rows, rowsInAll: turner.announced))
            guard let next else { break }
            query = next
        }
        if since == nil, turner.rows == 0 {
            if collection.isRequired { throw ServiceFault.nothing(collection.name) }
            if collection.isForTrackers { try rows.warnOfNone(in: &receiver) }
        }
        try rows.finish(into: &receiver, summary: &summary)
    }

    private func ask(_ query: Query) async throws -> ServiceAnswer {
        try await key.answer(of: connection.base.appending(collection.name), query, named: collection.name)
    }

    private var first: Query {
        var query = Query()
        query["limit"] = String(connection.pageSize)
        query["offset"] = "0"
        query["fields"] = fields.joined(separator: ",")
        if let since {
            let from = (since - Self.overlap).date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
            query["filter"] = "dateLastModified>'\(from)'"
        }
        return query
    }
}
