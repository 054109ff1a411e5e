import Core
import Hummingbird

/// Addresses of ours that a visitor may be sent back to after signing in or choosing a language.
enum LocalPath {
    /// The path as it is, if it is a page of ours; nil for everything else, other hosts above all.
    static func allowed(_ path: String?) -> String? {
        guard let path, path.utf8.count <= 500, path.utf8.first == UInt8(ascii: "/"),
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "#") })
        else { return nil }
        let bare = path.prefix { $0 != "?" }
        let segments = bare.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard !segments.contains(".."), !segments.contains("."), let first = segments.first else { return nil }
        if bare == "/" { return path }
        // A second slash at the front would name another host.
        guard !first.isEmpty, pages.contains(String(first)) else { return nil }
        return path
    }

    /// The path if somebody of that kind has a page there; a student's browser may have been a teacher's before.
    static func isFor(_ kind: AccountKind?, _ path: String?) -> String? {
        guard let path, kind == .staff || path.hasPrefix("/home") || path.hasPrefix("/account") else { return nil }
        return path
    }

    /// The page of ours on which a request was made, as the browser says; nil for any other.
    static func referer(of request: Request, _ settings: SiteSettings) -> String? {
        guard let referer = request.headers[.referer], referer.hasPrefix(settings.publicURL.origin + "/")
        else { return nil }
        return allowed(String(referer.dropFirst(settings.publicURL.origin.count)))
    }

    /// True for paths in which a secret stands.
    static func holdsSecret(_ path: String) -> Bool {
        path.hasPrefix("/activate/") || path.hasPrefix("/not-me/")
    }

    private static let pages: Set<String> = [
        "sign-in", "choose-password", "home", "account", "trackers", "people", "mailings", "card-sheets", "admin",
        "activate", "forgot-password", "not-me",
    ]
}
