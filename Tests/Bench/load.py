"""Asking a server as fast as it answers."""

import multiprocessing
import statistics
import subprocess
import time
import urllib.request
from dataclasses import dataclass

from visitor import Visitor


@dataclass(frozen=True)
class Times:
    """How long answers took, in seconds."""

    all: list[float]

    def percentile(self, share: float) -> float:
        ordered = sorted(self.all)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def median(self) -> float:
        return statistics.median(self.all)


def times(visitor: Visitor, path: str, count: int) -> Times:
    """One visitor asks for one page again and again."""
    found = []
    for _ in range(count):
        begin = time.perf_counter()
        status, _, _ = visitor.ask("GET", path)
        found.append(time.perf_counter() - begin)
        assert status == 200, f"GET {path}: {status}"
    return Times(found)


def sign_ins(visitor: Visitor, username: str, password: str, count: int) -> Times:
    """One person signs in again and again."""
    found = []
    for _ in range(count):
        begin = time.perf_counter()
        assert visitor.sign_in(username, password)
        found.append(time.perf_counter() - begin)
    return Times(found)


def waits_for_the_database(visitor: Visitor, count: int) -> Times:
    """How long a sign-in waits before a password is looked at: tries for a name that has to wait are counted in the database like
    all, and answered then."""
    found = []
    while len(found) < count:
        begin = time.perf_counter()
        status, _, _ = visitor.ask("POST", "/sign-in", [("username", "nobody here"), ("password", "a guess")])
        if status == 429:
            found.append(time.perf_counter() - begin)
    return Times(found)


def wait_until_ready(url: str, server: subprocess.Popen) -> None:
    while True:
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=5).close()
            return
        except OSError:
            assert server.poll() is None, "the server has ended"
            time.sleep(0.002)


def sign_in_for(job: tuple[str, str, str, float, str | None]) -> int:
    url, username, password, seconds, host = job
    visitor, count, end = Visitor(url, public=host), 0, time.monotonic() + seconds
    while time.monotonic() < end:
        assert visitor.sign_in(username, password)
        count += 1
    return count


def sign_ins_a_second(
    urls: list[str], usernames: list[str], password: str, seconds: float, beside: Visitor, page: str,
    host: str | None = None
) -> tuple[float, Times]:
    """Sign-ins of several people, each over a connection of their own, in turn to each of the servers, and how long another
    person's page takes meanwhile, who asks ten times a second. `host` is the public address, where the servers stand behind one."""
    with multiprocessing.get_context("spawn").Pool(len(usernames)) as pool:
        waiting = pool.map_async(sign_in_for, [
            (urls[number % len(urls)], username, password, seconds, host) for number, username in enumerate(usernames)])
        found, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            found += times(beside, page, 1).all
            time.sleep(0.1)
        return sum(waiting.get()) / seconds, Times(found)
