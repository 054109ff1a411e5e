"""What people do with FirstBell from one nightly roster to the next, through its command and its pages."""

import csv
import io
import re
import subprocess
import urllib.parse
from collections.abc import Callable
from pathlib import Path

import processes
from district import PROGRAM, NewDistrict
from ledger import Ledger
from visitor import Visitor, hidden

PASSWORD = "violet harbour trumpet otter"


class Office:
    """Where an administrator sits, to whom students and teachers come."""

    def __init__(self, site: NewDistrict, ledger: Ledger) -> None:
        self.site, self.ledger = site, ledger
        self.ruth = Visitor(site.url)
        self.ruth.activate(site.first_link, PASSWORD)

    def take(self, package: Path) -> tuple[int, str]:
        """A nightly import, as a timer does it: its exit code and what it says."""
        ran = subprocess.run(
            [PROGRAM, "roster", "import", str(package)], cwd=self.site.folder, env=self.site.environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        return ran.returncode, ran.stdout + ran.stderr

    def confirm_held(self) -> int:
        """Confirms every school that waits in the newest plan; returns how many."""
        count = 0
        while True:
            plan = self._newest_plan()
            page = self.ruth.get(plan)
            form = re.search(rf'<form method="post" action="({plan}/schools/[^"]+/confirmation)".*?</form>', page, re.DOTALL)
            if not form:
                return count
            fields = [(name, hidden(form.group(0), name)) for name in ("act", "students", "staff", "changes")]
            self.ruth.post(urllib.parse.unquote(form.group(1)), [*fields, ("yes", "yes")])
            count += 1
            processes.until(
                lambda: self.ledger.state(plan.rsplit("/", 1)[1]) == "applied", 30, "what was confirmed is applied")

    def answer(self, is_same: Callable[[str, str], bool]) -> None:
        """Answers all questions whether two are one person; those whose name agrees too at one press, as people do."""
        page = self.ruth.get("/admin/same-person")
        if 'action="/admin/same-person/alike"' in page:
            self.ruth.post("/admin/same-person/alike", [("act", hidden(page, "act"))])
        asked = self.ledger.open_questions()
        while found := re.search(r'action="/admin/same-person/([0-9a-f-]{36})"', self.ruth.get("/admin/same-person")):
            answer = "same" if is_same(*asked[found.group(1)]) else "two"
            self.ruth.post(f"/admin/same-person/{found.group(1)}", [("act", hidden(page, "act")), ("answer", answer)])

    def leavers(self) -> set[str]:
        """The usernames on the list of those who are on no roster any more, with whom the district may do away in time."""
        text = self.ruth.get("/admin/leavers/people.csv").removeprefix("\ufeff")
        return {line["Username"] for line in csv.DictReader(io.StringIO(text))}

    def temporary_password(self, account: str) -> str:
        """As the card says it that is printed for a student."""
        page = self.ruth.get(f"/admin/students/{account}")
        where, _ = self.ruth.post(f"/admin/students/{account}/card", [("act", hidden(page, "act"))])
        shown = re.findall(r'<dd dir="ltr">([^<]+)</dd>', self.ruth.get(where))
        assert len(shown) == 1, f"the card shows a temporary password: {shown}"
        return shown[0].strip()

    def activate(self, name: str, account: str) -> None:
        """A student comes in by a card, under the username or the address, and chooses an own password."""
        student = Visitor(self.site.url)
        assert student.sign_in(name, self.temporary_password(account)), f"{name} is let in by the card"
        student.post("/choose-password", [("password", PASSWORD)])

    def is_let_in(self, username: str) -> bool:
        return Visitor(self.site.url).sign_in(username, PASSWORD)

    def teacher(self, address: str) -> Visitor:
        """Lets a teacher in by a one-time link."""
        page = self.ruth.get(f"/admin/staff?q={urllib.parse.quote(address)}")
        person = re.search(r'id="s-([0-9a-f-]{36})"', page)
        assert person, f"{address} is on the Staff page"
        where, shown = self.ruth.post(f"/admin/staff/{person.group(1)}/link", [("act", hidden(page, "act"))])
        text = self.ruth.get(where) if where else shown.decode()
        link = re.search(r"https?://[^\s\"<]+/activate/[^\s\"<]+", text)
        assert link, "the one-time link is shown"
        teacher = Visitor(self.site.url)
        teacher.activate(link.group(0), PASSWORD)
        return teacher

    def _newest_plan(self) -> str:
        found = re.search(r'href="(/admin/roster-syncs/[0-9a-f-]{36})"', self.ruth.get("/admin/roster-syncs"))
        assert found, "a plan is listed"
        return found.group(1)
