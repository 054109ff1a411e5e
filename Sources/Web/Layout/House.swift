import Foundation
package import Rendering

/// What all pages of this installation share: the addresses of the assets, the languages, the district's name.
package struct House: Sendable {
    package let district: String
    /// The public address without its scheme, as a person types it: "bell.junipervalley.example".
    package let host: String
    /// Where links lead, without a slash at the end: "https://bell.junipervalley.example".
    package let publicURL: String
    package let assets: Assets
    package let catalogs: Catalogs
    package let languages: [Language]

    /// A language that a page can be read in.
    package struct Language: Sendable {
        let tag: String
        let name: String
    }

    package init(district: String, publicURL: String, assets: Assets, catalogs: Catalogs) {
        self.district = district
        self.assets = assets
        self.catalogs = catalogs
        let address = publicURL.hasSuffix("/") ? publicURL.dropLast() : publicURL[...]
        self.publicURL = String(address)
        host = String(address.firstRange(of: "://").map { address[$0.upperBound...] } ?? address)
        languages = catalogs.languages.map { Language(tag: $0, name: catalogs.words($0).name) }
    }
}
