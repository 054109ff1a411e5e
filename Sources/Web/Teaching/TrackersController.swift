import Core
import Hummingbird
import Storage

/// The trackers of the teacher who asks.
struct TrackersController {
    let services: Services

    func routes(_ staff: RouterGroup<TeacherContext>) {
        staff.get("trackers", use: list)
        staff.get("trackers/{tracker}", use: show)
    }

    @Sendable private func list(_ request: Request, context: TeacherContext) async throws -> Response {
        let (teacher, now) = (context.teacher, context.now)
        let (trackers, counts) = try await services.database.read { connection in
            (
                try connection.trackers(of: teacher, at: now),
                try connection.studentCounts(of: teacher, at: now)
            )
        }
        let page = TrackersPage(trackers: trackers, counts: counts, visit: context.visit)
        return try services.answer(page, context.visit)
    }

    @Sendable private func show(_ request: Request, context: TeacherContext) async throws -> Response {
        let (teacher, now) = (context.teacher, context.now)
        let id: ID<Tracker> = try context.id("tracker")
        let found = try await services.database.read { connection in
            try connection.tracker(id, taughtBy: teacher, at: now).map { tracker in
                (tracker, try connection.students(of: teacher, filter: StudentFilter(tracker: id), at: now))
            }
        }
        guard let (tracker, list) = found else { throw HTTPError(.notFound) }
        return try services.answer(TrackerPage(tracker: tracker, list: list, visit: context.visit), context.visit)
    }
}
