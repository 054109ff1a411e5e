"""What the student system of a living district exports each night, whole or broken as such exports break."""

import csv
import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import roster
from living_district import LivingDistrict, Person

Tables = dict[str, tuple[list[str], list[tuple[str, ...]]]]


class NightlyExport:
    """OneRoster CSV, all of it each night."""

    def __init__(self, version: str) -> None:
        self.version = version
        # 1.2 says in a file of its own who is what in which school.
        self.has_roles = version == "1.2"

    def write(self, district: LivingDistrict, file: Path) -> Path:
        tables = self._tables(district)
        manifest = [("manifest.version", "1.0"), ("oneroster.version", self.version)]
        manifest += [(f"file.{name}", "bulk") for name in tables]
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, (header, rows) in {"manifest": (["propertyName", "value"], manifest), **tables}.items():
                text = io.StringIO(newline="")
                csv.writer(text).writerows([header, *rows])
                package.writestr(f"{name}.csv", text.getvalue())
        return file

    def _tables(self, district: LivingDistrict) -> Tables:
        today = datetime.date.today()
        begin, end = today - datetime.timedelta(days=30), today + datetime.timedelta(days=200)
        there = [person for person in district.people.values() if person.is_there]
        tables = {
            "academicSessions": (
                "title type startDate endDate parentSourcedId schoolYear",
                [("term", "", "", "Term", "term", begin.isoformat(), end.isoformat(), "", str(end.year))]),
            "orgs": ("name type identifier parentSourcedId", [
                (key, "", "", name, "school", "", "") for key, name in district.schools.items()]),
            "courses": (
                "schoolYearSourcedId title courseCode grades orgSourcedId subjects subjectCodes",
                [(f"c-{key}", "", "", "", "Course", "", "", key, "", "") for key in district.schools]),
            "classes": (
                "title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds subjects "
                "subjectCodes periods",
                [(key, "", "", name, "", f"c-{school}", "", "scheduled", "", school, "term", "", "", "")
                 for key, (school, name) in district.trackers.items()]),
            "users": self._users(there),
            "enrollments": (
                "classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate",
                [(f"e-{person.row}-{tracker}", "", "", tracker, district.trackers[tracker][0], person.row, person.role, "",
                  "", "") for person in there for tracker in sorted(person.trackers)]),
        }
        if self.has_roles:
            tables["roles"] = (
                "userSourcedId roleType role beginDate endDate orgSourcedId userProfileSourcedId",
                [(f"r-{person.row}-{school}", "", "", person.row, "primary" if index == 0 else "secondary", person.role,
                  "", "", school, "") for person in there for index, school in enumerate(person.schools)])
        return {
            name: (["sourcedId", "status", "dateLastModified", *header.split()], rows)
            for name, (header, rows) in tables.items()}

    def _users(self, there: list[Person]) -> tuple[str, list[tuple[str, ...]]]:
        if self.has_roles:
            return " ".join(roster.USER_COLUMNS[3:]), [
                (person.row, "", "", enabled(person), person.username, "", person.given, person.family, "", person.number,
                 person.email, "", "", "", person.grade, "", "", "", "", "", "", person.schools[0], "") for person in there]
        return (
            "enabledUser orgSourcedIds role username userIds givenName familyName middleName identifier email sms phone "
            "agentSourcedIds grades password",
            [(person.row, "", "", enabled(person), ",".join(person.schools), person.role, person.username, "",
              person.given, person.family, "", person.number, person.email, "", "", "", person.grade, "")
             for person in there])


def enabled(person: Person) -> str:
    return "true" if person.may_sign_in else "false"


def cut_in_a_row(whole: Path, file: Path, name: str) -> Path:
    """One file of the package ends after half of its bytes, within a row: the disk was full."""
    def half(content: bytes) -> bytes:
        start = content[: len(content) // 2]
        return start[: start.rindex(b",") - 2]
    return changed(whole, file, name, half)


def cut_at_a_row(whole: Path, file: Path, name: str) -> Path:
    """Half of a file's rows are missing without a trace."""
    def half(content: bytes) -> bytes:
        rows = content.splitlines(keepends=True)
        return b"".join(rows[: len(rows) // 2])
    return changed(whole, file, name, half)


def without_rows(whole: Path, file: Path, name: str) -> Path:
    """The question to the student system's database failed after the header was written."""
    return changed(whole, file, name, lambda content: content.splitlines(keepends=True)[0])


def changed(whole: Path, file: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(whole) as package, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as broken:
        for member in package.namelist():
            content = package.read(member)
            broken.writestr(member, change(content) if member == name else content)
    return file


def cut_off(whole: Path, file: Path) -> Path:
    """The transfer broke: the zip's end with its directory never came."""
    content = whole.read_bytes()
    file.write_bytes(content[: len(content) * 2 // 3])
    return file
