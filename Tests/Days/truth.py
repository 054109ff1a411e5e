"""What must be true after each night, from who people really are and from what is promised of rosters."""

from dataclasses import replace

from ledger import Account
from living_district import LivingDistrict, Person

Accounts = dict[str, Account]


class Truth:
    """Written from the rules: it asks the program for nothing but what it has."""

    def __init__(self, district: LivingDistrict) -> None:
        self.district = district
        # Account and username, which are for life.
        self.known: dict[int, tuple[str, str]] = {}

    def questions(self, before: Accounts) -> set[tuple[str, str]]:
        """A row with an id that nobody had, and somebody whose id is lost: the same number, in a school of both."""
        there = {person.row: person for person in self.district.people.values() if person.is_there}
        return {
            (row, lost) for row, person in there.items() if row not in before for lost, account in before.items()
            if lost not in there and account.number == person.number and account.schools & set(person.schools)}

    def is_same(self, row: str, lost: str) -> bool:
        return any(row == person.row and lost in person.former for person in self.district.people.values())

    def check_morning(self, before: Accounts, seen: Accounts, held: str = "") -> None:
        """Before anybody has answered: whoever is asked about is as before, and nobody of a school that waits has to leave."""
        questions = self.questions(before)
        wrong = [f"{row} is taken before anybody has answered" for row, _ in questions if row in seen]
        wrong += [
            f"{lost} is asked about, and was {before[lost]}, is {seen[lost]}" for _, lost in questions
            if seen[lost] != self._without_ended(before[lost])]
        waiting = {row for row, _ in questions} | {lost for _, lost in questions}
        for row, account in before.items():
            if held in account.schools:
                waiting.add(row)
                if not account.suspended_for and seen[row].suspended_for == "roster":
                    wrong.append(f"{row} left a school whose removals wait")
        self._check(seen, waiting, wrong)

    def check_evening(self, seen: Accounts) -> None:
        """All questions are answered: everybody is as they really are, once."""
        self._check(seen, set(), [])
        ids = [account for account, _ in self.known.values()]
        assert len(set(ids)) == len(ids), "two people share an account"
        assert len({account.id for account in seen.values()}) == len(self.known), "somebody is there twice"

    def check_leavers(self, listed: set[str]) -> None:
        """Who is on the list of leavers is away, and whoever is away is on it."""
        names = {self.known[who][1]: person for who, person in self.district.people.items() if who in self.known}
        wrong = [f"{names[name]} is there, and is listed" for name in listed if names[name].is_there]
        wrong += [f"{person} is away, and is not" for name, person in names.items() if not person.is_there and name not in listed]
        assert not wrong, f"night {self.district.night}, leavers: " + "; ".join(wrong)

    def _without_ended(self, account: Account) -> Account:
        return replace(account, trackers=account.trackers & self.district.trackers.keys())

    def _check(self, seen: Accounts, waiting: set[str], wrong: list[str]) -> None:
        for person in self.district.people.values():
            rows = [person.row, *reversed(person.former)]
            if waiting.intersection(rows):
                continue
            account = next((seen[row] for row in rows if row in seen), None)
            if account is None:
                # Who came and went between two exports was never heard of.
                if person.is_there:
                    wrong.append(f"{person.row} has no account")
                continue
            if self.known.setdefault(person.who, (account.id, account.username)) != (account.id, account.username):
                wrong.append(f"{person.row} has another account than before")
            wrong += self._differences(person, account)
        assert not wrong, f"night {self.district.night}: " + "; ".join(wrong[:10])

    @staticmethod
    def _differences(person: Person, account: Account) -> list[str]:
        if not person.is_there:
            return [] if account.suspended_for else [f"{person.row} left and may still sign in"]
        if not person.may_sign_in and not account.suspended_for:
            return [f"{person.row} must not sign in and may"]
        if person.may_sign_in and account.suspended_for:
            return [f"{person.row} is there and may not sign in"]
        said = (
            account.given, account.family, account.number, account.grade, account.address, account.schools, account.trackers)
        real = (
            person.given, person.family, person.number, person.grade, person.email, set(person.schools), person.trackers)
        return [] if said == real else [f"{person.row}: {said} for {real}"]
