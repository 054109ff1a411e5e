"""Seeded OneRoster packages of any size, night after night, written as a stream."""

import csv
import datetime
import io
import random
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

PUPILS_A_SCHOOL = 1000
PUPILS_A_TRACKER = 25
TRACKERS_A_PUPIL = 4
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


USER_COLUMNS = (
    "sourcedId status dateLastModified enabledUser username userIds givenName familyName middleName identifier email sms phone "
    "agentSourcedIds grades password userMasterIdentifier resourceSourcedIds preferredGivenName preferredMiddleName "
    "preferredFamilyName primaryOrgSourcedId pronouns").split()


def write(file: Path, students: int, seed: int = 1, night: int = 0) -> None:
    """A OneRoster 1.2 package in which each student has a number, is in four trackers, and four of five have an address. Each
    night after the first, one student of a hundred has left or joined, has another name, grade or id, or is in another school."""
    schools = max(1, -(-students // PUPILS_A_SCHOOL))
    today = datetime.date.today()
    year = today.year + 1
    begin, end = today - datetime.timedelta(days=30), today + datetime.timedelta(days=200)
    parts = {
        "manifest": (["propertyName", "value"], [
            ("manifest.version", "1.0"), ("oneroster.version", "1.2"),
            *((f"file.{name}", "bulk") for name in ("academicSessions", "orgs", "courses", "classes", "users", "roles",
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
        "users": (USER_COLUMNS, users(students, seed, night)),
        "roles": (
            ["sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "beginDate", "endDate",
             "orgSourcedId", "userProfileSourcedId"], roles(students, night)),
        "enrollments": (
            ["sourcedId", "status", "dateLastModified", "classSourcedId", "schoolSourcedId", "userSourcedId", "role",
             "primary", "beginDate", "endDate"], enrollments(students, night)),
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


def change_of(student: int, night: int) -> str:
    """What has become of a student by that night; each night it is another one of a hundred."""
    last = next((passed for passed in range(night, 0, -1) if student % 100 == 7 * passed % 100), None)
    if last is None:
        return ""
    return ("left", "renamed", "moved", "promoted", "new", "other id")[student // 100 % 6]


def present(students: int, night: int) -> Iterator[tuple[int, str, int, str]]:
    """Who is there: the place, the id, the school, and what has changed. Whoever is new has the place of one who left."""
    schools = max(1, -(-students // PUPILS_A_SCHOOL))
    for student in range(students):
        change = change_of(student, night)
        if change == "left":
            continue
        school = student // PUPILS_A_SCHOOL
        if change == "moved":
            school = (school + 1) % schools
        yield student, {"new": f"new{student}", "other id": f"other{student}"}.get(change, f"u{student}"), school, change


def trackers_of(student: int, school: int) -> tuple[int, ...]:
    """The student's trackers in a school; each school has 4 × 40."""
    place = student % PUPILS_A_SCHOOL
    rooms = PUPILS_A_SCHOOL // PUPILS_A_TRACKER
    first = school * TRACKERS_A_PUPIL * rooms
    others = (first + number * rooms + (place + number) % rooms for number in range(1, TRACKERS_A_PUPIL))
    return first + place // PUPILS_A_TRACKER, *others


def trackers(students: int) -> Iterator[tuple[int, int]]:
    rooms = TRACKERS_A_PUPIL * PUPILS_A_SCHOOL // PUPILS_A_TRACKER
    for school in range(-(-students // PUPILS_A_SCHOOL)):
        for room in range(rooms):
            yield school * rooms + room, school


def teachers(students: int) -> Iterator[tuple[str, int]]:
    yield "principal", 0
    for tracker, school in trackers(students):
        if tracker % TRACKERS_A_TEACHER == 0:
            yield f"e{tracker // TRACKERS_A_TEACHER}", school


def users(students: int, seed: int = 1, night: int = 0) -> Iterator[tuple[str, ...]]:
    dice = random.Random(seed)
    for key, school in teachers(students):
        yield person(dice, key, school, True)
    before: tuple[str, ...] = ()
    there = present(students, night)
    following = next(there, None)
    for student in range(students):
        grade = 1 + student % PUPILS_A_SCHOOL * GRADES // PUPILS_A_SCHOOL
        # The dice fall for those who left too, so that everybody else stays who they are.
        row = person(
            dice, f"u{student}", student // PUPILS_A_SCHOOL, dice.random() < 0.8, str(grade), f"{1_000_000 + student}")
        neighbour, before = before, row
        if following is None or following[0] != student:
            continue
        _, key, school, change = following
        following = next(there, None)
        row = (key, *row[1:21], f"s{school}", "")
        if change == "new":
            # Brothers and sisters share their parents' address.
            row = (key, *row[1:4], key, "", row[6], neighbour[7], "", f"{2_000_000 + student}", neighbour[10], *row[11:])
        if change == "renamed":
            row = (*row[:7], row[7] + "-Ortiz", *row[8:])
        if change == "promoted":
            row = (*row[:14], str(grade + 1), *row[15:])
        yield row


def person(
    dice: random.Random, key: str, school: int, has_address: bool, grade: str = "", number: str = ""
) -> tuple[str, ...]:
    address = f"{key}@people.test" if has_address else ""
    return (key, "", "", "true", key, "", dice.choice(GIVEN), dice.choice(FAMILY), "", number, address, "", "", "", grade, "",
            "", "", "", "", "", f"s{school}", "")


def roles(students: int, night: int) -> Iterator[tuple[str, ...]]:
    for key, school in teachers(students):
        yield (f"r{key}", "", "", key, "primary", "teacher", "", "", f"s{school}", "")
    for _, key, school, _ in present(students, night):
        yield (f"r{key}", "", "", key, "primary", "student", "", "", f"s{school}", "")


def enrollments(students: int, night: int) -> Iterator[tuple[str, ...]]:
    """One teacher, the principal, is in every homeroom of the first school: 1,000 students."""
    for room in range(PUPILS_A_SCHOOL // PUPILS_A_TRACKER):
        yield (f"nprincipal-{room}", "", "", f"t{room}", "s0", "principal", "teacher", "", "", "")
    for tracker, school in trackers(students):
        teacher = f"e{tracker // TRACKERS_A_TEACHER}"
        yield (f"n{teacher}-{tracker}", "", "", f"t{tracker}", f"s{school}", teacher, "teacher", "true", "", "")
    for student, key, school, _ in present(students, night):
        for tracker in trackers_of(student, school):
            yield (f"n{key}-{tracker}", "", "", f"t{tracker}", f"s{school}", key, "student", "", "", "")
