"""Nothing is lost and nothing goes twice, however often the program is killed."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from blows import CALLS
from careful_post_office import POINTS, CarefulPostOffice
from district_of_presses import People, administrator, make
from faults import AT_THE_END
from journal import Journal
from lives import Lives
from mortal import Mortal
from pressers import Pressers
from reckoning import Reckoning


def test_every_press_that_was_answered_is_a_mail_that_came_once(
    tmp_path: Path, office: CarefulPostOffice, dice: random.Random, seed: int, request: pytest.FixtureRequest,
    tell: Callable[[str], None]
) -> None:
    kills = request.config.getoption("--kills")
    site = Mortal(tmp_path, office)
    make(site, tmp_path, schools=20 + kills // 5)
    site.begin_and_wait()
    person = administrator(site)
    site.close()
    people = People(site, dice)
    pressers = Pressers(site, person, people, Journal(tmp_path / "presses.jsonl"), random.Random(dice.random()))
    lives = Lives(site, office, pressers, dice)
    with pressers.at_work():
        lives.spend(kills)
        office.faults.rates = AT_THE_END
        _drain(site, office, pressers)
    reckoning = Reckoning(site, people, office, pressers.journal, lives.kills)
    tell(f"struck at: {dict(lives.struck.most_common())}")
    wrongs = {str(fault): count for fault, count in office.wrongs.items()}
    tell(f"deaths with in hand: {dict(lives.left)}; wrongs of the mail server: {wrongs}")
    tell(f"seed {seed}: {reckoning}")
    reckoning.check()
    if kills >= 200:
        _expect_that_much_was_tried(lives, reckoning)


def _drain(site: Mortal, office: CarefulPostOffice, pressers: Pressers) -> None:
    """All that was pressed leaves; what was maybe sent is sent again, where a page offers it."""
    site.begin_and_wait()
    pressers.wait_until_done()
    site.close()
    site.let_time_pass()
    site.begin_and_wait()
    site.wait_until_nothing_leaves(120)
    office.faults.rates = {}
    pressers.give("all again")
    pressers.wait_until_done()
    site.wait_until_nothing_leaves(60)
    assert not pressers.went_wrong, pressers.went_wrong[:5]
    site.close()


def _expect_that_much_was_tried(lives: Lives, reckoning: Reckoning) -> None:
    """A test that never strikes where it hurts would prove nothing."""
    wanted = [f"point {point}" for point in POINTS] + [f"call {call}" for call in CALLS] + ["press", "answer", "moment"]
    missed = [name for name in wanted if not lives.struck[name]]
    assert not missed, f"never struck at {missed}"
    assert all(lives.left[what] for what in ("queued", "sending", "in_data")), lives.left
    assert reckoning.repeated, "nobody pressed twice"
    assert reckoning.copies > 5, "hardly anybody got a second copy by Send again"
