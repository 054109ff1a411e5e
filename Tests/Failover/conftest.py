"""The world of the failover tests: one cluster for all of them, as its making takes longer than a failover."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cluster import Cluster, running
from database import Database
from fleet import Fleet
from fleet import running as running_fleet
from slow_post_office import SlowPostOffice


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--failovers", type=int, default=1, help="how often the primary is killed in a row; 1 by default")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running() as started:
        yield started


@pytest.fixture
def post_office(tmp_path: Path) -> Iterator[SlowPostOffice]:
    with SlowPostOffice(tmp_path) as office:
        yield office


@pytest.fixture
def database(cluster: Cluster) -> Database:
    """An empty one on the cluster."""
    cluster.make_database()
    return Database(cluster.url, cluster.passwords["firstbell"], cluster.password_file)


@pytest.fixture
def fleet(tmp_path: Path, post_office: SlowPostOffice, database: Database) -> Iterator[Fleet]:
    """Three servers, which find the primary by themselves."""
    made = Fleet(tmp_path, post_office, database)
    made.make_keyring()
    with running_fleet(made) as started:
        yield started
