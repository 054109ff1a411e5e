"""The first bell on a pair of PostgreSQL servers, where each commit waits for the disk of both."""

from pathlib import Path

from database import Database
from fleet import Fleet
from newcomers import first_bell
from slow_post_office import SlowPostOffice


def test_everybody_becomes_active_and_signs_in_at_the_first_try(
    fleet: Fleet, tmp_path: Path, database: Database, post_office: SlowPostOffice
) -> None:
    first_bell(fleet, tmp_path, database, post_office, students=300, at_once=24)
