"""FirstBell while its database moves to another machine."""

import time
from dataclasses import dataclass

import pytest
import roster
from classroom import administrator, press_send, students_with_address
from cluster import Cluster
from database import Database
from fleet import Fleet
from mailing import Mailing
from newcomers import Newcomers
from node import Node
from probe import Probe
from slow_post_office import SlowPostOffice

# The first school's students have their links already; the others are mailed while the database goes away.
STUDENTS = 3_600
FIRST, OTHERS = 0, (1, 2, 3)
NEWCOMERS = 200
# Lines that a server has to the mail server (Postman.Settings): on each, one mail may be under way.
LINES = 4
# Two seconds are promised; the machine that the tests share with everything else may take as long again.
SLOWEST = 4.0


@dataclass(frozen=True)
class SchoolDay:
    """A district in the midst of a mailing, whose first students have their links in hand."""

    mailing: Mailing
    newcomers: Newcomers
    probe: Probe
    recipients: set[str]

    def wait_until_all_is_well(self, cluster: Cluster, lost: Node, since: float, patience: float) -> None:
        """From the blow, by the monotonic clock, until every server has said that it is away and answers again; a new
        primary may take so many seconds."""
        self.probe.wait_until_away(since)
        cluster.wait_for_primary(patience, but=lost)
        there = time.monotonic()
        self.probe.wait_until_well(since=there)
        print(f"{lost.name} lost; a new primary after {there - since:.1f} s, "
              f"all is well {time.monotonic() - there:.1f} s later")
        self.newcomers.wait_until_all_are_in(60)

    def check(self, fleet: Fleet, database: Database) -> None:
        print(f"students: {len(self.newcomers.active)} acknowledged, {len(self.newcomers.spent)} found it done, "
              f"away at {dict(self.newcomers.away)}; mails: {self.mailing.states}")
        self.probe.check(SLOWEST)
        self.newcomers.check()
        check_activations(database)
        self.mailing.check(self.recipients, most_unknown=LINES * len(fleet.servers))


@pytest.fixture
def day(fleet: Fleet, database: Database, post_office: SlowPostOffice, tmp_path) -> SchoolDay:
    package = tmp_path / "roster.zip"
    roster.write(package, STUDENTS)
    fleet.servers[0].run("roster", "import", str(package))
    person = administrator(fleet.servers[0], "ruth")
    first = students_with_address(STUDENTS, FIRST)
    post_office.pause = 0
    invited = Mailing(press_send(person, FIRST), database, post_office)
    invited.wait_until_over(90)
    links = {first[letter.recipient]: letter.link for letter in post_office.letters[:NEWCOMERS]}
    post_office.empty()
    post_office.pause = 0.1
    pressed = Mailing(press_send(person, *OTHERS), database, post_office)
    return SchoolDay(
        pressed, Newcomers(fleet.servers, links), Probe(fleet.servers, person),
        set(students_with_address(STUDENTS, *OTHERS)))


@pytest.mark.timeout(420)
def test_nothing_acknowledged_is_lost_and_no_mail_comes_twice_when_the_primary_is_killed(
    cluster: Cluster, fleet: Fleet, database: Database, post_office: SlowPostOffice, day: SchoolDay
) -> None:
    with day.probe.asking():
        post_office.wait_for_count(250)
        with day.newcomers.arriving():
            day.newcomers.wait_for_active(40)
            post_office.wait_for_count(300)
            killed = time.monotonic()
            dead = cluster.kill_primary()
            before = len(day.newcomers.active)
            assert before < NEWCOMERS - 20 and len(post_office.taken) < len(day.recipients) - 200, "in the midst of both"
            day.wait_until_all_is_well(cluster, dead, since=killed, patience=30)
        day.mailing.wait_until_over(120)
    day.check(fleet, database)
    cluster.bring_back(dead)


@pytest.mark.timeout(420)
def test_nobody_waits_for_a_primary_that_hangs_and_no_mail_comes_twice(
    cluster: Cluster, fleet: Fleet, database: Database, post_office: SlowPostOffice, day: SchoolDay
) -> None:
    with day.probe.asking():
        post_office.wait_for_count(250)
        with day.newcomers.arriving():
            day.newcomers.wait_for_active(40)
            frozen = cluster.primary
            assert frozen, "there is a primary"
            hung = time.monotonic()
            frozen.freeze()
            try:
                day.wait_until_all_is_well(cluster, frozen, since=hung, patience=60)
            finally:
                frozen.thaw()
        # The old primary wakes up in the midst of the mailing, and has to see that it is none any more.
        day.mailing.wait_until_over(120)
        cluster.wait_for_replica(frozen)
    day.check(fleet, database)


def check_activations(database: Database) -> None:
    """Each student became active once, and was counted once."""
    active = database.number("SELECT count(*) FROM account WHERE kind = 'student' AND active_at IS NOT NULL")
    assert active == NEWCOMERS
    assert database.number("SELECT sum(count) FROM activation_count") == NEWCOMERS
    assert database.number(
        "SELECT count(*) FROM (SELECT u.subject_id FROM audit u JOIN account a ON a.id = u.subject_id "
        "WHERE u.act = 'password-chosen' AND a.kind = 'student' GROUP BY u.subject_id HAVING count(*) = 1) once"
    ) == NEWCOMERS
