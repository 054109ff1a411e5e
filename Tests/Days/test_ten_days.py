"""Ten nightly exports of a district in which people join, leave, move, are renamed and get other ids, one of them cut short:
after each night FirstBell has who is really there, each with the account that they had."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from district import NewDistrict, running
from district_model import District, Person, cut_at_a_row, cut_short
from office import PASSWORD, Account, Office
from post_office import PostOffice
from visitor import Visitor, hidden


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with PostOffice(tmp_path_factory.mktemp("post-office")) as post:
        with running(NewDistrict(tmp_path_factory.mktemp("district"), post)) as site:
            yield Office(site)


class Truth:
    """What must be true after each night, by who people really are."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.accounts: dict[int, tuple[str, str]] = {}

    def check(self, office: Office, day: int) -> None:
        seen = office.accounts()
        wrong = []
        for person in self.district.people.values():
            account = seen.get(person.row)
            if not person.isThere and account is None:
                # They came and went between two exports, or have an id that no export ever had.
                account = next((seen[row] for row in reversed(person.former) if row in seen), None)
                if account is None:
                    continue
            if account is None:
                wrong.append(f"{person.row} has no account")
                continue
            who = (account.id, account.username)
            if self.accounts.setdefault(person.who, who) != who:
                wrong.append(f"{person.row} has another account than before")
            wrong += self.differences(person, account)
        ids = [account for account, _ in self.accounts.values()]
        assert len(set(ids)) == len(ids), "two people share an account"
        assert not wrong, f"day {day}: " + "; ".join(wrong[:10])
        everybody = len(seen)
        assert everybody == len(self.accounts), f"day {day}: {everybody} accounts for {len(self.accounts)} people"

    @staticmethod
    def differences(person: Person, account) -> list[str]:
        if not person.isThere:
            return [] if account.isSuspended else [f"{person.row} left and may still sign in"]
        said = (account.given, account.family, account.grade, account.address, account.isSuspended)
        real = (person.given, person.family, person.grade, person.email, False)
        found = [] if said == real else [f"{person.row}: {said} for {real}"]
        if account.schools != {person.school}:
            found.append(f"{person.row} is at {set(account.schools)} and not at {person.school}")
        if account.trackers != person.trackers:
            found.append(f"{person.row} is in {set(account.trackers)} and not in {person.trackers}")
        return found


def check_losses(district: District, before: dict[str, Account], after: dict[str, Account]) -> None:
    """What a file of enrollments that was cut short between two rows has done until the next whole one."""
    there = [person for person in district.students() if person.row in before]
    suspended = [person.row for person in there if after[person.row].isSuspended and not before[person.row].isSuspended]
    assert not suspended
    for school in district.schools:
        people = [person.row for person in there if person.school == school]
        fewer = [row for row in people if not before[row].trackers <= after[row].trackers]
        assert len(fewer) * 4 <= len(people) * 3, f"{school}: {len(fewer)} of {len(people)} lost trackers"


def activate(office: Office, username: str, account: str) -> None:
    """A student is let in with a printed temporary password, and chooses an own one."""
    page = office.ruth.get(f"/admin/students/{account}")
    where, _ = office.ruth.post(f"/admin/students/{account}/card", [("act", hidden(page, "act"))])
    shown = re.findall(r'<dd dir="ltr">([^<]+)</dd>', office.ruth.get(where))
    assert shown, "the card shows a temporary password"
    student = Visitor(office.site.url)
    assert any(student.sign_in(username, text.strip()) for text in shown)
    student.post("/choose-password", [("password", PASSWORD)])


def test_ten_days(office: Office, tmp_path: Path) -> None:
    district = District(seed=7)
    truth = Truth(district)
    pupils: list[tuple[Person, str]] = []
    for day in range(1, 11):
        if day > 1:
            district.pass_day(day)
        if day == 5:
            district.close_down("s2", 30)
        package = district.export(tmp_path / f"day-{day}.zip")
        if day == 7:
            before = office.accounts()
            for name in ("users.csv", "enrollments.csv"):
                code, said = office.take(cut_short(package, tmp_path / "cut.zip", name))
                assert code == 1 and "ends in the middle of a row" in said and name in said, said
                assert office.accounts() == before, f"{name} was cut short"
            # Where rows are missing without a trace, people whom other rows still name show it: nothing is taken.
            code, said = office.take(cut_at_a_row(package, tmp_path / "cut.zip", "users.csv"))
            assert code == 1 and "nothing was changed" in said, said
            assert office.accounts() == before
            # Enrollments alone cannot show it but by their number: no school loses most of them, and nobody an account.
            code, said = office.take(cut_at_a_row(package, tmp_path / "cut.zip", "enrollments.csv"))
            assert "Held: School 3" in said, said
            check_losses(district, before, office.accounts())
        code, said = office.take(package)
        assert code == 0, said
        held = office.confirm_held()
        assert held == (1 if day == 5 else 0), f"day {day}: {held} schools were held: {said}"
        office.answer_changed_ids()
        code, said = office.take(package)
        assert code == 0, said
        truth.check(office, day)
        if day == 1:
            accounts = office.accounts()
            for person in [*district.students("s0")[:3], *district.students("s2")[-2:]]:
                activate(office, accounts[person.row].username, accounts[person.row].id)
                pupils.append((person, accounts[person.row].username))
    for person, username in pupils:
        isIn = Visitor(office.site.url).sign_in(username, PASSWORD)
        assert isIn == person.isThere, f"{person.row}, who is {'' if person.isThere else 'not '}there"
    assert any(person.isThere for person, _ in pupils)
