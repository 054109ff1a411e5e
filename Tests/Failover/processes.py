"""Processes that are started, found and ended by the folder in which they work."""

import os
import pwd
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# PostgreSQL refuses to run as root.
OWNER = "postgres" if os.geteuid() == 0 else None


def give(path: Path) -> None:
    """Makes the file or folder belong to whoever runs the servers."""
    if OWNER:
        person = pwd.getpwnam(OWNER)
        os.chown(path, person.pw_uid, person.pw_gid)


def start(command: list[str], folder: Path, log: Path) -> subprocess.Popen:
    """Starts a server that is asked to end when this process ends, however it ends."""
    # The kernel sends that signal when the starting *thread* ends.
    assert threading.current_thread() is threading.main_thread(), "servers are started by the main thread"
    prefix = ["setpriv", "--pdeathsig", "TERM"]
    if OWNER:
        prefix += ["--reuid", OWNER, "--regid", OWNER, "--init-groups"]
    # Nobody's settings for PostgreSQL, Patroni or etcd reach the servers.
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    with log.open("ab") as output:
        return subprocess.Popen(
            prefix + command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True)


def working_in(folder: Path) -> list[int]:
    """All processes that work in the folder or below: a server's children among them, other people's servers never."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                place = Path(os.readlink(entry / "cwd"))
            except OSError:
                continue
            if place == folder or folder in place.parents:
                found.append(int(entry.name))
    return sorted(found)


def tell(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        try:
            os.kill(process, number)
        except ProcessLookupError:
            pass


def kill_all(folder: Path, first: list[int]) -> None:
    """Kills those named first, in that order, then whatever works in the folder until nothing does."""
    tell(first, signal.SIGKILL)

    def gone() -> bool:
        left = working_in(folder)
        tell(left, signal.SIGKILL)
        return not left

    until(gone, 10, f"the processes in {folder} are gone")


@contextmanager
def beside(threads: list[threading.Thread], end: threading.Event) -> Iterator[None]:
    """Threads that work meanwhile, and stop when they see the end."""
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        end.set()
        for thread in threads:
            thread.join(timeout=60)


def until(condition: Callable[[], bool], seconds: float, what: str) -> float:
    """Waits for the condition; returns how long that took."""
    begin = time.monotonic()
    while not condition():
        assert time.monotonic() - begin < seconds, f"not within {seconds} s: {what}"
        time.sleep(0.02)
    return time.monotonic() - begin


def free_ports(count: int) -> list[int]:
    """Ports below those that outgoing connections take: a port stays free while its server is down."""
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    ports: list[int] = []
    for port in random.sample(range(12_000, lowest), lowest - 12_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports.append(port)
        if len(ports) == count:
            break
    return ports
