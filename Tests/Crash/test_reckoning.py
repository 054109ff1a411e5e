"""The reckoning finds what is lost, unexpected or twice: a check that cannot fail would prove nothing."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import processes
import pytest
from careful_post_office import CarefulPostOffice
from district_of_presses import People, administrator, make
from journal import Journal
from mortal import Mortal
from pressers import Pressers
from reckoning import Reckoning

MAILS = 5
VICTIM = "(SELECT min(id) FROM mail)"


def test_whatever_is_amiss_is_found(tmp_path: Path, office: CarefulPostOffice, dice: random.Random) -> None:
    office.faults.rates = {}
    site = Mortal(tmp_path, office)
    make(site, tmp_path, schools=2)
    site.begin_and_wait()
    person = administrator(site)
    people = People(site, dice)
    pressers = Pressers(site, person, people, Journal(tmp_path / "presses.jsonl"), dice)
    with pressers.at_work():
        site.rise()
        pressers.give(*["one"] * MAILS)
        processes.until(lambda: office.taken == MAILS, 30, "all mails leave")
        site.wait_until_nothing_leaves(30)
    site.close()

    def reckoning() -> Reckoning:
        return Reckoning(site, people, office, pressers.journal, kills=0)

    reckoning().check()
    whole = tmp_path / "whole.sqlite"
    shutil.copy(site.file, whole)
    letters = office.journal.file.read_text()

    def amiss(what: str, change: str = "", letters_now: Callable[[list[str]], list[str]] = list) -> None:
        shutil.copy(whole, site.file)
        if change:
            with sqlite3.connect(site.file) as line:
                line.executescript(change)
            line.close()
        office.journal.file.write_text("".join(letters_now(letters.splitlines(keepends=True))))
        found = reckoning()
        assert getattr(found, what), f"{change}: {found}"
        with pytest.raises(AssertionError):
            found.check()

    for state in ("queued", "sending", "in_data", "deferred"):
        amiss("lost", f"UPDATE mail SET state = '{state}' WHERE id = {VICTIM}")
    amiss("lost", f"DELETE FROM mail WHERE id = {VICTIM}")
    amiss("lost", "DELETE FROM mail; DELETE FROM mailing_skip; DELETE FROM mailing")
    amiss("lost", letters_now=lambda lines: lines[1:])
    amiss("unexpected", f"UPDATE mail SET state = 'failed' WHERE id = {VICTIM}")
    amiss("unexpected", f"UPDATE mail SET address = 'else@people.test' WHERE id = {VICTIM}")
    amiss("unexpected", "UPDATE mailing SET act_id = id WHERE id = (SELECT min(id) FROM mailing)")
    amiss("unexpected", letters_now=lambda lines: [*lines, '{"mail": "none", "recipient": "who", "link": ""}\n'])
    amiss("twice", letters_now=lambda lines: [*lines, lines[0]])
    amiss("unsound", "UPDATE account SET mail_state = 'queued' WHERE mail_state IS NOT NULL")
