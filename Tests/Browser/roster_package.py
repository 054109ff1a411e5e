"""A small OneRoster 1.1 CSV package, as a Student Information System would export it."""

import csv
import datetime
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

COLUMNS = {
    "manifest": "propertyName value",
    "academicSessions": "sourcedId status dateLastModified title type startDate endDate parentSourcedId schoolYear",
    "orgs": "sourcedId status dateLastModified name type identifier parentSourcedId",
    "courses": "sourcedId status dateLastModified schoolYearSourcedId title courseCode grades orgSourcedId subjects "
    "subjectCodes",
    "classes": "sourcedId status dateLastModified title grades courseSourcedId classCode classType location "
    "schoolSourcedId termSourcedIds subjects subjectCodes periods",
    "users": "sourcedId status dateLastModified enabledUser orgSourcedIds role username userIds givenName familyName "
    "middleName identifier email sms phone agentSourcedIds grades password",
    "enrollments": "sourcedId status dateLastModified classSourcedId schoolSourcedId userSourcedId role primary "
    "beginDate endDate",
}


@dataclass(frozen=True)
class Somebody:
    id: str
    given: str
    family: str
    role: str
    email: str = ""
    number: str = ""


@dataclass(frozen=True)
class School:
    """A school with one tracker that all its people are in."""

    id: str
    name: str
    tracker: str
    people: tuple[Somebody, ...]


def write_package(file: Path, *schools: School) -> Path:
    """Schools whose trackers run now."""
    today = datetime.date.today()
    begin, end = today - datetime.timedelta(days=30), today + datetime.timedelta(days=200)
    year = str(end.year)
    people = [(school, who) for school in schools for who in school.people]
    rows: dict[str, list[dict[str, str]]] = {
        "academicSessions": [{
            "sourcedId": "term", "title": "This term", "type": "term", "startDate": begin.isoformat(),
            "endDate": end.isoformat(), "schoolYear": year,
        }],
        "orgs": [{"sourcedId": school.id, "name": school.name, "type": "school"} for school in schools],
        "courses": [{
            "sourcedId": f"course-{school.id}", "title": school.tracker, "orgSourcedId": school.id,
        } for school in schools],
        "classes": [{
            "sourcedId": f"class-{school.id}", "title": school.tracker, "courseSourcedId": f"course-{school.id}",
            "classType": "scheduled", "schoolSourcedId": school.id, "termSourcedIds": "term",
        } for school in schools],
        "users": [{
            "sourcedId": who.id, "enabledUser": "true", "orgSourcedIds": school.id, "role": who.role, "username": who.id,
            "givenName": who.given, "familyName": who.family, "email": who.email,
            "identifier": who.number, "password": "never-read",
        } for school, who in people],
        "enrollments": [{
            "sourcedId": f"in-{who.id}", "classSourcedId": f"class-{school.id}", "schoolSourcedId": school.id,
            "userSourcedId": who.id, "role": who.role, "primary": "true" if who.role == "teacher" else "",
        } for school, who in people],
    }
    rows["manifest"] = [
        {"propertyName": "manifest.version", "value": "1.0"},
        {"propertyName": "oneroster.version", "value": "1.1"},
        *({"propertyName": f"file.{name}", "value": "bulk"} for name in rows),
    ]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, lines in rows.items():
            text = io.StringIO(newline="")
            table = csv.DictWriter(text, COLUMNS[name].split(), restval="")
            table.writeheader()
            table.writerows(lines)
            package.writestr(f"{name}.csv", text.getvalue())
    return file
