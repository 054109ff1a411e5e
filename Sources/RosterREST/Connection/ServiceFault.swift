import Core

/// Why a service's roster cannot be taken: what was wrong and what to do. No secret stands in any of them.
enum ServiceFault {
    static func address(_ text: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "{value} is no web address of a service. Enter one such as https://sis.example/ims/oneroster/v1p1.",
                value: String(text.split(separator: "@").last?.prefix { $0 != "?" && $0 != "#" } ?? "")))
    }

    static func unencrypted(_ host: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "The address of {value} does not begin with https, so that others could read along. Enter the one that does.",
                value: host))
    }

    static var oauth1: RosterRefused {
        RosterRefused(reason: "OneRoster 1.2 has no OAuth 1.0a. Enter a client id and secret for OAuth 2.")
    }

    static func certificate(_ host: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "The certificate of {value} is not valid for that name, so nothing was sent. Check the address, or ask who runs the server.",
                value: host))
    }

    static func unreachable(_ host: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "{value} did not answer, or broke off in the middle, each time it was asked. Try again later; if it stays so, ask who runs the server.",
                value: host))
    }

    static func busy(_ host: String, _ status: UInt) -> RosterRefused {
        refused(
            RosterRefused(
                reason: "The server is busy or out of order and said so each time: {value}. Try again later.",
                value: "\(host): HTTP \(status)"))
    }

    static func elsewhere(_ host: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "{value} sends us on to another address, and the secret was not taken there. Enter the address that the service really has.",
                value: host))
    }

    static func credentials(_ host: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "{value} does not accept the id and the secret. Copy both again from the student system; mind the scope and the clock too.",
                value: host))
    }

    static func tokenAnswer(_ host: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason: "What {value} gave for the id and the secret is no token. Check the token address.", value: host
            ))
    }

    static func status(_ status: UInt, of name: String) -> RosterRefused {
        let value = "\(name): HTTP \(status)"
        let refusal: RosterRefused =
            switch status {
            case 401:
                RosterRefused(
                    reason:
                        "The server stopped accepting us in the middle, and a new token did not help: {value}. Try again; if it stays so, ask who runs the server.",
                    value: value)
            case 403:
                RosterRefused(
                    reason: "The key may not read this: {value}. Give it the right in the student system.", value: value
                )
            case 404:
                RosterRefused(
                    reason: "There is nothing at this address: {value}. Check the service's address and its version.",
                    value: value)
            default:
                RosterRefused(
                    reason: "The server does not understand what we ask: {value}. Check the service's version.",
                    value: value)
            }
        return refused(refusal)
    }

    static func html(_ name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "In the place of {value} the server sent a web page, perhaps to sign in. Check the service's address.",
                value: name))
    }

    static func wrongType(_ type: String, of name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason: "The server sent another kind of file than JSON: {value}. Check the service's address.",
                value: "\(name): \(type)"))
    }

    static func form(_ name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "What the server sent in the place of {value} is damaged, or has not the form of OneRoster. Ask who runs the server.",
                value: name))
    }

    static func tooLong(_ name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason: "A page of {value} is larger than 32 MB, or has no end. Ask for fewer rows at once.",
                value: name))
    }

    static func rowTooLong(_ name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason: "A row of {value} is larger than 1 MB: that is no roster. Ask who runs the server.", value: name
            ))
    }

    static func repeated(_ name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "The server gave the same page of {value} twice, so that rows would be missing. Ask who runs the server; more rows at once may help.",
                value: name))
    }

    static func offsetIgnored(_ name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "The server gives the first page of {value} again and again, whatever we ask for. Ask for as many rows at once as there are.",
                value: name))
    }

    static func emptyPage(_ name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "The server gave a page of {value} without rows and says that more follow, so that rows would be missing. Try again later.",
                value: name))
    }

    static func countChanged(_ name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason: "The number of {value} changed while we read, so that rows may be missing. Try again later.",
                value: name))
    }

    static func countUnreadable(_ name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason: "The server says how many {value} there are, but not as a number. Ask who runs the server.",
                value: name))
    }

    static func countWrong(_ name: String, said: Int, seen: Int) -> RosterRefused {
        refused(
            RosterRefused(
                reason: "The server announced another number of rows than it gave: {value}. Try again later.",
                value: "\(name): \(said), \(seen)"))
    }

    static func nothing(_ name: String) -> RosterRefused {
        refused(
            RosterRefused(
                reason:
                    "The server has no {value} for us, so nothing was read. Check in the student system what the key may read.",
                value: name))
    }

    private static func refused(_ refusal: RosterRefused) -> RosterRefused {
        RosterRefused(reason: refusal.reason, value: String(refusal.value.prefix(100)), place: refusal.place)
    }
}
