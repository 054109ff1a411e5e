package import Foundation
package import Storage

/// A moment, in milliseconds since 1970-01-01 UTC.
package struct Timestamp: Hashable, Comparable, Sendable, SQLBindable, SQLDecodable {
    package let milliseconds: Int64
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package init(_ date: Date) { milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded()) }

    package var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
    package static func < (left: Self, right: Self) -> Bool { left.milliseconds < right.milliseconds }
    package static func + (left: Self, right: Span) -> Self {
        Self(milliseconds: left.milliseconds + right.milliseconds)
    }
    package static func - (left: Self, right: Span) -> Self {
        Self(milliseconds: left.milliseconds - right.milliseconds)
    }

    package var sqlValue: SQLValue { .integer(milliseconds) }
    package static func decode(_ column: String, from row: any Row) throws -> Self? {
        try row.integer(column).map(Self.init(milliseconds:))
    }
}

/// A length of time in milliseconds.
package struct Span: Hashable, Sendable {
    package let milliseconds: Int64
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }
    package static func seconds(_ count: Int) -> Self { Self(milliseconds: Int64(count) * 1_000) }
    package static func minutes(_ count: Int) -> Self { seconds(60 * count) }
    package static func hours(_ count: Int) -> Self { minutes(60 * count) }
    package static func days(_ count: Int) -> Self { hours(24 * count) }
}

/// Where the present moment comes from: the system's clock, or a test's.
package struct Clock: Sendable {
    package let now: @Sendable () -> Timestamp
    package init(now: @escaping @Sendable () -> Timestamp) { self.now = now }
    package static let system = Clock { Timestamp(Date()) }
}
