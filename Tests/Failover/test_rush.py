"""The first bell on a pair of PostgreSQL servers, where each commit waits for the disk of both."""

from pathlib import Path

from database import Database
from fleet import Fleet
from newcomers import Newcomers, links_of_a_school
from slow_post_office import SlowPostOffice

STUDENTS, AT_ONCE = 300, 24


def test_everybody_becomes_active_and_signs_in_at_the_first_try(
    fleet: Fleet, tmp_path: Path, database: Database, post_office: SlowPostOffice
) -> None:
    links = links_of_a_school(fleet, tmp_path, database, post_office, STUDENTS)
    newcomers = Newcomers(fleet.servers, links, AT_ONCE)
    with newcomers.arriving():
        newcomers.wait_until_all_are_in(120)
    newcomers.check()
    assert newcomers.active == set(links)
    assert not newcomers.away, f"told that the site is away: {dict(newcomers.away)}"
