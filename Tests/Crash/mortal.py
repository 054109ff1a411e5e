"""The program on SQLite in a fresh data folder, which dies and comes back."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import processes
from careful_post_office import CarefulPostOffice
from district import PROGRAM, Program

# Lines to the mail server at the same time: on each, one mail may be between its body and the answer.
LINES = 4


class _NoLogin:
    """What a program needs to know of a mail server that asks for no password."""

    password_file = ca_file = ""

    def __init__(self, url: str) -> None:
        self.url = url


class Mortal(Program):
    def __init__(self, folder: Path, post_office: CarefulPostOffice) -> None:
        super().__init__(folder, _NoLogin(post_office.url))
        self.port = processes.free_ports(1)[0]
        self.url = f"http://127.0.0.1:{self.port}"
        del self.environment["FIRSTBELL_SMTP_PASSWORD_FILE"], self.environment["FIRSTBELL_SMTP_CA_FILE"]
        self.environment |= {
            "FIRSTBELL_LISTEN": f"127.0.0.1:{self.port}", "FIRSTBELL_PUBLIC_URL": self.url,
            "FIRSTBELL_SMTP_CONNECTIONS": str(LINES),
        }
        self.file = folder / "data" / "firstbell.sqlite"
        self._lives = threading.Condition()
        # How often it was ready.
        self.life = 0
        self.is_over = False

    def begin(self, prefix: list[str] | None = None) -> None:
        """Starts it, behind what is to watch it; it ends when the thread that started it does."""
        assert PROGRAM.exists(), f"{PROGRAM} is not built; bin/test builds it"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *(prefix or []), str(PROGRAM), "serve"], cwd=self.folder,
                env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def begin_and_wait(self) -> None:
        self.begin()
        self.wait_until_ready()
        self.rise()

    @property
    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def rise(self) -> None:
        """Tells those who wait that it is there again."""
        with self._lives:
            self.life += 1
            self._lives.notify_all()

    def wait_for_life(self, after: int) -> bool:
        """Ends with the first life after that one; false when there will be none."""
        with self._lives:
            self._lives.wait_for(lambda: self.life > after or self.is_over)
            return not self.is_over

    def end_of_lives(self) -> None:
        with self._lives:
            self.is_over = True
            self._lives.notify_all()

    def kill(self) -> None:
        """kill -9: without a word to anybody. May be said by any thread."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)

    def wait_for_end(self, seconds: float) -> bool:
        try:
            self.process.wait(max(0.0, seconds))
            return True
        except subprocess.TimeoutExpired:
            return False

    @contextlib.contextmanager
    def look(self) -> Iterator[sqlite3.Connection]:
        """Reads the database, alive or dead, and leaves it as it is: who may only read makes no checkpoint."""
        line = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=10)
        try:
            yield line
        finally:
            line.close()

    def rows(self, query: str, *values: object) -> list[tuple]:
        with self.look() as line:
            return line.execute(query, values).fetchall()

    def number(self, query: str, *values: object) -> int:
        return self.rows(query, *values)[0][0]

    def let_time_pass(self) -> None:
        """As if the hours had gone by until what was deferred is tried again. Only while it is closed."""
        assert self.process.poll() is not None
        with sqlite3.connect(self.file) as line:
            line.execute("UPDATE mail SET due_at = 0 WHERE state = 'deferred'")
        line.close()

    def wait_until_nothing_leaves(self, seconds: float) -> None:
        """Ends when all that was pressed has left or will not."""
        end = time.monotonic() + seconds
        while True:
            waiting = self.rows(
                "SELECT state, count(*) FROM mail WHERE state IN ('queued', 'sending', 'in_data') GROUP BY state "
                "UNION ALL SELECT 'mailing', count(*) FROM mailing WHERE is_queueing OR is_moving HAVING count(*) > 0")
            if not waiting:
                return
            assert self.process.poll() is None, f"the program ended: {self.log.read_text()[-2000:]}"
            assert time.monotonic() < end, f"still to leave after {seconds} s: {waiting}"
            time.sleep(0.1)
