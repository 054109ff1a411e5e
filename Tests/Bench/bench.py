"""Our figures against the machine's own limit, in one run; prints one Markdown table."""

import argparse
import html
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import limits
import load
import night
import roster
import second
import sending
from stores import Embedded, Store, Server
from table import Row, table
from visitor import PASSWORD, Visitor, hidden, local


class Bench:
    def __init__(self, program: Path, folder: Path, store: Store, students: int, seconds: float) -> None:
        self.program, self.folder, self.students, self.seconds = program.resolve(), folder, students, seconds
        self.store = store
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("FIRSTBELL_")},
            "FIRSTBELL_DATA": str(folder / "data"), "FIRSTBELL_KEYRING": str(folder / "keyring"),
            "FIRSTBELL_LISTEN": f"127.0.0.1:{port}", "FIRSTBELL_PUBLIC_URL": self.url, "FIRSTBELL_LOG_LEVEL": "error",
            # Nobody answers there: what is measured is queueing, not another program's disk.
            "FIRSTBELL_SMTP_URL": "smtp://127.0.0.1:9?tls=none",
            **store.settings,
        }
        self.rows: list[Row] = []

    def command(self, *words: str) -> limits.Ran:
        return limits.run([self.program, *words], env=self.environment, cwd=self.folder)

    def everything(self) -> None:
        self.command("keys", "create")
        self.importing()
        with (self.folder / "server.log").open("wb") as log:
            link = self.administrator()
            begin = time.monotonic()
            self.server = subprocess.Popen(
                [self.program, "serve"], env=self.environment, cwd=self.folder, stdout=log, stderr=log)
            try:
                self.starting(begin)
                self.visiting(link)
            finally:
                self.server.send_signal(signal.SIGTERM)
                self.server.wait(timeout=60)

    def importing(self) -> None:
        package = self.folder / "roster.zip"
        roster.write(package, self.students)
        ours = self.command("roster", "import", str(package))
        limit = self.store.importing_limit(self.folder)
        self.add(
            f"import {self.students:,} students", f"{ours.seconds:.1f} s, {ours.cpu_seconds:.1f} CPU s",
            f"{limit.means}: {limit.seconds:.1f} s ({limit.rows:,} rows)", limit.seconds / ours.seconds, ours.peak_bytes)
        again = self.command("roster", "import", str(package))
        self.add("import the same file again", f"{again.seconds:.1f} s", "", None, again.peak_bytes)
        roster.write(package, self.students, night=1)
        nightly = self.command("roster", "import", str(package))
        self.add(
            "import the next night, 1 % changed", f"{nightly.seconds:.1f} s", f"half of the first: {ours.seconds / 2:.1f} s",
            ours.seconds / 2 / nightly.seconds, nightly.peak_bytes)

    def administrator(self, username: str = "bench") -> str:
        """Makes an administrator; returns the one-time link."""
        said = self.command(
            "staff", "add", "--administrator", "--username", username, "--given", "Bench", "--family", "Mark").output
        found = re.search(r"https?://\S+/activate/\S+", said)
        assert found, said
        return found.group(0)

    def starting(self, begin: float) -> None:
        load.wait_until_ready(self.url, self.server)
        self.add("start, until ready", f"{time.monotonic() - begin:.2f} s", "0.30 s", None, self.memory("VmRSS"))

    def visiting(self, link: str) -> None:
        admin = Visitor(self.url)
        admin.activate(link, PASSWORD)
        teacher = self.teacher(admin)
        empty = load.times(teacher, "/healthz", 1000)
        tracker = re.search(r'href="(/trackers/[0-9a-f-]{36})"', teacher.get("/trackers"))
        assert tracker, "the teacher has trackers"
        pages = (("a class of 25", tracker.group(1)), ("a Students page of 1,000 students", "/people/students"),
                 ("Trackers", "/trackers"))
        for name, path in pages:
            took = load.times(teacher, path, 500)
            self.add(
                name, f"p50 {took.median * 1000:.1f} ms, p99 {took.percentile(0.99) * 1000:.1f} ms",
                f"empty handler: p50 {empty.median * 1000:.1f} ms", empty.median / took.median, self.memory("VmHWM"))
        self.district(admin, empty)
        self.printing("for 1,000 students", teacher, "/people/students/print", "/card-sheets", "everybody")
        self.printing("for schools", admin, "/admin/students/print", "/admin/students/print", "everybody")
        self.mailing(admin, teacher, tracker.group(1))
        best = limits.hashes_a_second(self.seconds)
        # Eight people, one a connection: tries for one name at the same time are guessing, and have to wait.
        people = [f"bench{number}" for number in range(8)]
        for person in people:
            Visitor(self.url).activate(self.administrator(person), PASSWORD)
        ours, beside = load.sign_ins_a_second(
            [self.url], people, PASSWORD, self.seconds, teacher, "/people/students")
        self.add(
            "sign-ins of 8 people over 8 connections", f"{ours:.0f} a second", f"bare Argon2id: {best:.0f} a second", ours / best,
            self.memory("VmHWM"))
        self.add(
            "a Students page ten times a second meanwhile", f"p99 {beside.percentile(0.99) * 1000:.0f} ms", "50 ms", None,
            self.memory("VmHWM"))
        self.time_in_the_database(people[0])
        night.measure(self, admin, people[0], PASSWORD)
        if self.store.takes_many_servers:
            second.measure(self, people, ours, teacher)

    def time_in_the_database(self, person: str) -> None:
        """Of sign-ins alone, once every line knows the statements."""
        visitor = Visitor(self.url)
        for _ in range(40):
            assert visitor.sign_in(person, PASSWORD)
        self.store.forget_statements()
        for _ in range(100):
            assert visitor.sign_in(person, PASSWORD)
        spent = self.store.milliseconds_of_statements()
        if spent is not None:
            self.add("time in the database of a sign-in", f"{spent / 100:.2f} ms", "1 ms", None, self.memory("VmHWM"))

    def district(self, admin: Visitor, empty: load.Times) -> None:
        """The students of all schools with their counters: the whole page, over one connection."""
        first = admin.get("/admin/students")
        following = re.search(r'href="(/admin/students\?[^"]*after=[^"]*)"', first)
        school = re.search(r'school=([0-9a-f-]{36})"><b>School 0000<', admin.get("/admin?q=School+0000"))
        assert following and school, "the first page leads to the second, and the Schools page to a school"
        pages = (("all students", ""), ("page 2", local(html.unescape(following.group(1)))), ("by name", "?sort=name"),
                 ("no address", "?state=noAddress"), ("grade 7", "?grade=7"), ("one school", f"?school={school.group(1)}"),
                 ("search 'garcia'", "?q=garcia"), ("search 'jose garc'", "?q=jose+garc"),
                 ("search 'u12345'", "?q=u12345"))
        for name, path in pages:
            took = load.times(admin, path if path.startswith("/") else f"/admin/students{path}", 200)
            self.add(
                f"a district's students: {name}",
                f"p50 {took.median * 1000:.1f} ms, p99 {took.percentile(0.99) * 1000:.1f} ms", "p99 10 ms",
                empty.median / took.median, self.memory("VmHWM"))

    def teacher(self, admin: Visitor) -> Visitor:
        """The teacher of a whole school, let in by a one-time link."""
        page = admin.get("/admin/staff?q=principal%40people.test")
        person = re.search(r'id="s-([0-9a-f-]{36})"', page)
        assert person, "the first teacher is on the Staff page"
        where, shown = admin.post(f"/admin/staff/{person.group(1)}/link", [("act", hidden(page, "act"))])
        text = admin.get(where) if where else shown.decode()
        link = re.search(r"https?://[^\s\"<]+/activate/[^\s\"<]+", text)
        assert link, "the one-time link is shown"
        teacher = Visitor(self.url)
        teacher.activate(link.group(0), PASSWORD)
        return teacher

    def printing(self, what: str, maker: Visitor, asked: str, made: str, only: str) -> None:
        """A card for each student, at most nine schools of them, to the last byte."""
        page = maker.get(asked)
        schools = re.findall(r'name="school" value="([0-9a-f-]{36})"', page)[:9]
        chosen = [("school", school) for school in schools] or [("all", "on")]
        begin = time.monotonic()
        where, _ = maker.post(made, [("act", hidden(page, "act")), *chosen, ("only", only)])
        sheet = time.monotonic() - begin
        status, _, content = maker.ask("GET", where)
        assert status == 200
        cards = content.count(b'class="login-card"')
        self.add(
            f"print {cards:,} cards {what}", f"{time.monotonic() - begin:.2f} s ({sheet:.2f} s to make the sheet)", "",
            None, self.memory("VmHWM"))

    def mailing(self, admin: Visitor, beside: Visitor, page: str) -> None:
        """Send for All Schools: the press, the queueing after it, and another person's page meanwhile."""
        act = hidden(admin.get("/admin/students/send"), "act")
        begin = time.monotonic()
        where, _ = admin.post("/admin/students/send", [("act", act), ("all", "on")])
        pressed = time.monotonic() - begin
        progress, took, mails = re.compile(r"Queued [\d,]+ of ([\d,]+) mails"), [], "?"
        while found := progress.search(admin.get(where)):
            mails = found.group(1)
            took += load.times(beside, page, 20).all
        queued = time.monotonic() - begin
        self.add(
            f"Send for all schools, {mails} mails: the press", f"{pressed:.2f} s, all queued in {queued:.1f} s", "2.00 s",
            None, self.memory("VmHWM"))
        if took:
            self.add(
                "a class of 25 meanwhile", f"p99 {load.Times(took).percentile(0.99) * 1000:.0f} ms", "50 ms", None,
                self.memory("VmHWM"))

    def memory(self, field: str) -> int:
        status = Path(f"/proc/{self.server.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+) kB", status).group(1)) * 1024

    def add(self, work: str, ours: str, limit: str, ratio: float | None, peak: int) -> None:
        self.rows.append(Row(work, ours, limit, ratio, peak))
        print(f"{self.store.name}: {work}: {ours}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--program", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--students", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--store", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--only", choices=["district", "mail"], help="the district's pages and rosters, or mail that leaves")
    chosen = parser.parse_args()
    columns: dict[str, list[Row]] = {}
    for kind in (Embedded, Server):
        if chosen.store not in ("both", kind.name.lower()):
            continue
        for part, measure in (("district", Bench.everything), ("mail", sending.measure)):
            if chosen.only not in (None, part):
                continue
            with tempfile.TemporaryDirectory(prefix="firstbell-bench-") as folder, kind(Path(folder)) as store:
                bench = Bench(chosen.program, Path(folder), store, chosen.students, chosen.seconds)
                measure(bench)
                columns.setdefault(store.name, []).extend(bench.rows)
    print(table(columns))


if __name__ == "__main__":
    main()
