"""Clients that write one row after the other and remember which were acknowledged."""

import itertools
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import processes
import psycopg
from cluster import Cluster


class Writers:
    """Each row is a transaction of its own; where the database is away, its writer tries again with the next row."""

    def __init__(self, cluster: Cluster, count: int = 4) -> None:
        self._cluster = cluster
        self._numbers = itertools.count()
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(count)]
        self._lock = threading.Lock()
        self.acknowledged: set[int] = set()
        self.unanswered: set[int] = set()
        self._last = 0.0

    @contextmanager
    def writing(self) -> Iterator["Writers"]:
        primary = self._cluster.primary
        assert primary, "there is a primary"
        self._cluster.sql(primary, "CREATE TABLE IF NOT EXISTS written (number BIGINT PRIMARY KEY)", role="firstbell")
        with processes.beside(self._threads, self._end):
            yield self

    def wait_for_more(self, count: int, seconds: float = 30) -> float:
        """Ends when that many more rows are acknowledged; returns how long the first of them took."""
        begin, before = time.monotonic(), len(self.acknowledged)
        first = None
        while len(self.acknowledged) < before + count:
            if first is None and len(self.acknowledged) > before:
                first = time.monotonic() - begin
            assert time.monotonic() - begin < seconds, f"no {count} rows in {seconds} s"
            assert any(thread.is_alive() for thread in self._threads), "the writers have ended"
            time.sleep(0.01)
        return first or time.monotonic() - begin

    def check(self) -> None:
        """Nothing that was acknowledged is lost, and nothing is there that nobody wrote."""
        primary = self._cluster.primary
        assert primary, "there is a primary"
        there = {int(line) for line in self._cluster.sql(primary, "SELECT number FROM written").split()}
        lost = self.acknowledged - there
        assert not lost, f"acknowledged and lost: {sorted(lost)[:20]}"
        invented = there - self.acknowledged - self.unanswered
        assert not invented, f"there and never written: {sorted(invented)[:20]}"

    def _write(self) -> None:
        connection: psycopg.Connection | None = None
        while not self._end.is_set():
            number = next(self._numbers)
            try:
                if connection is None:
                    connection = psycopg.connect(
                        self._cluster.url, password=self._cluster.passwords["firstbell"], connect_timeout=2,
                        autocommit=True)
                with self._lock:
                    self.unanswered.add(number)
                connection.execute("INSERT INTO written (number) VALUES (%s)", (number,))
                with self._lock:
                    self.unanswered.remove(number)
                    self.acknowledged.add(number)
            except psycopg.OperationalError:
                if connection is not None:
                    connection.close()
                connection = None
                self._end.wait(0.05)
