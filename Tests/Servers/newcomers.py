"""Students on their first day, many at the same time, who remember what they were told."""

import http.client
import random
import re
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import processes
import roster
from classroom import PASSWORD, administrator, press_send, students_with_address
from database import Database
from fleet import Fleet, Server
from mailing import Mailing
from slow_post_office import SlowPostOffice
from visitor import Answer, Visitor, local

ACTIVE, CLOSED, AWAY = 303, 404, 503


class Newcomers:
    """Each opens the link, chooses a password and signs in, wherever the load balancer leads; who hears that the site is
    away tries again."""

    def __init__(self, servers: list[Server], links: dict[str, str], at_once: int = 12) -> None:
        self._servers = servers
        self._links = links
        self._at_once = at_once
        self._end = threading.Event()
        self._lock = threading.Lock()
        # Usernames: told that the password is theirs, and let in with it.
        self.active: set[str] = set()
        self.let_in: set[str] = set()
        # Told that the link is spent, after an answer that left it open whether it was.
        self.spent: set[str] = set()
        # How often each step heard that the site is away, and what nobody should hear.
        self.away: Counter[str] = Counter()
        self.strange: list[str] = []

    @contextmanager
    def arriving(self) -> Iterator["Newcomers"]:
        with ThreadPoolExecutor(self._at_once) as door:
            students = [door.submit(self._arrive, username, link) for username, link in self._links.items()]
            try:
                yield self
            finally:
                self._end.set()
        # What went wrong in a thread is told here.
        for student in students:
            student.result()

    def wait_for_active(self, count: int, seconds: float = 60) -> None:
        processes.until(lambda: len(self.active) >= count, seconds, f"{count} students are active")

    def wait_until_all_are_in(self, seconds: float) -> None:
        processes.until(lambda: len(self.let_in) == len(self._links) or bool(self.strange), seconds, "everybody is in")

    def check(self) -> None:
        """Whatever was told still holds, at any server."""
        assert not self.strange, f"{len(self.strange)} answers that nobody should get: {self.strange[:10]}"
        assert self.active | self.spent == set(self._links), "everybody came to an end"
        self._end.clear()
        with ThreadPoolExecutor(self._at_once) as door:
            answers = dict(zip(self._links, door.map(self._sign_in, self._links)))
        lost = [f"{who}: {answer and words(answer)}" for who, answer in answers.items() if not answer or answer.status != 303]
        assert not lost, f"active and not let in: {lost[:10]}"

    def _sign_in(self, username: str) -> Answer | None:
        form = [("username", username), ("password", PASSWORD)]
        return self._insist("sign in", lambda person: person.send("POST", "/sign-in", form))[0]

    def _arrive(self, username: str, link: str) -> None:
        path = local(link)
        opened, _ = self._insist("open", lambda person: person.send("GET", path))
        if opened is None:
            return
        if opened.status != 200:
            self._wonder(username, "open", opened)
        chosen, away = self._insist("choose", lambda person: person.send("POST", path, [("password", PASSWORD)]))
        if chosen is None:
            return
        with self._lock:
            if chosen.status == ACTIVE:
                self.active.add(username)
            elif chosen.status == CLOSED and away:
                self.spent.add(username)
        if chosen.status != ACTIVE and not (chosen.status == CLOSED and away):
            self._wonder(username, "choose", chosen)
        entered = self._sign_in(username)
        if entered is None:
            return
        if entered.status != 303:
            self._wonder(username, "sign in", entered)
            return
        with self._lock:
            self.let_in.add(username)

    def _insist(self, step: str, ask: Callable[[Visitor], Answer]) -> tuple[Answer | None, int]:
        """The first answer that is one, and how often there was none before; no answer when it is time to go home."""
        away = 0
        while not self._end.is_set():
            server = random.choice(self._servers)
            try:
                answer = ask(server.visitor(patience=60))
            except (OSError, http.client.HTTPException) as reason:
                with self._lock:
                    self.strange.append(f"{step} at {server.name}: {reason!r}")
            else:
                if answer.status != AWAY:
                    return answer, away
                if "Retry-After" not in answer.headers:
                    self._wonder(server.name, step, answer)
            away += 1
            with self._lock:
                self.away[step] += 1
            self._end.wait(0.3)
        return None, away

    def _wonder(self, who: str, step: str, answer: Answer) -> None:
        with self._lock:
            self.strange.append(f"{who}, {step}: {words(answer)}")


def words(answer: Answer) -> str:
    """The status, and the words of a page's main part."""
    text = "<h1" + answer.content.decode().split("<h1", 1)[-1].split("</main>", 1)[0]
    return f"{answer.status} " + " ".join(re.sub(r"<[^>]*>", " ", text).split())[:300]


def first_bell(
    fleet: Fleet, folder: Path, database: Database, post_office: SlowPostOffice, students: int, at_once: int
) -> None:
    """A whole school comes in at the same time, and nobody has to try twice."""
    links = links_of_a_school(fleet, folder, database, post_office, students)
    newcomers = Newcomers(fleet.servers, links, at_once)
    with newcomers.arriving():
        newcomers.wait_until_all_are_in(120)
    newcomers.check()
    assert newcomers.active == set(links)
    assert not newcomers.away, f"told that the site is away: {dict(newcomers.away)}"


def links_of_a_school(
    fleet: Fleet, folder: Path, database: Database, post_office: SlowPostOffice, students: int
) -> dict[str, str]:
    """Takes a roster of one school in and mails to all; returns the link of each username."""
    package = folder / "school.zip"
    roster.write(package, students)
    fleet.servers[0].run("roster", "import", str(package))
    person = administrator(fleet.servers[0], "ruth")
    Mailing(press_send(person, 0), database, post_office).wait_until_over(60)
    username = students_with_address(students, 0)
    links = {username[letter.recipient]: letter.link for letter in list(post_office.letters)}
    assert set(links) == set(username.values())
    return links
