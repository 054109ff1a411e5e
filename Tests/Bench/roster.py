"""A seeded OneRoster 1.1 package of any size, written as a stream."""

import csv
import datetime
import io
import random
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

PUPILS_A_SCHOOL = 1000
PUPILS_A_TRACKER = 25
TRACKERS_A_TEACHER = 4
GRADES = 12

GIVEN = (
    "Ada Amara Ana Anders Beatriz Björn Camila Chidi Dilan Dmitri Eira Elif Farid Fen Giulia Hana Hugo Idris Imani Iris "
    "Jonas José Kai Kaya Lars Leila Linh Lucía Malik Mateo Mei Mila Nadia Niamh Noah Nora Olu Omar Pia Priya Quinn Rafael "
    "Rosa Ruth Sami Sanna Sofía Tariq Théo Tomás Uma Vera Wren Xiu Yara Yusuf Zoë"
).split()
FAMILY = (
    "Abara Ásgeirsson Baptiste Beltrán Chaudhry Costa D’Souza Demir Eriksen Ferreira Garcia Haddad Ibáñez Jansen Kowalczyk "
    "Lindqvist Makoa Moreau Nguyễn Nwosu O’Hara Okonkwo Park Procházková Quaye Reyes Sato Silva Tanaka Ueda Vargas "
    "Volkonsky Whitlock Xu Yilmaz Zając"
).split()


def write(file: Path, students: int, seed: int = 1) -> None:
    """A package in which each student is in two trackers and four of five have an address."""
    schools = max(1, -(-students // PUPILS_A_SCHOOL))
    today = datetime.date.today()
    year = today.year + 1
    begin, end = today - datetime.timedelta(days=30), today + datetime.timedelta(days=200)
    parts = {
        "manifest": (["propertyName", "value"], [
            ("manifest.version", "1.0"), ("oneroster.version", "1.1"),
            *((f"file.{name}", "bulk") for name in ("academicSessions", "orgs", "courses", "classes", "users",
                                                    "enrollments"))]),
        "academicSessions": (
            ["sourcedId", "status", "dateLastModified", "title", "type", "startDate", "endDate", "parentSourcedId",
             "schoolYear"],
            [("term", "", "", "This term", "term", begin.isoformat(), end.isoformat(), "", str(year))]),
        "orgs": (
            ["sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId"],
            ((f"s{school}", "", "", f"School {school:04}", "school", "", "") for school in range(schools))),
        "courses": (
            ["sourcedId", "status", "dateLastModified", "schoolYearSourcedId", "title", "courseCode", "grades",
             "orgSourcedId", "subjects", "subjectCodes"],
            ((f"c{school}", "", "", "", "Course", "", "", f"s{school}", "", "") for school in range(schools))),
        "classes": (
            ["sourcedId", "status", "dateLastModified", "title", "grades", "courseSourcedId", "classCode", "classType",
             "location", "schoolSourcedId", "termSourcedIds", "subjects", "subjectCodes", "periods"],
            ((f"t{tracker}", "", "", f"Tracker {tracker}", "", f"c{school}", "", "scheduled", "", f"s{school}", "term", "",
              "", "") for tracker, school in trackers(students))),
        "users": (
            ["sourcedId", "status", "dateLastModified", "enabledUser", "orgSourcedIds", "role", "username", "userIds",
             "givenName", "familyName", "middleName", "identifier", "email", "sms", "phone", "agentSourcedIds", "grades",
             "password"], users(students, seed)),
        "enrollments": (
            ["sourcedId", "status", "dateLastModified", "classSourcedId", "schoolSourcedId", "userSourcedId", "role",
             "primary", "beginDate", "endDate"], enrollments(students)),
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, (header, rows) in parts.items():
            with package.open(f"{name}.csv", "w", force_zip64=True) as member:
                write_rows(member, header, rows)


def write_rows(member, header: list[str], rows: Iterable[tuple[str, ...]]) -> None:
    text = io.TextIOWrapper(member, encoding="utf-8", newline="", write_through=False)
    table = csv.writer(text)
    table.writerow(header)
    table.writerows(rows)
    text.flush()
    text.detach()


def tracker_of(student: int) -> tuple[int, int]:
    """The student's two trackers, both of the same school; each school has 2 × 40."""
    school, place = divmod(student, PUPILS_A_SCHOOL)
    rooms = PUPILS_A_SCHOOL // PUPILS_A_TRACKER
    first = school * 2 * rooms + place // PUPILS_A_TRACKER
    second = school * 2 * rooms + rooms + place % rooms
    return first, second


def trackers(students: int) -> Iterator[tuple[int, int]]:
    rooms = 2 * PUPILS_A_SCHOOL // PUPILS_A_TRACKER
    for school in range(-(-students // PUPILS_A_SCHOOL)):
        for room in range(rooms):
            yield school * rooms + room, school


def users(students: int, seed: int) -> Iterator[tuple[str, ...]]:
    dice = random.Random(seed)
    yield person(dice, "principal", 0, "teacher", True)
    for tracker, school in trackers(students):
        if tracker % TRACKERS_A_TEACHER == 0:
            yield person(dice, f"e{tracker // TRACKERS_A_TEACHER}", school, "teacher", True)
    for student in range(students):
        school, place = divmod(student, PUPILS_A_SCHOOL)
        grade = str(1 + place * GRADES // PUPILS_A_SCHOOL)
        yield person(dice, f"u{student}", school, "student", dice.random() < 0.8, grade)


def person(
    dice: random.Random, key: str, school: int, role: str, has_address: bool, grade: str = ""
) -> tuple[str, ...]:
    address = f"{key}@people.test" if has_address else ""
    return (key, "", "", "true", f"s{school}", role, key, "", dice.choice(GIVEN), dice.choice(FAMILY), "", "", address, "",
            "", "", grade, "")


def enrollments(students: int) -> Iterator[tuple[str, ...]]:
    """One teacher, the principal, is in every homeroom of the first school: 1,000 students."""
    for room in range(PUPILS_A_SCHOOL // PUPILS_A_TRACKER):
        yield (f"nprincipal-{room}", "", "", f"t{room}", "s0", "principal", "teacher", "", "", "")
    for tracker, school in trackers(students):
        teacher = f"e{tracker // TRACKERS_A_TEACHER}"
        yield (f"n{teacher}-{tracker}", "", "", f"t{tracker}", f"s{school}", teacher, "teacher", "true", "", "")
    for student in range(students):
        for tracker in tracker_of(student):
            yield (f"n{student}-{tracker}", "", "", f"t{tracker}", f"s{student // PUPILS_A_SCHOOL}", f"u{student}",
                   "student", "", "", "")
