"""How and when the program is killed."""

import random
from dataclasses import dataclass

from careful_post_office import POINTS

# Killed at the entry of the so-manieth of these calls of one thread: while a commit is written to the log, when it is written
# and not yet forced to the disk, and when it is done and nobody has been told.
CALLS = {"pwrite64": 400, "fdatasync": 10, "write,writev,sendto,sendmsg": 30}
# A line to the mail server is opened but once or twice in a life.
RARE = ("greeting", "EHLO")


@dataclass(frozen=True)
class Blow:
    """`kind` says what is counted or waited for; of a moment, `count` is in milliseconds after the start."""

    kind: str
    at: str = ""
    count: int = 1

    @property
    def name(self) -> str:
        return f"{self.kind} {self.at}".strip()

    @property
    def strace(self) -> list[str]:
        """What stands before the program, so that it dies at its system call."""
        if self.kind != "call":
            return []
        return tracing(self.at, f"signal=SIGKILL:when={self.count}")


def tracing(calls: str, injection: str) -> list[str]:
    """The program is the child all the same: strace stands aside (-D). With --seccomp-bpf, strace 6.1 counts no calls."""
    return [
        "strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}", "-e",
        f"inject={calls}:{injection}"]


def blows(dice: random.Random):
    """One after the other, all kinds of them about as often."""
    while True:
        kinds = ["moment", "point", "point", "press", "answer", "call", "call"]
        dice.shuffle(kinds)
        for kind in kinds:
            match kind:
                case "moment": yield Blow(kind, count=dice.randrange(800))
                case "point":
                    point = dice.choice(POINTS)
                    yield Blow(kind, point, 1 if point in RARE else dice.randint(1, 5))
                case "call":
                    calls = dice.choice(list(CALLS))
                    # As often in the first tens as in the last.
                    yield Blow(kind, calls, int(CALLS[calls] ** dice.random()))
                case _: yield Blow(kind, count=dice.randint(1, 4))
