import Core
import Rendering

/// The OneRoster service as a person typed it.
struct RosterServiceForm {
    /// How FirstBell is let in: OneRoster's version and the kind of OAuth.
    enum Way: String, CaseIterable {
        case v12 = "1.2"
        case v11 = "1.1"
        case v11Signed = "1.1-signed"

        var version: String { self == .v12 ? "1.2" : "1.1" }

        func name(_ words: Words) -> String {
            switch self {
            case .v12: words("OneRoster 1.2 (OAuth 2)")
            case .v11: words("OneRoster 1.1 (OAuth 2)")
            case .v11Signed: words("OneRoster 1.1 (OAuth 1.0a)")
            }
        }
    }

    static let fields: Set<String> = [
        "act", "way", "address", "token", "client", "secret", "scope", "nightly", "changes", "applies",
    ]
    /// What stands for no scope.
    static let noScope = "none"
    /// In hours.
    static let intervals = [1, 2, 4, 8]

    var way = Way.v12
    var address = ""
    var token = ""
    var client = ""
    var scope = ""
    /// The hour; nil for never.
    var nightly: Int? = 2
    /// In hours; nil for never.
    var changes: Int?
    var applies = true

    init() {}

    /// A saved service, for a person to change.
    init(_ service: RosterService) {
        way = service.tokenAddress == nil ? .v11Signed : service.version == "1.2" ? .v12 : .v11
        address = service.address
        token = service.tokenAddress ?? ""
        client = service.client
        let usual = RosterService.usualScope(of: service.version)
        scope = service.scope.map { $0 == usual ? "" : $0 } ?? (service.tokenAddress == nil ? "" : Self.noScope)
        nightly = service.nightlyAt.map { $0 / 60 }
        changes = service.changesEvery.map { $0 / 60 }
        applies = service.appliesItself
    }

    init(_ form: Form) {
        func text(_ name: String) -> String { (form.optional(name) ?? "").onOneLine(most: 2_000) }
        way = Way(rawValue: text("way")) ?? .v12
        address = text("address")
        token = text("token")
        client = text("client")
        scope = text("scope")
        nightly = Int(text("nightly")).flatMap { (0...23).contains($0) ? $0 : nil }
        changes = Int(text("changes")).flatMap { Self.intervals.contains($0) ? $0 : nil }
        applies = form.isTicked("applies")
    }

    var service: RosterService {
        RosterService(
            version: way.version, address: address, tokenAddress: way == .v11Signed ? nil : token, client: client,
            scope: way == .v11Signed ? nil : askedScope, nightlyAt: nightly.map { $0 * 60 },
            changesEvery: changes.map { $0 * 60 }, appliesItself: applies)
    }

    private var askedScope: String? {
        if scope.isEmpty { return RosterService.usualScope(of: way.version) }
        return scope == Self.noScope ? nil : scope
    }
}
