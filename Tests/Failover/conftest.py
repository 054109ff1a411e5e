"""The world of the failover tests: one cluster for all of them, as its making takes longer than a failover."""

from collections.abc import Iterator

import pytest
from cluster import Cluster, running


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--failovers", type=int, default=1, help="how often the primary is killed in a row; 1 by default")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with running() as started:
        yield started
