import Core
import Hummingbird

/// The cookie of a session: gone with the browser, out of reach of scripts, and bound to our own host under https.
struct SessionCookie {
    let isSecure: Bool

    init(_ publicURL: PublicURL) { isSecure = publicURL.isSecure }

    /// `__Host-` needs Secure (RFC 6265bis, section 4.1.3.2), which plain http on this machine cannot have.
    var name: String { isSecure ? "__Host-firstbell" : "firstbell" }

    func read(from request: Request) -> SessionToken? {
        request.cookies[name].flatMap { SessionToken(cookie: $0.value) }
    }

    func keeping(_ token: SessionToken) -> Cookie {
        Cookie(name: name, value: token.text.value, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }

    func forgetting() -> Cookie {
        Cookie(name: name, value: "", maxAge: 0, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
    }
}
