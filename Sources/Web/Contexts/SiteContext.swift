package import Core
package import Hummingbird

/// Every request begins here; the middleware fills it in. No handler takes it: see `Audience`.
package struct SiteContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address of whoever is at the other end of the connection; nil on a Unix socket.
    package let peer: String?
    /// Whom the request came from, through trusted proxies; nil when nobody can say.
    package var client: String?
    package var session: Session?
    /// True for a browser that brings the cookie of a session that is over.
    package var hadSession = false
    /// The language chosen on a page in this browser; nil when none was.
    package var chosenLanguage: String?
    package var visit: Visit?

    package init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }
}

/// Why a context refused its caller.
enum Refusal: Error, Equatable {
    /// Nobody is signed in.
    case signInRequired
    /// Signed in with a temporary password: first things first.
    case choosePasswordFirst
    /// Signed in, but as somebody else than this page is for.
    case notYours
    /// The middleware that loads the visit is missing: a mistake of ours.
    case notPrepared
}
