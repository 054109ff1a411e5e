import Core

/// Can the keys be read by us alone, do they open all that was made with them, and are they apart from the data?
struct KeyringCheck {
    let folder: String
    let dataFolder: String
    let keysNeeded: Set<KeyID>

    var findings: [Finding] {
        do {
            let keyring = try Keyring.open(folder: folder)
            return [opened(keyring), needed(keyring), place]
        } catch .noFolder {
            let lost =
                keysNeeded.isEmpty
                ? "Make one with: firstbell keys create"
                : "Put it back from where you keep it: cards and mails that are out, and what is kept sealed, need \(Self.text(keysNeeded))."
            return [wrong("There is no keyring at \(folder). \(lost)"), place]
        } catch {
            return [wrong("\(error)"), place]
        }
    }

    private func opened(_ keyring: Keyring) -> Finding {
        let ids = keyring.ids.map(\.description).joined(separator: ", ")
        guard FileFacts(folder)?.isOurs == true else {
            return wrong("\(folder) belongs to somebody else. Give it to the person who runs FirstBell.")
        }
        return Finding(
            "keyring", .good,
            "\(folder) holds \(ids), for us alone. Keep a copy away from this machine and the backups.")
    }

    private func needed(_ keyring: Keyring) -> Finding {
        let missing = keysNeeded.subtracting(keyring.ids)
        guard missing.isEmpty else {
            return wrong(
                """
                Cards, mails or rosters that are kept were made with \(Self.text(missing)), which is not in the keyring. Put the \
                file back from where you keep your keys.
                """)
        }
        return Finding("keyring", .good, "Every key that links and temporary passwords need is there.")
    }

    private var place: Finding {
        let (keys, data) = (FileFacts.whole(folder), FileFacts.whole(dataFolder))
        if keys == data || keys.hasPrefix(data + "/") {
            return wrong(
                """
                The keyring lies inside the data folder: who gets a backup of one gets both. Move \(folder) out of \
                \(dataFolder) and set FIRSTBELL_KEYRING.
                """)
        }
        if data.hasPrefix(keys + "/") {
            return wrong(
                "The data folder lies inside the keyring. Move \(dataFolder) out of \(folder) and set FIRSTBELL_DATA.")
        }
        return Finding("keyring", .good, "The keyring is not inside the data folder.")
    }

    private func wrong(_ sentence: String) -> Finding { Finding("keyring", .wrong, sentence) }

    private static func text(_ ids: Set<KeyID>) -> String {
        ids.sorted().map(\.description).joined(separator: ", ")
    }
}
