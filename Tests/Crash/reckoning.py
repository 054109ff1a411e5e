"""What was pressed, what the database says became of it, and what the mail server took: do they agree?"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from careful_post_office import CarefulPostOffice
from district_of_presses import People
from faults import LEAVES_UNKNOWN
from journal import Journal
from mortal import LINES, Mortal

ENDS = ("accepted", "unknown", "failed", "cancelled")


@dataclass
class Press:
    """One press with all its tries."""

    facts: dict
    tries: int = 0
    answers: list[dict] = field(default_factory=list)

    @property
    def says_sent(self) -> bool:
        """Whether somebody was told that it is done."""
        return any(
            answer["status"] == 303 and ("mailed=" in answer["where"] or answer["where"].startswith("/mailings/"))
            for answer in self.answers)


def presses(journal: Journal) -> dict[int, Press]:
    found: dict[int, Press] = {}
    for line in journal.read():
        if line["what"] == "press":
            found.setdefault(line["press"], Press(line)).tries += 1
        else:
            found[line["press"]].answers.append(line)
    return found


class Reckoning:
    """Of a program that has been drained."""

    def __init__(self, site: Mortal, people: People, office: CarefulPostOffice, journal: Journal, kills: int) -> None:
        self.kills = kills
        # Each a sentence; nothing is in them when all is well.
        self.lost: list[str] = []
        self.unexpected: list[str] = []
        self.twice: list[str] = []
        self.unsound: list[str] = []
        self.cuts = sum(office.wrongs[fault] for fault in LEAVES_UNKNOWN)
        all_presses = presses(journal).values()
        self.sends = {press.facts["act"]: press for press in all_presses if press.facts["kind"] != "again"}
        self.agains = Counter(press.facts["mail"] for press in all_presses if press.facts["kind"] == "again")
        self.taken: dict[str, list[dict]] = defaultdict(list)
        for letter in office.journal.read():
            self.taken[letter["mail"]].append(letter)
        self.mailings = {act: id for id, act in site.rows("SELECT id, act_id FROM mailing")}
        self.mails = {row[0]: row[1:] for row in site.rows("SELECT id, mailing_id, account_id, address, state FROM mail")}
        self.skips = Counter(site.rows("SELECT mailing_id, account_id FROM mailing_skip"))
        self.states = Counter(state for *_, state in self.mails.values())
        self.repeated = 0
        self._compare_presses(people)
        self._compare_letters()
        self._look_inside(site)

    def _compare_presses(self, people: People) -> None:
        of_mailing = defaultdict(list)
        for mail, (mailing, student, *_) in self.mails.items():
            of_mailing[mailing].append((mail, student))
        pressed = {self.mailings[act]: press for act, press in self.sends.items() if act in self.mailings}
        for act, press in self.sends.items():
            if act not in self.mailings:
                if press.says_sent:
                    self.lost.append(f"said to be sent, and there is no mailing: {press.facts}")
                continue
            mailing = self.mailings[act]
            self.repeated += press.tries > 1
            chosen = set(press.facts.get("students", ())).union(
                *(people.of_school[school] for school in press.facts.get("schools", ())))
            got = Counter(student for _, student in of_mailing[mailing])
            for student in chosen:
                fates = got[student] + self.skips[mailing, student]
                if fates != 1:
                    (self.twice if fates else self.lost).append(f"{fates} fates of {student} in mailing {mailing}")
            self.unexpected += [f"mail to {student}, not chosen in {mailing}" for student in set(got) - chosen]
        self.unexpected += [f"mailing {id} that nobody pressed" for id in self.mailings.values() if id not in pressed]
        self.unexpected += [f"mail {mail} of no press" for mail, row in self.mails.items() if row[0] not in pressed]

    def _compare_letters(self) -> None:
        for mail, (_, _, address, state) in self.mails.items():
            letters = self.taken.get(mail, [])
            if state not in ENDS:
                self.lost.append(f"mail {mail} is {state} at the end")
            if state == "accepted" and not letters:
                self.lost.append(f"mail {mail} is accepted, and never came")
            if letters and state not in ("accepted", "unknown") and not self.agains[mail]:
                self.unexpected.append(f"mail {mail} is {state}, and came")
            if len(letters) > 1 + self.agains[mail]:
                self.twice.append(f"mail {mail} came {len(letters)} times, pressed again {self.agains[mail]} times")
            self.unexpected += [
                f"mail {mail} to {address} came to {letter['recipient']}" for letter in letters
                if letter["recipient"] != address]
            if len({letter["link"] for letter in letters}) > 1:
                self.unexpected.append(f"copies of mail {mail} have different links")
        self.unexpected += [f"a letter of no mail: {letters}" for mail, letters in self.taken.items() if mail not in self.mails]

    def _look_inside(self, site: Mortal) -> None:
        self.unsound += [f"integrity: {row}" for row in site.rows("PRAGMA integrity_check(10)") if row != ("ok",)]
        self.unsound += [f"foreign key: {row}" for row in site.rows("PRAGMA foreign_key_check")]
        audited = Counter(detail for (detail,) in site.rows("SELECT detail FROM audit WHERE detail LIKE 'mailing %'"))
        self.unsound += [
            f"mailing {id} has {audited[f'mailing {id}']} lines of audit" for id in self.mailings.values()
            if audited[f"mailing {id}"] != 1]
        self.unsound += [
            f"the row of {student} says {said}, its mails {states}" for student, said, states in site.rows(
                "SELECT a.id, a.mail_state, group_concat(m.state) FROM account a JOIN mail m ON m.account_id = a.id "
                "WHERE m.kind = 'activation' GROUP BY a.id HAVING sum(m.state = a.mail_state) = 0")]

    @property
    def copies(self) -> int:
        """Mails that came more than once, since somebody has pressed Send again."""
        return sum(len(letters) > 1 for letters in self.taken.values())

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {len(self.sends)} presses ({self.repeated} pressed more than once), {len(self.mails)} mails, "
            f"{sum(map(len, self.taken.values()))} letters: "
            f"{len(self.lost)} lost, {len(self.unexpected)} unexpected, {len(self.twice)} twice by itself, "
            f"{self.copies} twice by Send again, {self.states['unknown']} unknown (of at most {self.most_unknown}), "
            f"{self.states['accepted']} accepted, {self.states['failed']} failed, {self.states['cancelled']} cancelled")

    @property
    def most_unknown(self) -> int:
        return self.kills * LINES + self.cuts

    def check(self) -> None:
        faults = {
            "lost": self.lost, "unexpected": self.unexpected, "twice by itself": self.twice, "unsound": self.unsound}
        told = "\n".join(f"{len(each)} {name}: {each[:10]}" for name, each in faults.items() if each)
        assert not told, f"{self}\n{told}"
        assert self.states["unknown"] <= self.most_unknown, str(self)
