"""How and when the program is killed."""

import random
from collections.abc import Iterable, Iterator
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


def blows(dice: random.Random) -> Iterator[Blow]:
    """One after the other, all kinds of them about as often."""
    def often(most: int) -> int:
        # As often below the root of it as above.
        return int(most ** dice.random())

    points, calls = _in_turn(POINTS, dice), _in_turn(CALLS, dice)
    for kind in _in_turn(("moment", "point", "point", "press", "answer", "call", "call"), dice):
        match kind:
            case "moment": yield Blow(kind, count=dice.randrange(1_000))
            case "point":
                point = next(points)
                yield Blow(kind, point, 1 if point in RARE else often(12))
            case "call":
                call = next(calls)
                yield Blow(kind, call, often(CALLS[call]))
            case _: yield Blow(kind, count=dice.randint(1, 2))


def _in_turn(things: Iterable[str], dice: random.Random) -> Iterator[str]:
    """All of them again and again, shuffled each time."""
    while True:
        yield from dice.sample(list(things), len(list(things)))
