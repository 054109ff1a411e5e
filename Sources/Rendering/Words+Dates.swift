package import Foundation

/// Dates as a person reads them. Hours run from 0 to 23.
extension Words {
    /// A day without its year: "September 16".
    package func day(_ date: Date, _ zone: TimeZone) -> String {
        let day = CivilTime(date, zone)
        return self("{month} {day}", ["month": month(day), "day": "\(day.day)"])
    }

    /// A day with its year: "September 16, 2026".
    package func date(_ date: Date, _ zone: TimeZone) -> String {
        let day = CivilTime(date, zone)
        return self("{month} {day}, {year}", ["month": month(day), "day": "\(day.day)", "year": "\(day.year)"])
    }

    /// A short day: "Aug 31".
    package func shortDay(_ date: Date, _ zone: TimeZone) -> String {
        let day = CivilTime(date, zone)
        return self("{shortMonth} {day}", ["shortMonth": shortMonth(day), "day": "\(day.day)"])
    }

    /// A day and a time: "Aug 31, 8:02".
    package func moment(_ date: Date, _ zone: TimeZone) -> String {
        self("{shortDay}, {time}", ["shortDay": shortDay(date, zone), "time": time(date, zone)])
    }

    /// A time of day: "8:02".
    package func time(_ date: Date, _ zone: TimeZone) -> String {
        let time = CivilTime(date, zone)
        return "\(time.hour):\(time.minute < 10 ? "0" : "")\(time.minute)"
    }

    /// How long ago something was: "5 minutes ago", after half a day the moment itself.
    package func ago(_ date: Date, now: Date, _ zone: TimeZone) -> String {
        let minutes = Int(now.timeIntervalSince(date) / 60)
        return switch minutes {
        case ..<1: self("just now")
        case ..<60: self.plural("{count} minute ago", "{count} minutes ago", minutes)
        case ..<720: self.plural("{count} hour ago", "{count} hours ago", minutes / 60)
        default: self("on {moment}", ["moment": moment(date, zone)])
        }
    }

    /// A month with its year: "September 2026".
    package func month(_ date: Date, _ zone: TimeZone) -> String {
        let day = CivilTime(date, zone)
        return self("{month} {year}", ["month": month(day), "year": "\(day.year)"])
    }

    /// A day of the week: "Friday".
    package func weekday(_ date: Date, _ zone: TimeZone) -> String {
        pick(CivilTime(date, zone).weekday, of: self("Sunday Monday Tuesday Wednesday Thursday Friday Saturday"))
    }

    /// A month without its year: "Aug".
    package func shortMonth(_ date: Date, _ zone: TimeZone) -> String { shortMonth(CivilTime(date, zone)) }

    private func month(_ day: CivilTime) -> String {
        pick(
            day.month - 1,
            of: self(
                "January February March April May June July August September October November December"))
    }

    private func shortMonth(_ day: CivilTime) -> String {
        pick(day.month - 1, of: self("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"))
    }

    private func pick(_ index: Int, of list: String) -> String {
        let names = list.split(separator: " ")
        return names.indices.contains(index) ? String(names[index]) : list
    }
}
