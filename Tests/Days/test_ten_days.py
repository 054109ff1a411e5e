"""Ten nightly exports of a district in which life goes on, one of them broken: after each night FirstBell has who is really
there, each with the account that they had."""

import re
from pathlib import Path

import nightly_export
import pytest
from ledger import Account
from living_district import LivingDistrict, Person
from nightly_export import NightlyExport
from office import Office
from pupils import Pupils
from truth import Accounts, Truth

REASONS = "is cut off or damaged|Nothing was read|so nothing was (read|changed)"
SEED, DAYS, MASS_LEAVING, BROKEN = 7, 10, 5, 7


def live(district: LivingDistrict, day: int) -> None:
    if day > 1:
        district.pass_night()
    if day == MASS_LEAVING:
        district.close_down("s2", 30)


def foretold() -> list[int]:
    """Two to whom each thing will happen, of those who are there on the first day."""
    district = LivingDistrict(SEED)
    first = {person.who for person in district.students()}
    for day in range(1, DAYS + 1):
        live(district, day)
    kinds = dict.fromkeys(event.kind for event in district.events)
    chosen = [
        person.who for kind in kinds for person in [each for each in district.fates(kind) if each.who in first][:2]]
    return list(dict.fromkeys(chosen))


# Both forms of OneRoster, one on each database.
VERSIONS = {"sqlite": "1.2", "postgresql": "1.1"}


def test_ten_days(office: Office, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    export = NightlyExport(VERSIONS[request.node.callspec.params["office"]])
    district = LivingDistrict(SEED)
    truth, pupils = Truth(district), Pupils(office, district)
    seen: Accounts = {}
    for day in range(1, DAYS + 1):
        live(district, day)
        package = export.write(district, tmp_path / f"day-{day}.zip")
        if day == BROKEN:
            take_broken(office, district, package, tmp_path / "broken.zip", export.has_roles)
            seen = office.ledger.accounts()
        code, said = office.take(package)
        assert code == 0, said
        morning = office.ledger.accounts()
        if day > 1:
            asked = set(office.ledger.open_questions().values())
            assert asked == truth.questions(seen), f"night {district.night}: who is asked about"
            truth.check_morning(seen, morning, held="s2" if day == MASS_LEAVING else "")
            pupils.check_asked({lost for _, lost in asked}, seen)
        held = office.confirm_held()
        assert held == (1 if day == MASS_LEAVING else 0), f"day {day}: {held} schools were held: {said}"
        office.answer(truth.is_same)
        assert not office.ledger.open_questions()
        code, said = office.take(package)
        assert code == 0, said
        seen = office.ledger.accounts()
        truth.check_evening(seen)
        truth.check_leavers(office.leavers())
        if day == 1:
            pupils.activate(foretold(), seen)
            teacher = next(person for person in district.people.values() if "s1-t0" in person.trackers)
            her_site = office.teacher(teacher.email)
        shown = set(re.findall(r'id="s-([0-9a-f-]{36})"', her_site.get("/people/students")))
        check_class(district, teacher, seen, shown)
        pupils.check(district.tonight())
    pupils.check(set(pupils.names))
    check_siblings(office, district, seen, pupils)


def take_broken(office: Office, district: LivingDistrict, package: Path, broken: Path, has_roles: bool) -> None:
    before = office.ledger.everything()

    def refuse(what: str) -> None:
        code, said = office.take(broken)
        assert code == 1 and re.search(REASONS, said), f"{what}: {said}"
        assert office.ledger.everything() == before, what

    nightly_export.cut_off(package, broken)
    refuse("a package without its end")
    for name in ["users.csv", "enrollments.csv", *(["roles.csv"] if has_roles else [])]:
        nightly_export.cut_in_a_row(package, broken, name)
        refuse(f"{name} that ends in a row")
        nightly_export.without_rows(package, broken, name)
        refuse(f"{name} without rows")
    # Where rows are missing without a trace, people whom other rows still name show it.
    nightly_export.cut_at_a_row(package, broken, "users.csv")
    refuse("half of the people")
    # Enrollments alone cannot show it but by their number: no school loses most of them, and nobody an account.
    seen = office.ledger.accounts()
    nightly_export.cut_at_a_row(package, broken, "enrollments.csv")
    _, said = office.take(broken)
    assert "Held: School 3" in said, said
    check_losses(district, seen, office.ledger.accounts())


def check_losses(district: LivingDistrict, before: Accounts, after: Accounts) -> None:
    """What a file of enrollments that was cut short between two rows has done until the next whole one."""
    there = [person for person in district.students() if person.row in before and person.may_sign_in]
    suspended = [person.row for person in there if after[person.row].suspended_for and not before[person.row].suspended_for]
    assert not suspended
    for school in district.schools:
        people = [person.row for person in there if person.schools[0] == school]
        fewer = [row for row in people if not before[row].trackers <= after[row].trackers]
        assert len(fewer) * 4 <= len(people) * 3, f"{school}: {len(fewer)} of {len(people)} lost trackers"


def check_class(district: LivingDistrict, teacher: Person, seen: Accounts, shown: set[str]) -> None:
    """A teacher sees the students of her trackers; of those who may not sign in at least they who are there."""
    hers = {seen[person.row].id for person in district.students() if person.trackers & teacher.trackers}
    suspended = {account.id for account in seen.values() if account.suspended_for}
    assert hers <= shown, f"night {district.night}: the teacher misses {len(hers - shown)} students"
    assert shown - suspended == hers - suspended, f"night {district.night}: the teacher sees others' students"


def check_siblings(office: Office, district: LivingDistrict, seen: Accounts, pupils: Pupils) -> None:
    """Brothers and sisters come in by the address of their family, each by their own card."""
    families: dict[str, list[Account]] = {}
    for person in district.students():
        if person.email and person.may_sign_in and person.who not in pupils.names:
            families.setdefault(person.email, []).append(seen[person.row])
    address, siblings = next((address, family) for address, family in families.items() if len(family) > 1)
    for each in siblings:
        office.activate(address, each.id)
    assert all(office.is_let_in(each.username) for each in siblings)
