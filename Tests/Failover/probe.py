"""Asks every server, several times a second, for a page that needs the database and whether it is ready."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import processes
from classroom import at
from fleet import Server
from visitor import Visitor

PAGE, READINESS = "/account", "/readyz"
WELL, AWAY = 200, 503


@dataclass(frozen=True)
class Reading:
    """One answer; the times are in seconds, `began` by the monotonic clock."""

    began: float
    took: float
    status: int
    says_when: bool


class Probe:
    """`person` is signed in, so that a page of theirs has to be looked up."""

    def __init__(self, servers: list[Server], person: Visitor) -> None:
        self._end = threading.Event()
        self.readings: dict[tuple[str, str], list[Reading]] = {
            (server.name, path): [] for server in servers for path in (PAGE, READINESS)}
        self._threads = [
            threading.Thread(target=self._ask, args=(server, person, path))
            for server in servers for path in (PAGE, READINESS)]

    @contextmanager
    def asking(self) -> Iterator["Probe"]:
        with processes.beside(self._threads, self._end):
            yield self

    def wait_until_away(self, since: float, seconds: float = 15) -> None:
        """Ends when every server has said on both pages that it is away."""
        processes.until(lambda: all(
            any(each.began > since and each.status == AWAY for each in found) for found in self.readings.values()
        ), seconds, "every server says that it is away")

    def wait_until_well(self, since: float, seconds: float = 30) -> None:
        """Ends when every server has answered on both pages as ever, three times in a row since then."""
        processes.until(lambda: all(
            [each.began > since and each.status == WELL for each in found[-3:]] == [True] * 3
            for found in self.readings.values()
        ), seconds, "every server answers again")

    def check(self, slowest: float) -> None:
        """Every answer was a page or said when to come again, and none took longer."""
        for (name, path), found in self.readings.items():
            away = [each for each in found if each.status == AWAY]
            longest = max((each.took for each in away), default=0.0)
            span = away[-1].began + away[-1].took - away[0].began if away else 0.0
            print(f"{name}{path}: {len(found)} answers, {len(away)} of them 503 over {span:.1f} s, "
                  f"the slowest 503 after {longest:.2f} s, the slowest of all after {max(e.took for e in found):.2f} s")
        for where, found in self.readings.items():
            strange = [each for each in found if each.status not in (WELL, AWAY)]
            assert not strange, f"{where}: {strange[:5]}"
            silent = [each for each in found if each.status == AWAY and not each.says_when]
            assert not silent, f"{where}: no Retry-After: {silent[:5]}"
            late = [each for each in found if each.took > slowest]
            assert not late, f"{where}: too late: {late[:5]}"

    def _ask(self, server: Server, person: Visitor, path: str) -> None:
        found = self.readings[server.name, path]
        while not self._end.is_set():
            asked = at(server, person, patience=30)
            began = time.monotonic()
            try:
                answer = asked.send("GET", path)
                status, says_when = answer.status, "Retry-After" in answer.headers
            except (OSError, http.client.HTTPException):
                status, says_when = 0, False
            found.append(Reading(began, time.monotonic() - began, status, says_when))
            asked.connection.close()
            self._end.wait(0.1)
