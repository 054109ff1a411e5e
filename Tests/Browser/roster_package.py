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


def write_package(file: Path, school: str, tracker: str, people: list[Somebody]) -> Path:
    """One school with one tracker that everybody is in, running now."""
    today = datetime.date.today()
    begin, end = today - datetime.timedelta(days=30), today + datetime.timedelta(days=200)
    year = str(end.year)
    rows: dict[str, list[dict[str, str]]] = {
        "academicSessions": [{
            "sourcedId": "term", "title": "This term", "type": "term", "startDate": begin.isoformat(),
            "endDate": end.isoformat(), "schoolYear": year,
        }],
        "orgs": [{"sourcedId": f"school-{school}", "name": school, "type": "school"}],
        "courses": [{"sourcedId": "course", "title": tracker, "orgSourcedId": f"school-{school}"}],
        "classes": [{
            "sourcedId": "class", "title": tracker, "courseSourcedId": "course", "classType": "scheduled",
            "schoolSourcedId": f"school-{school}", "termSourcedIds": "term",
        }],
        "users": [{
            "sourcedId": who.id, "enabledUser": "true", "orgSourcedIds": f"school-{school}", "role": who.role,
            "username": who.id, "givenName": who.given, "familyName": who.family, "email": who.email,
            "password": "never-read",
        } for who in people],
        "enrollments": [{
            "sourcedId": f"in-{who.id}", "classSourcedId": "class", "schoolSourcedId": f"school-{school}",
            "userSourcedId": who.id, "role": who.role, "primary": "true" if who.role == "teacher" else "",
        } for who in people],
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
