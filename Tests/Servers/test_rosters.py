"""One roster, and administrators at several servers."""

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import processes
import roster
from classroom import administrator, at, press_apply, signed_in, upload, wait_for_plan
from database import Database
from fleet import Fleet
from visitor import Answer, Visitor, hidden

ROUNDS, NEW_EACH = 5, 100
# So many that the work takes a while, in several steps.
DISTRICT = 5_000


def test_two_administrators_who_apply_a_plan_at_the_same_time_apply_it_once(
    fleet: Fleet, folder: Path, database: Database
) -> None:
    administrator(fleet.servers[0], "ruth")
    administrator(fleet.servers[0], "dov")
    for number in range(1, ROUNDS + 1):
        first, second, third = fleet.servers[number % 3:] + fleet.servers[:number % 3]
        ruth, dov = signed_in(first, "ruth"), signed_in(second, "dov")
        package = folder / f"roster-{number}.zip"
        roster.write(package, number * NEW_EACH)
        # Read at a third server: whoever applies it has not read it.
        plan = upload(at(third, ruth), package)
        for person in (ruth, dov):
            wait_for_plan(person, plan)
        answers = at_once(plan, ruth, dov)
        assert [answer.status for answer in answers] == [303, 303], f"{[answer.content[:300] for answer in answers]}"
        wait_until_applied(database, plan)

        name = plan.rsplit("/", 1)[1]
        applied = database.rows("SELECT actor_id FROM audit WHERE act = 'roster-applied' AND detail LIKE %s", f"%{name}")
        assert len(applied) == 1, f"the audit tells of it {len(applied)} times"
        assert database.number("SELECT run FROM roster_plan WHERE id = %s", name) == 1
        check_students(database, number * NEW_EACH)


def test_what_a_killed_server_was_applying_is_gone_on_with(fleet: Fleet, folder: Path, database: Database) -> None:
    before = database.number("SELECT count(*) FROM account WHERE kind = 'student'")
    victim, other, _ = fleet.servers
    administrator(other, "mira")
    package = folder / "district.zip"
    roster.write(package, DISTRICT)
    person = signed_in(victim, "mira")
    plan = upload(person, package)
    wait_for_plan(person, plan, seconds=120)
    assert press_apply(person, plan).status == 303
    processes.until(
        lambda: database.number("SELECT count(*) FROM account WHERE kind = 'student'") > before, 60, "some are taken in")
    victim.kill()
    there = database.number("SELECT count(*) FROM account WHERE kind = 'student'")
    assert there < DISTRICT, "the blow came too late"
    took = wait_until_applied(database, plan)
    print(f"killed with {there} students of {DISTRICT}, applied {took:.0f} s later")

    check_students(database, DISTRICT)
    name = plan.rsplit("/", 1)[1]
    applied = "SELECT count(*) FROM audit WHERE act = 'roster-applied' AND detail LIKE %s"
    assert database.number(applied, f"%{name}") == 1
    # The first roster's school has other facts in this one: so many changes wait for a person, and nothing else is left.
    left = other.run("roster", "plan", str(package))
    assert re.search(r"Students: 0 new, \d+ changed, 0 leaving, 0 back", left), left
    assert "Staff: 0 new, 0 changed, 0 leaving, 0 back" in left
    assert database.number("SELECT count(*) FROM roster_plan_school WHERE is_held AND NOT changes_wait") == 0
    victim.start_again()


def at_once(plan: str, *people: Visitor) -> list[Answer]:
    """All have the page before them, and press in the same moment."""
    gate = threading.Barrier(len(people))

    def press(person: Visitor) -> Answer:
        form = [("act", hidden(person.get(plan), "act"))]
        gate.wait(timeout=30)
        return person.send("POST", f"{plan}/apply", form)

    with ThreadPoolExecutor(len(people)) as fingers:
        return list(fingers.map(press, people))


def wait_until_applied(database: Database, plan: str) -> float:
    name = plan.rsplit("/", 1)[1]
    return processes.until(
        lambda: database.texts("SELECT state FROM roster_plan WHERE id = %s", name) == ["applied"], 120,
        f"{plan} is applied")


def check_students(database: Database, count: int) -> None:
    """Everybody is there once, and nobody by half."""
    assert database.number("SELECT count(*) FROM account WHERE kind = 'student'") == count
    assert database.number(
        "SELECT count(*) FROM account a JOIN account_source s ON s.account_id = a.id WHERE a.kind = 'student'") == count
    assert database.number(
        "SELECT count(*) FROM account a WHERE a.kind = 'student' AND (SELECT count(*) FROM membership m "
        "WHERE m.account_id = a.id) = 1 AND (SELECT count(*) FROM enrollment e WHERE e.account_id = a.id) = %s",
        roster.TRACKERS_A_PUPIL) == count
