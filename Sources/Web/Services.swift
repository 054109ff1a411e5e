package import Core
package import Foundation
package import Logging
package import Mail
package import Rendering
internal import RosterSources
package import Storage

/// What this installation is set to, as far as pages show or depend on it.
package struct SiteSettings: Sendable {
    package let publicURL: PublicURL
    /// The district's time zone.
    package let zone: TimeZone
    package let district: String
    /// The district's language, for strangers whose browser asks for none of ours.
    package let language: String
    /// True under `demo`, where Admin shows mails with their links.
    package let isDemo: Bool
    /// Addresses and networks of proxies whose `X-Forwarded-…` is believed.
    package let trustedProxies: [Network]
    /// Opens `/metrics` from elsewhere; nil leaves it to this machine alone.
    package let metricsToken: Redacted<String>?
    package let sessions: SessionLimits

    package init(
        publicURL: PublicURL, zone: TimeZone, district: String, language: String = "en", isDemo: Bool = false,
        trustedProxies: [Network] = [], metricsToken: Redacted<String>? = nil,
        sessions: SessionLimits = .standard
    ) {
        self.publicURL = publicURL
        self.zone = zone
        self.district = district
        self.language = language
        self.isDemo = isDemo
        self.trustedProxies = trustedProxies
        self.metricsToken = metricsToken
        self.sessions = sessions
    }
}

/// All that controllers are made of.
package struct Services: Sendable {
    package let database: any Database
    package let clock: Clock
    package let keyring: Keyring
    package let hasher: PasswordHasher
    package let renderer: Renderer
    package let catalogs: Catalogs
    package let assets: Assets
    package let settings: SiteSettings
    package let logger: Logger
    /// Wakes the postman after a mail was queued; called after the commit.
    package let nudgePostman: @Sendable () -> Void
    package let rosters: RosterSyncs
    /// This run of the program, in whose name long work is taken in hand.
    package let server: ServerAtWork
    /// Keys that other servers have and this one lacks: while there are any it is not ready.
    package let missingKeys: @Sendable () -> [KeyID]
    /// The folder for uploads on their way.
    package let uploads: String
    package let mailroom: Mailroom
    /// Tells pages of mailings what happens.
    package let watch: MailingWatch
    package let counters = Counters()
    package let house: House

    package init(
        database: any Database, clock: Clock, keyring: Keyring, hasher: PasswordHasher, renderer: Renderer,
        catalogs: Catalogs, assets: Assets, settings: SiteSettings, logger: Logger, rosters: RosterSyncs,
        server: ServerAtWork, missingKeys: @escaping @Sendable () -> [KeyID] = { [] }, uploads: String,
        mailroom: Mailroom, watch: MailingWatch, nudgePostman: @escaping @Sendable () -> Void
    ) {
        self.database = database
        self.clock = clock
        self.keyring = keyring
        self.hasher = hasher
        self.renderer = renderer
        self.catalogs = catalogs
        self.assets = assets
        self.settings = settings
        self.logger = logger
        self.rosters = rosters
        self.server = server
        self.missingKeys = missingKeys
        self.uploads = uploads
        self.mailroom = mailroom
        self.watch = watch
        self.nudgePostman = nudgePostman
        house = House(
            district: settings.district, publicURL: settings.publicURL.origin, assets: assets, catalogs: catalogs)
    }
}

extension Services {
    /// The door for erasing people who left.
    package var erasures: Erasures {
        Erasures(
            main: database, server: server, clock: clock,
            onFault: { [logger] in logger.error("an erasure stopped", metadata: ["error": "\($0)"]) })
    }

    /// The door for lists of addresses.
    package var addressLists: AddressLists {
        AddressLists(
            main: database, open: { try AddressListFile(at: $0, named: $1) }, server: server, clock: clock,
            onFault: { [logger] in logger.error("a list of addresses stopped", metadata: ["error": "\($0)"]) })
    }
}
