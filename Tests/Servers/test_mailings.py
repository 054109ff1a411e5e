"""One mailing, and the postmen of three servers."""

from pathlib import Path

import processes
import roster
from classroom import administrator, at, press_send, students_with_address
from database import Database
from fleet import Fleet
from mailing import Mailing
from slow_post_office import SlowPostOffice

# Of two schools, each with more students than are queued at the press.
STUDENTS = 1_500
# Lines that a server has to the mail server (Postman.Settings): on each, one mail may be under way.
LINES = 4
# So slow that one server alone would be at it for half a minute: those who were not pressed look every 15 s.
PAUSE = 0.25


def test_it_is_sent_by_all_servers_and_everybody_gets_one_mail(
    fleet: Fleet, folder: Path, database: Database, post_office: SlowPostOffice
) -> None:
    package = folder / "roster.zip"
    roster.write(package, STUDENTS)
    fleet.servers[0].run("roster", "import", str(package))
    person = administrator(fleet.servers[0], "ruth")
    post_office.pause = PAUSE
    pressed = Mailing(press_send(at(fleet.servers[1], person), 0), database, post_office)
    at_work: set[str] = set()
    pressed.wait_until_over(120, meanwhile=lambda: at_work.update(pressed.servers_at_work))
    pressed.check(set(students_with_address(STUDENTS, 0)), most_unknown=0)
    shares = {server.name: pressed.sent_by(server.sender) for server in fleet.servers}
    print(f"sent by each: {shares}")
    assert all(shares.values()), f"somebody has sent nothing: {shares}"
    assert at_work == set(database.texts("SELECT id FROM server"))


def test_what_a_killed_server_had_in_hand_is_gone_on_with_and_no_mail_comes_twice(
    fleet: Fleet, database: Database, post_office: SlowPostOffice
) -> None:
    """The killed one is the one that was pressed, which has queued the mails and sends the first of them."""
    victim = fleet.servers[2]
    person = administrator(victim, "dov")
    post_office.empty()
    post_office.pause = PAUSE
    pressed = Mailing(press_send(person, 1), database, post_office)
    processes.until(lambda: post_office.count_from(victim.sender) >= 40, 60, "the server is in the midst of it")
    victim.kill()
    left = pressed.states
    assert left["queued"] > 50, f"the blow came too late: {left}"
    took = pressed.wait_until_over(120)
    print(f"killed with {left}, over {took:.0f} s later: {pressed.states}")
    pressed.check(set(students_with_address(STUDENTS, 1)), most_unknown=LINES)
    victim.start_again()
