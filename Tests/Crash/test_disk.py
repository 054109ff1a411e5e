"""A disk that is full, or that fails: nobody is told that something is done that is not, and afterwards all goes on."""

import random
import re
from collections.abc import Callable
from pathlib import Path

import processes
import pytest
from careful_post_office import CarefulPostOffice
from disk import ALMOST_FULL, FAILING, FLAKY, FULL, Trouble
from district_of_presses import People, administrator, make
from journal import Journal
from mortal import Mortal
from pressers import Pressers
from reckoning import Reckoning

# How a time of trouble ends; the trouble is over when the program is killed, told to stop, or goes on.
ENDS = ("over", "killed", "stopped", "over", "killed", "killed")


@pytest.mark.parametrize("trouble", [FULL, FAILING, ALMOST_FULL, FLAKY], ids=lambda trouble: trouble.name)
def test_nobody_is_told_of_a_write_that_is_lost_and_afterwards_all_goes_on(
    trouble: Trouble, tmp_path: Path, office: CarefulPostOffice, dice: random.Random, seed: int,
    tell: Callable[[str], None]
) -> None:
    # What the mail server does wrong is another test: here it would make mail wait.
    office.faults.rates = {}
    site = Mortal(tmp_path, office)
    make(site, tmp_path, schools=12)
    site.begin_and_wait()
    person = administrator(site)
    people = People(site, dice)
    pressers = Pressers(site, person, people, Journal(tmp_path / "presses.jsonl"), random.Random(dice.random()))
    deaths = 0
    with pressers.at_work():
        site.rise()
        pressers.give("school", "school")
        for end in ENDS:
            deaths += _live_through(trouble, end, site, office, pressers)
        pressers.wait_until_done()
        site.wait_until_nothing_leaves(60)
        assert not pressers.went_wrong, pressers.went_wrong[:5]
    site.close()
    # Of what was in hand at a time of trouble, nobody may know what became of it, as after a kill.
    reckoning = Reckoning(site, people, office, pressers.journal, len(ENDS))
    tell(f"{trouble.name} disk, {deaths} deaths, presses refused {dict(pressers.refused)}, seed {seed}: {reckoning}")
    reckoning.check()


def _live_through(trouble: Trouble, end: str, site: Mortal, office: CarefulPostOffice, pressers: Pressers) -> int:
    """Returns how often the program ended."""
    came, refused = office.taken, pressers.refused.total()
    pressers.give(*["one"] * 12)
    processes.until(lambda: office.taken > came + 2, 30, "mail leaves")
    with trouble.striking(site):
        processes.until(
            lambda: pressers.keep_pressing().refused.total() > refused + 1 or site.process.poll() is not None, 30,
            "presses are refused")
        if end == "killed":
            site.kill()
            site.process.wait()
        elif end == "stopped":
            # With a word, if not with 0: what it had to write could not be written.
            site.process.terminate()
            assert site.wait_for_end(40), "it does not stop while it cannot write"
            assert site.process.returncode in (0, 1), f"{site.process.returncode}: {site.log.read_text()[-2000:]}"
    is_dead = site.process.poll() is not None
    if is_dead:
        if end == "over":
            _expect_a_sentence(site)
        site.begin_and_wait()
    else:
        site.rise()
    # Whoever presses now is served, and their mail leaves, whether the program is another or the same.
    came = office.taken
    pressers.give("one")
    processes.until(lambda: office.taken > came, 30, "mail leaves again")
    return int(is_dead)


@pytest.mark.parametrize("trouble", [FULL, FAILING], ids=lambda trouble: trouble.name)
def test_who_cannot_write_at_the_start_says_so_and_starts_later(
    trouble: Trouble, tmp_path: Path, office: CarefulPostOffice
) -> None:
    site = Mortal(tmp_path, office)
    make(site, tmp_path, schools=1)
    site.begin(trouble.prefix)
    assert site.wait_for_end(30), "it runs, and cannot write"
    _expect_a_sentence(site)
    site.begin_and_wait()
    site.close()


def _expect_a_sentence(site: Mortal) -> None:
    """It has ended by itself: in order, and saying why."""
    said = site.log.read_text().splitlines()
    assert site.process.returncode == 1, f"{site.process.returncode}: {said[-20:]}"
    last = said[-1]
    assert re.match("firstbell: [A-Z]", last) and "cannot" in last and str(site.file.parent) in last, said[-20:]
