"""How often is killed, and by which dice."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from careful_post_office import CarefulPostOffice
from faults import Faults


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=200, help="how often the program is killed; 200 by default")
    parser.addoption("--seed", type=int, default=None, help="of the dice; another each time by default")


_counts: list[str] = []


@pytest.fixture
def tell() -> Callable[[str], None]:
    """Says something at the very end, whether all is well or not."""
    return _counts.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for line in _counts:
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    given = request.config.getoption("--seed")
    return random.randrange(1_000_000) if given is None else given


@pytest.fixture
def dice(seed: int) -> random.Random:
    return random.Random(seed)


@pytest.fixture
def office(tmp_path: Path, dice: random.Random) -> Iterator[CarefulPostOffice]:
    with CarefulPostOffice(tmp_path, Faults(random.Random(dice.random()))) as made:
        yield made


@pytest.fixture(autouse=True)
def strace() -> None:
    """Without it half of the blows would miss."""
    assert shutil.which("strace"), "strace is not installed: run bin/setup"
