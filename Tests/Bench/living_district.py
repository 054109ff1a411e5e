"""A district in which life goes on, night after night. It knows nothing of FirstBell."""

import random
from dataclasses import dataclass, field

import roster

CLASSES = 4


@dataclass
class Person:
    """Somebody who is who they are, whatever the student system calls them."""

    who: int
    # The id of their row, and those that the student system gave them before.
    row: str
    number: str
    given: str
    family: str
    role: str
    schools: list[str]
    grade: str = ""
    email: str = ""
    username: str = ""
    trackers: set[str] = field(default_factory=set)
    is_there: bool = True
    may_sign_in: bool = True
    former: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Event:
    night: int
    kind: str
    who: int


class LivingDistrict:
    """Schools with trackers in which students learn and teachers teach. The same seed lives the same days."""

    def __init__(self, seed: int, schools: int = 4, students_each: int = 100) -> None:
        self.dice = random.Random(seed)
        self.night = 0
        self.schools = {f"s{number}": f"School {number}" for number in range(schools)}
        self.trackers: dict[str, tuple[str, str]] = {}
        self.people: dict[int, Person] = {}
        self.events: list[Event] = []
        for school in self.schools:
            for number in range(CLASSES):
                self._teach(self._add("teacher", school), self._open(school, number))
            for _ in range(students_each):
                self._enroll(self._add("student", school))

    def students(self, school: str | None = None) -> list[Person]:
        """Those who are there."""
        return [
            person for person in self.people.values()
            if person.is_there and person.role == "student" and (school is None or school in person.schools)]

    def fates(self, kind: str) -> list[Person]:
        """To whom that has happened, each once."""
        return [self.people[who] for who in dict.fromkeys(event.who for event in self.events if event.kind == kind)]

    def tonight(self) -> set[int]:
        """To whom something has happened in the last night."""
        return {event.who for event in self.events if event.night == self.night}

    def pass_night(self) -> None:
        self.night += 1
        self._leave_and_join()
        self._move()
        self._rename()
        self._get_other_ids()
        self._come_back()
        self._close_and_open_doors()
        self._change_classes()
        for person in self._some(3, "promoted"):
            person.grade = str(int(person.grade) + 1)
        for person in self._some(1, "other number"):
            person.number = f"{30_000 + person.who}"
        for person in self._some(1, "without address"):
            person.email = ""
        for person in self._some(1, "another address"):
            person.email = f"p{person.who}-{self.night}@people.test"

    def close_down(self, school: str, count: int) -> None:
        """A part of a school goes away at once, truly."""
        for person in self.students(school)[:count]:
            person.is_there = False
            self._note("left", person)

    def _leave_and_join(self) -> None:
        for school in self.schools:
            for person in self._some(2, "left", school):
                person.is_there = False
            self._enroll(self._add("student", school))
        for person in self._some(2, "has a sibling"):
            # Brothers and sisters often share their parents' address.
            self._enroll(self._add("student", person.schools[0], family=person.family, email=person.email))
        for person in self._some(1, "has a namesake"):
            self._enroll(self._add("student", person.schools[0], given=person.given, family=person.family))
        if self.night % 2:
            # The number of somebody who left is given to another child of that school.
            former = next(person for person in self.people.values() if not person.is_there and self._is_new(person, "left"))
            self._enroll(self._add("student", former.schools[0], number=former.number))
        # So is the name to sign in with of somebody who left, at any school.
        former = self.dice.choice([person for person in self.people.values() if self._is_new(person, "left")])
        newcomer = self._add("student", self.dice.choice(sorted(self.schools)))
        newcomer.username = former.username
        self._enroll(newcomer)

    def _move(self) -> None:
        for index, person in enumerate(self._some(3, "moved")):
            person.schools = [self.dice.choice([school for school in self.schools if school not in person.schools])]
            self._enroll(person)
            if index == 0:
                self._rename_one(person)
        for person in self._some(1, "second school"):
            if len(person.schools) > 1:
                person.schools = person.schools[:1]
                person.trackers = {key for key in person.trackers if self.trackers[key][0] in person.schools}
            else:
                person.schools = [*person.schools, self.dice.choice(sorted(set(self.schools) - set(person.schools)))]
                person.trackers = person.trackers | {self.dice.choice(self._rooms(person.schools[1]))}

    def _rename(self) -> None:
        for person in self._some(3, "renamed"):
            self._rename_one(person)

    def _get_other_ids(self) -> None:
        """The student system gives another id to the same number in the same school."""
        for index, person in enumerate(self._some(3, "other id")):
            self._give_other_id(person)
            if index == 0:
                self._rename_one(person)

    def _come_back(self) -> None:
        away = self._away()
        for person in self.dice.sample(away, min(2, len(away) // 3)):
            person.is_there = True
            self._note("came back", person)
            if self.dice.random() < 0.5:
                person.schools = [self.dice.choice(sorted(self.schools))]
                self._enroll(person)
        if away and self.night % 2 == 0:
            person = self.dice.choice(away)
            if not person.is_there:
                person.is_there = True
                self._give_other_id(person)
                self._note("came back with another id", person)

    def _close_and_open_doors(self) -> None:
        """Who must not sign in is still on the roster."""
        shut = [person for person in self.students() if not person.may_sign_in and person.who not in self.tonight()]
        for person in shut[:1] if self.night % 2 else []:
            person.may_sign_in = True
            self._note("may sign in again", person)
        for person in self._some(1, "must not sign in"):
            person.may_sign_in = False
        if self.night % 3 == 0 and shut[1:]:
            shut[1].is_there = False
            self._note("left and must not sign in", shut[1])
        away = [person for person in self._away() if person.may_sign_in]
        if self.night % 3 == 1 and away:
            away[0].is_there, away[0].may_sign_in = True, False
            self._note("came back and must not sign in", away[0])

    def _change_classes(self) -> None:
        for person in self._some(2, "fewer trackers"):
            person.trackers = set(sorted(person.trackers)[:1])
        if self.night == 4:
            self._give_other_id(self._teacher_of("s3-t1"))
        if self.night == 2:
            teacher = self._teacher_of("s0-t1")
            trackers, teacher.is_there = teacher.trackers, False
            self._add("teacher", "s0").trackers = trackers
        if self.night == 3:
            tracker = self._open("s0", CLASSES)
            for person in self._some(10, "new tracker", "s0"):
                person.trackers = person.trackers | {tracker}
        if self.night == 5:
            del self.trackers["s1-t3"]
            for person in self.people.values():
                person.trackers = person.trackers - {"s1-t3"}

    def _teacher_of(self, tracker: str) -> Person:
        return next(
            person for person in self.people.values() if person.role == "teacher" and tracker in person.trackers)

    def _away(self) -> list[Person]:
        """Students who left before that night, and are still away."""
        return [
            person for person in self.people.values()
            if not person.is_there and person.role == "student" and person.who not in self.tonight()]

    def _some(self, count: int, kind: str, school: str | None = None) -> list[Person]:
        """Some to whom nothing else happens in that night."""
        free = [person for person in self.students(school) if person.who not in self.tonight() and person.may_sign_in]
        chosen = self.dice.sample(free, count)
        for person in chosen:
            self._note(kind, person)
        return chosen

    def _note(self, kind: str, person: Person) -> None:
        self.events.append(Event(self.night, kind, person.who))

    def _is_new(self, person: Person, kind: str) -> bool:
        return Event(self.night, kind, person.who) in self.events

    def _rename_one(self, person: Person) -> None:
        person.family = f"{person.family}-{self.dice.choice(roster.FAMILY)}"
        # Student systems make names to sign in with from the names of people.
        person.username = person.username and f"{person.username}x"

    def _give_other_id(self, person: Person) -> None:
        person.former.append(person.row)
        person.row = f"p{person.who}-{self.night}"

    def _add(
        self, role: str, school: str, given: str = "", family: str = "", number: str = "", email: str | None = None
    ) -> Person:
        who = len(self.people) + 1
        address = f"p{who}@people.test" if self.dice.random() < 0.8 or role == "teacher" else ""
        person = Person(
            who, f"p{who}", number or f"{10_000 + who}", given or self.dice.choice(roster.GIVEN),
            family or self.dice.choice(roster.FAMILY), role, [school],
            grade=str(self.dice.randint(1, 8)) if role == "student" else "", email=address if email is None else email,
            username=f"pupil{who}" if who % 2 else "")
        self.people[who] = person
        if self.night:
            self._note("joined", person)
        return person

    def _open(self, school: str, number: int) -> str:
        tracker = f"{school}-t{number}"
        self.trackers[tracker] = (school, f"{self.schools[school]}, Class {number}")
        return tracker

    def _teach(self, teacher: Person, tracker: str) -> None:
        teacher.trackers = {tracker}

    def _rooms(self, school: str) -> list[str]:
        return sorted(tracker for tracker, (of, _) in self.trackers.items() if of == school)

    def _enroll(self, student: Person) -> None:
        student.trackers = set(self.dice.sample(self._rooms(student.schools[0]), 2))
