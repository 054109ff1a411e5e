"""One life of the program after the other, each ended by a blow, while people press and mail leaves."""

import random
import threading
import time
from collections import Counter

from blows import Blow, blows
from careful_post_office import CarefulPostOffice
from mortal import Mortal
from pressers import Pressers

# Seconds of a life that no blow has ended.
LONGEST = 0.9


class Lives:
    def __init__(self, site: Mortal, office: CarefulPostOffice, pressers: Pressers, dice: random.Random) -> None:
        self._site = site
        self._office = office
        self._pressers = pressers
        self._dice = dice
        self.kills = 0
        # What struck, and what the dead had in hand.
        self.struck: Counter[str] = Counter()
        self.left: Counter[str] = Counter()

    def spend(self, count: int) -> None:
        for number, blow in zip(range(count), blows(self._dice)):
            self._pressers.give(*self._jobs(number))
            self._live(blow)
            assert not self._pressers.went_wrong, self._pressers.went_wrong[:5]

    def _jobs(self, number: int) -> list[str]:
        jobs = ["one"] * 2
        if number % 10 == 1:
            jobs.append("school")
        if number % 100 == 2:
            jobs.append("schools")
        if number % 5 == 3:
            jobs.append("again")
        self._dice.shuffle(jobs)
        return jobs

    def _live(self, blow: Blow) -> None:
        name = self._arm(blow)
        begin = time.monotonic()
        self._site.begin(blow.strace)
        timer = threading.Timer(blow.count / 1000, self._site.kill) if blow.kind == "moment" else None
        if timer:
            timer.start()
        while not self._site.is_ready and not self._site.wait_for_end(0.01):
            assert time.monotonic() - begin < 60, "the program is neither ready nor dead"
        if self._site.process.poll() is None:
            self._site.rise()
            if not self._site.wait_for_end(LONGEST):
                name = "the end of its time"
                self._site.kill()
        self._site.process.wait()
        if timer:
            timer.cancel()
        self._office.put_down()
        self._pressers.put_down()
        assert self._site.process.returncode == -9, (
            f"ended by itself with {self._site.process.returncode}: {self._site.log.read_text()[-2000:]}")
        self.kills += 1
        self.struck[name] += 1
        self._look_at_what_is_left()

    def _arm(self, blow: Blow) -> str:
        if blow.kind == "point":
            self._office.strike(blow.at, blow.count, self._site.kill)
        elif blow.kind in ("press", "answer"):
            self._pressers.strike(blow.kind, blow.count, self._site.kill)
        return blow.name

    def _look_at_what_is_left(self) -> None:
        states = dict(self._site.rows(
            "SELECT state, count(*) FROM mail WHERE state IN ('queued', 'sending', 'in_data') GROUP BY state"))
        self.left.update(name for name in ("queued", "sending", "in_data") if states.get(name))
        self.left["half a mailing"] += self._site.number("SELECT count(*) FROM mailing WHERE is_queueing") > 0
