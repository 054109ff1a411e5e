"""The first bell: everybody comes in the same minute, and the load balancer spreads them over the servers."""

from pathlib import Path

from database import Database
from fleet import Fleet
from newcomers import first_bell
from slow_post_office import SlowPostOffice


def test_everybody_becomes_active_and_signs_in_at_the_first_try(
    fleet: Fleet, folder: Path, database: Database, post_office: SlowPostOffice
) -> None:
    first_bell(fleet, folder, database, post_office, students=400, at_once=24)
