"""Servers that do not carry the same keyring."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from database import Database, empty_database
from fleet import Fleet, Server, running
from slow_post_office import SlowPostOffice


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """One for each test, as the keys are in use there."""
    with empty_database(tmp_path) as made:
        yield made


@pytest.fixture
def fleet(tmp_path: Path, post_office: SlowPostOffice, database: Database) -> Fleet:
    """Two servers that are not started yet, with the keys k1 and k2; k1 alone lies beside them."""
    fleet = Fleet(tmp_path, post_office, database, count=2)
    fleet.make_keyring()
    shutil.copytree(fleet.keyring, tmp_path / "old-keyring")
    fleet.servers[0].run("keys", "add")
    return fleet


@contextmanager
def late(fleet: Fleet, folder: Path, keyring: Path) -> Iterator[Server]:
    """One more server, with a keyring of its own."""
    (folder / "late").mkdir()
    server = Server("late", folder / "late", keyring, fleet.post_office, fleet.database)
    server.start("serve")
    try:
        server.wait_until_open()
        yield server
    finally:
        server.close()


def test_a_server_that_lacks_a_key_of_the_others_is_not_ready_and_says_which(fleet: Fleet, tmp_path: Path) -> None:
    with running(fleet), late(fleet, tmp_path, tmp_path / "old-keyring") as server:
        answer = server.visitor().send("GET", "/readyz")
        assert answer.status == 503
        assert answer.headers["Retry-After"]
        assert "lacks k2" in answer.content.decode()
        for other in fleet.servers:
            assert other.visitor().send("GET", "/readyz").status == 200, "the others are ready as before"
