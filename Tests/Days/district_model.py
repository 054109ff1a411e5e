"""A district as it really is, day by day, and the nightly exports of its student system. It knows nothing of FirstBell."""

import csv
import datetime
import io
import random
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

GIVEN = "Ada Amara Björn Camila Chidi Elif Farid Giulia Hana Idris Imani José Kai Leila Lucía Malik Mei Nadia Noah Olu".split()
FAMILY = "Abara Beltrán Chaudhry Demir Eriksen Ferreira Garcia Haddad Jansen Kowalczyk Moreau Nguyễn Okonkwo Park".split()


@dataclass
class Person:
    """Somebody who is who they are, whatever the student system calls them."""

    who: int
    row: str
    number: str
    given: str
    family: str
    school: str
    role: str
    grade: str = ""
    email: str = ""
    trackers: set[str] = field(default_factory=set)
    isThere: bool = True
    # Ids that the student system gave them before.
    former: list[str] = field(default_factory=list)


class District:
    """Schools with trackers in which students learn and teachers teach."""

    def __init__(self, seed: int, schools: int = 4, students_each: int = 100) -> None:
        self.dice = random.Random(seed)
        self.schools = {f"s{number}": f"School {number}" for number in range(schools)}
        self.trackers = {
            f"{school}-t{number}": (school, f"{name}, Class {number}")
            for school, name in self.schools.items() for number in range(4)}
        self.people: dict[int, Person] = {}
        for school in self.schools:
            for number in range(4):
                teacher = self.add(school, "teacher")
                teacher.trackers = {f"{school}-t{number}"}
            for _ in range(students_each):
                self.enroll(self.add(school, "student"))

    def add(self, school: str, role: str, family: str = "", email: str = "") -> Person:
        who = len(self.people) + 1
        person = Person(
            who, f"p{who}", f"{10_000 + who}", self.dice.choice(GIVEN), family or self.dice.choice(FAMILY), school, role,
            str(self.dice.randint(1, 8)) if role == "student" else "",
            email or (f"p{who}@people.test" if self.dice.random() < 0.8 else ""))
        self.people[who] = person
        return person

    def enroll(self, person: Person) -> None:
        rooms = sorted(tracker for tracker, (school, _) in self.trackers.items() if school == person.school)
        person.trackers = set(self.dice.sample(rooms, 2))

    def students(self, school: str | None = None) -> list[Person]:
        return [
            person for person in self.people.values()
            if person.isThere and person.role == "student" and school in (None, person.school)]

    def pass_day(self, day: int) -> None:
        """What a night brings: joiners, leavers, movers, renames, siblings, changed ids, and some who come back."""
        for school in self.schools:
            for person in self.dice.sample(self.students(school), 2):
                person.isThere = False
            self.enroll(self.add(school, "student"))
        away = [person for person in self.people.values() if not person.isThere]
        for person in self.dice.sample(away, min(2, len(away) // 3)):
            person.isThere = True
        some = self.dice.sample(self.students(), 12)
        for person in some[:3]:
            person.school = self.dice.choice([school for school in self.schools if school != person.school])
            self.enroll(person)
        for person in some[3:6]:
            person.family = f"{person.family}-{self.dice.choice(FAMILY)}"
        for person in some[6:8]:
            # Brothers and sisters often share their parents' address.
            self.enroll(self.add(person.school, "student", person.family, person.email))
        for person in some[8:11]:
            person.former.append(person.row)
            person.row = f"p{person.who}-{day}"
        some[11].trackers = set(sorted(some[11].trackers)[:1])

    def close_down(self, school: str, count: int) -> None:
        """A part of a school goes away at once, truly."""
        for person in self.students(school)[:count]:
            person.isThere = False

    def export(self, file: Path) -> Path:
        """OneRoster 1.1, whole."""
        today = datetime.date.today()
        begin, end = today - datetime.timedelta(days=30), today + datetime.timedelta(days=200)
        there = [person for person in self.people.values() if person.isThere]
        tables = {
            "manifest": ("propertyName value", [
                ("manifest.version", "1.0"), ("oneroster.version", "1.1"),
                *((f"file.{name}", "bulk") for name in "academicSessions orgs courses classes users enrollments".split())]),
            "academicSessions": (
                "sourcedId status dateLastModified title type startDate endDate parentSourcedId schoolYear",
                [("term", "", "", "Term", "term", begin.isoformat(), end.isoformat(), "", str(end.year))]),
            "orgs": ("sourcedId status dateLastModified name type identifier parentSourcedId", [
                (key, "", "", name, "school", "", "") for key, name in self.schools.items()]),
            "courses": (
                "sourcedId status dateLastModified schoolYearSourcedId title courseCode grades orgSourcedId subjects "
                "subjectCodes",
                [(f"c-{key}", "", "", "", "Course", "", "", key, "", "") for key in self.schools]),
            "classes": (
                "sourcedId status dateLastModified title grades courseSourcedId classCode classType location "
                "schoolSourcedId termSourcedIds subjects subjectCodes periods",
                [(key, "", "", name, "", f"c-{school}", "", "scheduled", "", school, "term", "", "", "")
                 for key, (school, name) in self.trackers.items()]),
            "users": (
                "sourcedId status dateLastModified enabledUser orgSourcedIds role username userIds givenName familyName "
                "middleName identifier email sms phone agentSourcedIds grades password",
                [(person.row, "", "", "true", person.school, person.role, "", "", person.given, person.family, "",
                  person.number, person.email, "", "", "", person.grade, "") for person in there]),
            "enrollments": (
                "sourcedId status dateLastModified classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
                [(f"e-{person.row}-{tracker}", "", "", tracker, person.school, person.row, person.role, "", "", "")
                 for person in there for tracker in sorted(person.trackers)]),
        }
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, (header, rows) in tables.items():
                text = io.StringIO()
                csv.writer(text).writerows([header.split(), *rows])
                package.writestr(f"{name}.csv", text.getvalue())
        return file


def cut_short(whole: Path, file: Path, name: str) -> Path:
    """The same export, of which one file ends after half of its bytes: the disk was full."""
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as cut:
        for member in package.namelist():
            content = package.read(member)
            half = content[: len(content) // 2] if member == name else content
            # Within a row, as bytes are cut.
            cut.writestr(member, half[: half.rindex(b",") - 2] if member == name else half)
    return file


def cut_at_a_row(whole: Path, file: Path, name: str) -> Path:
    """The same, where half of the rows are missing without a trace."""
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as cut:
        for member in package.namelist():
            rows = package.read(member).splitlines(keepends=True)
            cut.writestr(member, b"".join(rows[: len(rows) // 2] if member == name else rows))
    return file
