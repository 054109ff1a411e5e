"""The built program with its demo district, run as an operator would run it."""

import json
import os
import queue
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

from post_office import PostOffice, free_port

ROOT = Path(__file__).resolve().parents[2]
# Another build can be tested too, such as the one in .build/release.
PROGRAM = Path(os.environ.get("FIRSTBELL_TEST_PROGRAM", ROOT / ".build" / "debug" / "firstbell"))


@dataclass(frozen=True)
class Person:
    username: str
    password: str


class District:
    """`firstbell demo --json` in a fresh folder; mail goes to the post office."""

    def __init__(self, folder: Path, post_office: PostOffice) -> None:
        self.folder = folder
        self.post_office = post_office
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "firstbell.log"

    def open(self) -> None:
        assert PROGRAM.exists(), f"{PROGRAM} is not built; bin/test builds it"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("FIRSTBELL_")}
        environment |= {
            "FIRSTBELL_DATA": str(self.folder / "data"),
            "FIRSTBELL_KEYRING": str(self.folder / "keyring"),
            "FIRSTBELL_PUBLIC_URL": self.url,
            "FIRSTBELL_SMTP_URL": self.post_office.url,
            "FIRSTBELL_SMTP_PASSWORD_FILE": str(self.post_office.password_file),
            "FIRSTBELL_SMTP_CA_FILE": str(self.post_office.ca_file),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "demo", "--port", str(self.port), "--json"], cwd=self.folder, env=environment,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True,
            )
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
        self._wait_until_ready()

    def close(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the program did not stop within 30 s: {self.log.read_text()[-2000:]}") from None

    def _read(self, lines: "queue.Queue[str]") -> None:
        for line in self.process.stdout:
            lines.put(line)
        lines.put("")

    def _wait_until_ready(self) -> None:
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


@contextmanager
def running(folder: Path, post_office: PostOffice) -> Iterator[District]:
    """A district that is open for a while."""
    district = District(folder, post_office)
    district.open()
    try:
        yield district
    finally:
        district.close()
