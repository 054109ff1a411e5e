"""A disk that is full, or that fails, for as long as a test wants."""

import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mortal import Mortal


@dataclass(frozen=True)
class Trouble:
    """The system call that fails, and how."""

    name: str
    call: str
    error: str
    # Which of the calls of each thread, as strace has it: all of them.
    when: str = "1+"

    @property
    def injection(self) -> list[str]:
        return ["-e", f"trace={self.call}", "-e", f"inject={self.call}:error={self.error}:when={self.when}"]

    @contextmanager
    def striking(self, site: Mortal) -> Iterator[None]:
        """All such calls of the program that runs fail, of all of its threads. It may end meanwhile."""
        watch = subprocess.Popen(
            ["strace", "-f", "-o", "/dev/null", *self.injection, "-p", str(site.process.pid)], stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True)
        try:
            said = watch.stderr.readline()
            assert "attached" in said, (
                f"strace cannot attach, so that nothing is proved: {said}{watch.stderr.read()}. As root, or with "
                "kernel.yama.ptrace_scope = 0, it can.")
            # It goes on to talk of new threads, and would stop at a full pipe.
            threading.Thread(target=watch.stderr.read, daemon=True).start()
            yield
        finally:
            watch.send_signal(signal.SIGINT)
            watch.wait(10)

    @property
    def prefix(self) -> list[str]:
        """Stands before a program for which it is so from the start."""
        return ["strace", "-D", "-f", "-qq", "-o", "/dev/null", *self.injection]


FULL = Trouble("full", "pwrite64", "ENOSPC")
FAILING = Trouble("failing", "fdatasync", "EIO")
# Some commits succeed, also between those of one mail that fail.
ALMOST_FULL = Trouble("almost full", "pwrite64", "ENOSPC", when="7+9")
FLAKY = Trouble("flaky", "fdatasync", "EIO", when="2+2")
