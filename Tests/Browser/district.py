"""The built program with its demo district, run as an operator would run it."""

import json
import os
import queue
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from post_office import PostOffice, free_port

ROOT = Path(__file__).resolve().parents[2]
# Another build can be tested too, such as the one in .build/release.
PROGRAM = Path(os.environ.get("FIRSTBELL_TEST_PROGRAM", ROOT / ".build" / "debug" / "firstbell"))


@dataclass(frozen=True)
class Person:
    username: str
    password: str


class Program:
    """The program in a fresh folder; mail goes to the post office."""

    def __init__(self, folder: Path, post_office: PostOffice) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "firstbell.log"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("FIRSTBELL_")
        } | {
            "FIRSTBELL_DATA": str(folder / "data"),
            "FIRSTBELL_KEYRING": str(folder / "keyring"),
            "FIRSTBELL_LISTEN": f"127.0.0.1:{self.port}",
            "FIRSTBELL_PUBLIC_URL": self.url,
            "FIRSTBELL_SMTP_URL": post_office.url,
            "FIRSTBELL_SMTP_PASSWORD_FILE": str(post_office.password_file),
            "FIRSTBELL_SMTP_CA_FILE": str(post_office.ca_file),
        }

    def run(self, *command: str) -> str:
        """Runs a command to its end and returns what it says."""
        ran = subprocess.run(
            [PROGRAM, *command], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=120)
        assert ran.returncode == 0, f"firstbell {' '.join(command)}: exit {ran.returncode}: {ran.stderr}"
        return ran.stdout

    def start(self, *command: str) -> None:
        assert PROGRAM.exists(), f"{PROGRAM} is not built; bin/test builds it"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [PROGRAM, *command], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=log, text=True)

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the program did not stop within 30 s: {self.log.read_text()[-2000:]}") from None

    def wait_until_ready(self) -> None:
        end = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError):
                pass
            assert self.process.poll() is None, f"the program ended: {self.log.read_text()}"
            assert time.monotonic() < end, f"the program is not ready: {self.log.read_text()}"
            time.sleep(0.05)


class District(Program):
    """`firstbell demo --json`: a district of invented people."""

    options: tuple[str, ...] = ()

    def open(self) -> None:
        self.start("demo", "--port", str(self.port), "--json", *self.options)
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()
        try:
            facts = json.loads(lines.get(timeout=120))
        except (queue.Empty, json.JSONDecodeError) as reason:
            self.close()
            raise AssertionError(f"the demo printed no JSON first line: {self.log.read_text()}") from reason
        self.url = facts["url"].rstrip("/")
        self.administrator = Person(**facts["administrator"])
        self.teacher = Person(**facts["teacher"])
        self.student = Person(**facts["student"])
        self.wait_until_ready()

    def _read(self, lines: "queue.Queue[str]") -> None:
        for line in self.process.stdout:
            lines.put(line)
        lines.put("")


class RightToLeftDistrict(District):
    """One that also speaks a language that is read from the right, and longer than English."""

    options = ("--pseudo-language",)


class NewDistrict(Program):
    """`firstbell serve` on an empty data folder, with the first administrator's one-time link."""

    def open(self) -> None:
        self.run("keys", "create")
        said = self.run("staff", "add", "--administrator", "--username", "ruth", "--given", "Ruth", "--family", "Stone")
        found = re.search(r"https?://\S+/activate/\S+", said)
        assert found, f"staff add prints a link: {said}"
        self.first_link = found.group(0)
        self.start("serve")
        self.wait_until_ready()


Kind = TypeVar("Kind", District, NewDistrict)


@contextmanager
def running(program: Kind) -> Iterator[Kind]:
    """A program that is open for a while."""
    program.open()
    try:
        yield program
    finally:
        program.close()
