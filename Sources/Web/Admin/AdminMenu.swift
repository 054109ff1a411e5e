import Rendering

/// The pages below Admin, as each of them shows the others.
struct AdminMenu {
    enum Entry: CaseIterable { case schools, students, staff, rosterSyncs, mail, audit }

    struct Link {
        let name: String
        let href: String
        let isCurrent: Bool
    }
    let links: [Link]

    init(_ current: Entry, words: Words) {
        links = Entry.allCases.map { entry in
            let (name, href) =
                switch entry {
                case .schools: (words("Schools"), "/admin")
                case .students: (words("Students"), "/admin/students")
                case .staff: (words("Staff"), "/admin/staff")
                case .rosterSyncs: (words("Roster syncs"), "/admin/roster-syncs")
                case .mail: (words("Mail"), "/admin/mail")
                case .audit: (words("Audit"), "/admin/audit")
                }
            return Link(name: name, href: href, isCurrent: entry == current)
        }
    }
}
