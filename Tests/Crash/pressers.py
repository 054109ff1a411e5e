"""Administrators who press Send, write down each press and each answer, and press again when they got none."""

import http.client
import itertools
import queue
import random
import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from typing import Self

from district_of_presses import PASSWORD, SCHOOLS_OF_A_MASS, People
from journal import Journal
from mortal import Mortal
from visitor import Answer, Visitor, hidden

NO_ANSWER = (OSError, http.client.HTTPException)


class Pressers:
    """Some windows of one browser, whose session ends with no kill; the jobs are given out by the test."""

    def __init__(
        self, site: Mortal, person: Visitor, people: People, journal: Journal, dice: random.Random, count: int = 4
    ) -> None:
        self.journal = journal
        self._site = site
        self._person = person
        self._people = people
        self._dice = dice
        self._jobs: queue.Queue[str | None] = queue.Queue()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(count)]
        self._turn = threading.Lock()
        self._blow: tuple[str, int, Callable[[], None]] | None = None
        # Mailings of schools whose pages are looked at for mails that were maybe sent.
        self._mailings: list[str] = []
        self.went_wrong: list[str] = []
        # Presses that were answered with an error, by its status.
        self.refused: Counter[int] = Counter()

    @contextmanager
    def at_work(self):
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self._site.end_of_lives()
            for _ in self._threads:
                self._jobs.put(None)
            for thread in self._threads:
                thread.join(30)

    def give(self, *jobs: str) -> None:
        for job in jobs:
            self._jobs.put(job)

    def keep_pressing(self) -> Self:
        """Gives one more job where none waits."""
        if self._jobs.empty():
            self.give("one")
        return self

    def wait_until_done(self, seconds: float = 120) -> None:
        """Ends when nobody has anything left to press."""
        end = time.monotonic() + seconds
        with self._jobs.all_tasks_done:
            while self._jobs.unfinished_tasks and not self.went_wrong:
                assert self._jobs.all_tasks_done.wait(1) or time.monotonic() < end, "presses that never end"

    def strike(self, moment: str, count: int, blow: Callable[[], None]) -> None:
        """Strikes at the so-manieth press, or answer, from now on."""
        with self._turn:
            self._blow = (moment, count, blow)

    def put_down(self) -> None:
        with self._turn:
            self._blow = None

    def _pass(self, moment: str) -> None:
        with self._turn:
            if self._blow is None or self._blow[0] != moment:
                return
            _, count, blow = self._blow
            self._blow = (moment, count - 1, blow) if count > 1 else None
            # A press is struck while it is being answered.
            wait = self._dice.uniform(0, 0.03) if moment == "press" else 0
        if count == 1:
            threading.Timer(wait, blow).start() if wait else blow()

    def _work(self) -> None:
        self._site.wait_for_life(0)
        person = Visitor(self._site.url, patience=30)
        person.cookies = dict(self._person.cookies)
        while (job := self._jobs.get()) is not None:
            try:
                if not self._site.is_over:
                    self._do(job, person)
            except Exception as trouble:  # Told by the test, which would wait for this thread otherwise.
                self.went_wrong.append(f"{job}: {trouble!r}")
            finally:
                self._jobs.task_done()

    def _do(self, job: str, person: Visitor) -> None:
        match job:
            case "one":
                if student := self._people.one():
                    self._press_one(person, student)
            case "school": self._press_schools(person, self._people.schools(1))
            case "schools": self._press_schools(person, self._people.schools(SCHOOLS_OF_A_MASS))
            case "again": self._press_again(person, 4)
            case "all again": self._press_again(person, len(self._mailings))

    def _press_one(self, person: Visitor, student: str) -> None:
        drawn = _act()
        # The row's press is about this student: another act for each of the rows that were drawn.
        act = str(uuid.UUID(int=uuid.UUID(drawn).int ^ uuid.UUID(student).int))
        self._press(
            person, f"/admin/students/{student}/activation-email", [("act", drawn)], act=act, kind="one",
            students=[student])

    def _press_schools(self, person: Visitor, schools: list[str]) -> None:
        if not schools:
            return
        page = self._get(person, "/admin/students/send")
        if page is None:
            return
        assert all(f'value="{school}"' in page for school in schools), "the schools can be chosen"
        act = hidden(page, "act")
        answer = self._press(
            person, "/admin/students/send", [("act", act), *(("school", school) for school in schools)], act=act,
            kind="schools", schools=schools)
        if answer and answer.status == 303:
            with self._turn:
                self._mailings.append(answer.headers["Location"])

    def _press_again(self, person: Visitor, most: int) -> None:
        """Send again for what was maybe sent, as the pages of the mailings offer it."""
        with self._turn:
            mailings = self._dice.sample(self._mailings, min(most, len(self._mailings)))
        for mailing in mailings:
            page = self._get(person, mailing) or ""
            for path in re.findall(r'action="(/mailings/[0-9a-f-]+/mails/[0-9a-f-]+/again)"', page)[:4]:
                # Pressed once: whether it was heard stands on the page, which is opened anew.
                self._press(
                    person, path, [("act", _act())], insists=False, kind="again", mail=path.split("/")[4])

    def _get(self, person: Visitor, path: str) -> str | None:
        """A page, whenever there is one."""
        while not self._site.is_over:
            life = self._site.life
            try:
                self._connect(person)
                answer = person.send("GET", path)
                if answer.status == 200:
                    return answer.content.decode()
                if answer.status >= 500:
                    self._site.wait_for_life(life)
                    continue
                assert answer.status == 303, f"GET {path}: {answer.status} {answer.content[:300]!r}"
                self._sign_in(person)
            except NO_ANSWER:
                self._site.wait_for_life(life)
        return None

    @staticmethod
    def _connect(person: Visitor) -> None:
        """Opens a connection of its own for what comes: the one before may be to a program that is dead."""
        person.connection.close()
        person.connection.connect()

    def _sign_in(self, person: Visitor) -> None:
        person.cookies.clear()
        status, _, _ = person.ask("POST", "/sign-in", [("username", "ruth"), ("password", PASSWORD)])
        # Tries that a kill ended count as wrong ones for a while.
        if status == 429 or status >= 500:
            raise ConnectionError(f"signing in: {status}")
        assert status == 303, f"ruth is let in: {status}"

    def _press(
        self, person: Visitor, path: str, form: list[tuple[str, str]], insists: bool = True, **facts: object
    ) -> Answer | None:
        """Presses, and with the same act again until there is an answer; one of eight goes away instead."""
        press = next(_numbers)
        for attempt in itertools.count():
            if self._site.is_over:
                return None
            life = self._site.life
            try:
                self._connect(person)
                if not person.cookies:
                    self._sign_in(person)
            except NO_ANSWER:
                self._site.wait_for_life(life)
                continue
            self.journal.note(what="press", press=press, attempt=attempt, **facts)
            try:
                self._pass("press")
                answer = person.send("POST", path, form)
            except NO_ANSWER:
                if not self._comes_back(insists, life):
                    return None
                continue
            where = answer.headers.get("Location", "")
            self.journal.note(what="answer", press=press, status=answer.status, where=where)
            if answer.status >= 500:
                with self._turn:
                    self.refused[answer.status] += 1
                if not self._comes_back(insists, life):
                    return None
                continue
            if where.startswith("/sign-in"):
                person.cookies.clear()
                continue
            self._pass("answer")
            return answer
        return None


    def _comes_back(self, insists: bool, life: int) -> bool:
        """Most wait until the site works again; one of eight goes home."""
        with self._turn:
            gives_up = self._dice.random() < 1 / 8
        return insists and not gives_up and self._site.wait_for_life(life)


_numbers = itertools.count()


def _act() -> str:
    """An id as a form is made with: UUIDv7."""
    value = (time.time_ns() // 1_000_000) << 80 | random.getrandbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    return str(uuid.UUID(int=value & ~(0x3 << 62) | 0x2 << 62))
