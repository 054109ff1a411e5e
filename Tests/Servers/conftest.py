"""The world of these tests: three servers on one database, and a mail server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from database import Database, empty_database
from fleet import Fleet, running
from slow_post_office import SlowPostOffice


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("district")


@pytest.fixture(scope="module")
def post_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SlowPostOffice]:
    with SlowPostOffice(tmp_path_factory.mktemp("post-office")) as office:
        yield office


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[Database]:
    """An empty one for each file of tests."""
    with empty_database(folder) as made:
        yield made


@pytest.fixture(scope="module")
def fleet(folder: Path, post_office: SlowPostOffice, database: Database) -> Iterator[Fleet]:
    made = Fleet(folder, post_office, database)
    made.make_keyring()
    with running(made) as started:
        yield started
