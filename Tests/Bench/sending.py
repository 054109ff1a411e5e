"""How fast mail leaves, beside Postfix's own tools: all into the same sink on loopback, over four lines."""

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import load
import roster
from visitor import PASSWORD, Visitor, hidden

if TYPE_CHECKING:
    from bench import Bench

MAILS = 10_000
# Four of five students have an address.
STUDENTS = MAILS * 5 // 4
LINES = 4


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def sink() -> Iterator[int]:
    """A mail server that takes everything and keeps nothing."""
    port = free_port()
    process = subprocess.Popen(
        ["smtp-sink", "-u", "nobody", f"127.0.0.1:{port}", "100"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=10)


def wait_for_port(port: int) -> None:
    end = time.monotonic() + 10
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            assert time.monotonic() < end, f"nobody listens at {port}"
            time.sleep(0.02)


def source(port: int, lines: int, size: int) -> float:
    """Seconds in which Postfix's generator sends as many mails of that size over so many kept lines."""
    begin = time.monotonic()
    subprocess.run(
        ["smtp-source", "-d", "-s", str(lines), "-m", str(MAILS), "-l", str(size), "-f", "bell@district.test", "-t",
         "student@people.test", f"127.0.0.1:{port}"], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begin


@contextmanager
def postfix(folder: Path, relay: int) -> Iterator[int]:
    """A Postfix of its own that hands everything on to the sink."""
    port = free_port()
    configuration = folder / "postfix"
    for part in (configuration, folder / "queue", folder / "postfix-data"):
        part.mkdir()
    subprocess.run(["chown", "postfix", folder / "postfix-data"], check=True)
    folder.chmod(0o755)
    (configuration / "main.cf").write_text(f"""compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/postfix-data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = bench.test
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relayhost = [127.0.0.1]:{relay}
default_destination_concurrency_limit = {LINES}
initial_destination_concurrency = {LINES}
in_flow_delay = 0
smtpd_peername_lookup = no
disable_dns_lookups = yes
maillog_file_prefixes = {folder}
maillog_file = {folder}/postfix.log
""")
    services = Path("/usr/share/postfix/master.cf.dist").read_text().splitlines()
    kept = [line for line in services if not re.match(r"(smtp\s+inet|#|\s*$)", line)]
    (configuration / "master.cf").write_text(
        f"127.0.0.1:{port} inet n - n - - smtpd\npostlog unix-dgram n - n - 1 postlogd\n"
        + "\n".join(line.replace(" y ", " n ") for line in kept if not line.startswith("postlog")) + "\n")
    run = ["postfix", "-c", str(configuration)]
    subprocess.run([*run, "start"], check=True, capture_output=True)
    try:
        wait_for_port(port)
        yield port
    finally:
        subprocess.run([*run, "stop"], check=False, capture_output=True)


def waiting(queue: Path) -> int:
    return sum(len(files) for part in ("maildrop", "incoming", "active", "deferred") for _, _, files in os.walk(queue / part))


def measure(bench: "Bench") -> None:
    """On a district of its own, in the folder of the bench."""
    with sink() as port:
        bench.environment |= {
            "FIRSTBELL_SMTP_URL": f"smtp://127.0.0.1:{port}?tls=none", "FIRSTBELL_SMTP_CONNECTIONS": str(LINES)}
        bench.command("keys", "create")
        package = bench.folder / "roster.zip"
        roster.write(package, STUDENTS)
        bench.command("roster", "import", str(package))
        link = bench.administrator()
        with (bench.folder / "server.log").open("wb") as log:
            bench.server = subprocess.Popen(
                [bench.program, "serve"], env=bench.environment, cwd=bench.folder, stdout=log, stderr=log)
            try:
                load.wait_until_ready(bench.url, bench.server)
                ours, cpu, size = send(bench, link)
            finally:
                bench.server.send_signal(signal.SIGTERM)
                bench.server.wait(timeout=60)
        one, four = source(port, 1, size), source(port, LINES, size)
        with postfix(bench.folder, port) as smtpd:
            begin = time.monotonic()
            source(smtpd, LINES, size)
            while waiting(bench.folder / "queue"):
                time.sleep(0.05)
            relayed = time.monotonic() - begin
    said = f"{MAILS / ours:.0f} a second, {cpu / MAILS * 1000:.2f} CPU ms a mail"
    for name, theirs in (("Postfix's own queue", relayed), ("smtp-source, 1 line", one), (f"smtp-source, {LINES} lines", four)):
        bench.add(
            f"send {MAILS:,} mails of {size:,} bytes over {LINES} lines, beside {name}", said,
            f"{MAILS / theirs:.0f} a second", theirs / ours, 0)


def send(bench: "Bench", link: str) -> tuple[float, float, int]:
    """Seconds until every mail was accepted, CPU seconds of it, and the bytes of a mail."""
    admin = Visitor(bench.url)
    admin.activate(link, PASSWORD)
    act = hidden(admin.get("/admin/students/send"), "act")
    before = cpu_seconds(bench.server.pid)
    begin = time.monotonic()
    admin.post("/admin/students/send", [("act", act), ("all", "on")])
    pressed = time.monotonic() - begin
    pages: list[float] = []
    undo = None
    while (accepted := accepted_mails(admin)) < MAILS:
        if accepted and undo is None:
            # A mailing waits ten seconds for who wants it undone: that is no sending.
            undo = time.monotonic()
        pages += load.times(admin, "/admin/students", 1).all
        assert time.monotonic() - begin < 600, f"{accepted} of {MAILS} mails left"
    took = time.monotonic() - (undo or begin)
    bench.add(f"Send for {MAILS:,}: the press", f"{pressed:.2f} s", "1.00 s", 1 / pressed, bench.memory("VmHWM"))
    beside = load.Times(pages).percentile(0.99)
    bench.add("the Students page while mail leaves", f"p99 {beside * 1000:.0f} ms", "p99 50 ms", 0.05 / beside, bench.memory("VmHWM"))
    return took, cpu_seconds(bench.server.pid) - before, 6_000


def accepted_mails(admin: Visitor) -> int:
    found = re.search(r"<b>([\d,]+)</b><span>Accepted", admin.get("/admin/mail"))
    return int(found.group(1).replace(",", "")) if found else 0


def cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
