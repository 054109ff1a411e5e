import Rendering

/// The pages below Admin, as each of them shows the others.
struct AdminMenu {
    enum Entry: CaseIterable { case schools, students, staff, rosterSyncs, mail, audit, leavers }

    struct Link {
        let name: String
        let href: String
        let isCurrent: Bool
    }
    /// For every administrator.
    let links: [Link]
    /// For those of the whole district, where the layout says that they are.
    let ofDistrict: [Link]

    init(_ current: Entry, words: Words) {
        let all = Entry.allCases.map { entry in
            let (name, href) =
                switch entry {
                case .schools: (words("Schools"), "/admin")
                case .students: (words("Students"), "/admin/students")
                case .staff: (words("Staff"), "/admin/staff")
                case .rosterSyncs: (words("Roster syncs"), "/admin/roster-syncs")
                case .mail: (words("Mail"), "/admin/mail")
                case .audit: (words("Audit"), "/admin/audit")
                case .leavers: (words("Leavers"), "/admin/leavers")
                }
            return Link(name: name, href: href, isCurrent: entry == current)
        }
        links = Array(all.dropLast())
        ofDistrict = Array(all.suffix(1))
    }
}
