"""What an administrator does with a nightly roster, and what can be seen of the district afterwards."""

import json
import re
import sqlite3
import subprocess
import urllib.parse
from dataclasses import dataclass

import processes
from district import PROGRAM, NewDistrict
from visitor import Visitor, hidden

PASSWORD = "violet harbour trumpet otter"


@dataclass(frozen=True)
class Account:
    """Somebody as FirstBell has them."""

    id: str
    username: str
    given: str
    family: str
    grade: str
    address: str
    isSuspended: bool
    schools: frozenset[str]
    trackers: frozenset[str]


class Office:
    def __init__(self, site: NewDistrict) -> None:
        self.site = site
        self.ruth = Visitor(site.url)
        self.ruth.activate(site.first_link, PASSWORD)

    def take(self, package) -> tuple[int, str]:
        """A nightly import, as a timer does it: its exit code and what it says."""
        ran = subprocess.run(
            [PROGRAM, "roster", "import", str(package)], cwd=self.site.folder, env=self.site.environment,
            capture_output=True, text=True, timeout=120)
        return ran.returncode, ran.stdout + ran.stderr

    def newest_plan(self) -> str:
        found = re.search(r'href="(/admin/roster-syncs/[0-9a-f-]{36})"', self.ruth.get("/admin/roster-syncs"))
        assert found, "a plan is listed"
        return found.group(1)

    def confirm_held(self) -> int:
        """Confirms every school that waits in the newest plan; returns how many."""
        count = 0
        while True:
            plan = self.newest_plan()
            page = self.ruth.get(plan)
            form = re.search(rf'<form method="post" action="({plan}/schools/[^"]+/confirmation)".*?</form>', page, re.DOTALL)
            if not form:
                return count
            fields = [(name, hidden(form.group(0), name)) for name in ("act", "students", "staff", "changes")]
            self.ruth.post(urllib.parse.unquote(form.group(1)), [*fields, ("yes", "yes")])
            count += 1
            self.wait_until_applied(plan)

    def wait_until_applied(self, plan: str) -> None:
        identity = plan.rsplit("/", 1)[1]
        processes.until(
            lambda: self.rows("SELECT state FROM roster_plan WHERE id = ?", identity) == [("applied",)], 30, "it is applied")

    def answer_changed_ids(self) -> None:
        """Says of all whose number and name agree that they are the same persons."""
        page = self.ruth.get("/admin/same-person")
        if 'action="/admin/same-person/alike"' in page:
            self.ruth.post("/admin/same-person/alike", [("act", hidden(page, "act"))])
            return
        for match in re.findall(r'action="(/admin/same-person/[0-9a-f-]{36})"', page):
            self.ruth.post(match, [("act", hidden(page, "act")), ("answer", "same"), ("return", "/admin/same-person")])

    def accounts(self) -> dict[str, Account]:
        """Everybody of the roster, by its ids."""
        found = {}
        for row in self.rows(
                "SELECT c.source_id, a.id, a.username, a.given_name, a.family_name, coalesce(a.grade, ''), "
                "coalesce(a.address, ''), a.suspended_at IS NOT NULL, "
                "(SELECT json_group_array(s.source_id) FROM membership m JOIN school s ON s.id = m.school_id "
                "WHERE m.account_id = a.id), "
                "(SELECT json_group_array(t.source_id) FROM enrollment e JOIN tracker t ON t.id = e.tracker_id "
                "WHERE e.account_id = a.id) FROM account_source c JOIN account a ON a.id = c.account_id"):
            found[row[0]] = Account(
                *row[1:7], bool(row[7]), frozenset(json.loads(row[8])), frozenset(json.loads(row[9])))
        return found

    def rows(self, statement: str, *values: str) -> list[tuple]:
        file = self.site.folder / "data" / "firstbell.sqlite"
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
            return database.execute(statement, values).fetchall()
