package import Hummingbird

/// The routes of the site, each with its audience. There is no way to add one without.
package final class RouteMap {
    /// One route of the site.
    package struct Entry: Sendable, Hashable {
        package let method: HTTPRequest.Method
        /// The pattern, as `/trackers/{id}`.
        package let path: String
        package let role: Role
    }

    let router: Router<SiteContext>
    package private(set) var entries: [Entry] = []

    init(router: Router<SiteContext>) { self.router = router }

    /// Adds a controller's routes for one audience.
    func mount<Context: Audience>(_ context: Context.Type, _ add: (RouterGroup<Context>) -> Void) {
        let known = Set(entries.map { "\($0.method) \($0.path)" })
        add(router.group("", context: context))
        for route in router.routes {
            let path = "\(route.path)"
            if known.contains("\(route.method) \(path)") { continue }
            entries.append(Entry(method: route.method, path: path, role: Context.role))
        }
    }
}
