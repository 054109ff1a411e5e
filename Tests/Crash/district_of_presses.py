"""Who there is to be mailed, and what is left to be pressed for."""

import random
import re
from pathlib import Path

import roster
from mortal import Mortal
from visitor import Visitor

PASSWORD = "violet harbour trumpet otter"
# Small schools, so that there are many mailings of one; from nine on more people than one press can queue.
PUPILS_A_SCHOOL = 50
SCHOOLS_OF_A_MASS = 9


def make(site: Mortal, folder: Path, schools: int) -> None:
    """A keyring and a roster."""
    package = folder / "roster.zip"
    roster.PUPILS_A_SCHOOL = PUPILS_A_SCHOOL
    roster.write(package, schools * PUPILS_A_SCHOOL)
    site.run("keys", "create")
    site.run("roster", "import", str(package))


def administrator(site: Mortal) -> Visitor:
    """Makes one of the district, who lets themselves in."""
    said = site.run("staff", "add", "--administrator", "--username", "ruth", "--given", "Ruth", "--family", "Stone")
    found = re.search(r"https?://\S+/activate/\S+", said)
    assert found, f"staff add prints a link: {said}"
    person = Visitor(site.url)
    person.activate(found.group(0), PASSWORD)
    return person


class People:
    """Students by their school, as the roster has them."""

    def __init__(self, site: Mortal, dice: random.Random) -> None:
        self.address: dict[str, str] = {}
        self.of_school: dict[str, set[str]] = {}
        for student, address, school in site.rows(
                "SELECT a.id, a.address, m.school_id FROM account a JOIN membership m ON m.account_id = a.id "
                "WHERE a.kind = 'student'"):
            if address:
                self.address[student] = address
            self.of_school.setdefault(school, set()).add(student)
        # Nobody is taken twice from these: whoever was mailed lately is asked about, not mailed.
        self._schools = sorted(self.of_school)
        dice.shuffle(self._schools)
        half = len(self._schools) // 2
        self._singles = [
            student for school in self._schools[:half] for student in sorted(self.of_school[school])
            if student in self.address]
        dice.shuffle(self._singles)
        self._schools = self._schools[half:]

    def one(self) -> str | None:
        return self._singles.pop() if self._singles else None

    def schools(self, count: int) -> list[str]:
        taken, self._schools = self._schools[:count], self._schools[count:]
        return taken
