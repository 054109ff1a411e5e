"""What people do with FirstBell, through the forms and links that they get."""

import re
import secrets
from pathlib import Path

import processes
import roster
from fleet import Server
from visitor import Answer, Visitor, hidden

PASSWORD = "violet harbour trumpet otter"


def administrator(server: Server, username: str) -> Visitor:
    """Makes an administrator of the district on the command line and lets them in by their one-time link."""
    said = server.run("staff", "add", "--administrator", "--username", username, "--given", "Ruth", "--family", "Stone")
    found = re.search(r"https?://\S+/activate/\S+", said)
    assert found, f"staff add prints a link: {said}"
    person = server.visitor()
    person.activate(found.group(0), PASSWORD)
    return person


def signed_in(server: Server, username: str, password: str = PASSWORD) -> Visitor:
    person = server.visitor()
    assert person.sign_in(username, password), f"{username} is let in at {server.name}"
    return person


def at(server: Server, person: Visitor, patience: float = 120) -> Visitor:
    """The same browser, whose next request the load balancer takes to another server."""
    moved = server.visitor(patience)
    moved.cookies = dict(person.cookies)
    return moved


def is_in(person: Visitor) -> bool:
    """Whether a page of one's own is shown, or the way to the door."""
    status, location, _ = person.ask("GET", "/account")
    assert status == 200 or (status, location.split("?")[0]) == (303, "/sign-in"), f"{status} {location}"
    return status == 200


def students_with_address(count: int, *schools: int) -> dict[str, str]:
    """Address and username of those of a roster whom a mail can reach, in some of its schools."""
    people = (dict(zip(roster.USER_COLUMNS, row)) for row in roster.users(count))
    return {
        each["email"]: each["username"] for each in people
        if each["sourcedId"].startswith("u") and each["email"]
        and each["primaryOrgSourcedId"] in {f"s{school}" for school in schools}}


def upload(person: Visitor, package: Path) -> str:
    """Gives a roster to be read; returns the path of its plan."""
    boundary = secrets.token_hex(16)
    act = hidden(person.get("/admin/roster-syncs"), "act")
    body = b"".join((
        f"--{boundary}\r\nContent-Disposition: form-data; name=\"act\"\r\n\r\n{act}\r\n".encode(),
        f"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{package.name}\"\r\n"
        "Content-Type: application/zip\r\n\r\n".encode(),
        package.read_bytes(), f"\r\n--{boundary}--\r\n".encode(),
    ))
    answer = person.send_body("POST", "/admin/roster-syncs", body, f"multipart/form-data; boundary={boundary}")
    assert answer.status == 303, f"{answer.status} {answer.content[:400]!r}"
    return answer.headers["Location"]


def wait_for_plan(person: Visitor, plan: str, seconds: float = 60) -> None:
    """Ends when the plan's page has its button Apply."""
    processes.until(lambda: f'action="{plan}/apply"' in person.get(plan), seconds, f"{plan} can be applied")


def press_apply(person: Visitor, plan: str) -> Answer:
    return person.send("POST", f"{plan}/apply", [("act", hidden(person.get(plan), "act"))])


def press_send(person: Visitor, *schools: int) -> str:
    """Sends activation emails to all students of some schools of a roster; returns the mailing's id."""
    page = person.get("/admin/students/send")
    form = [("act", hidden(page, "act"))]
    for school in schools:
        found = re.search(rf'name="school" value="([0-9a-f-]{{36}})"[^>]*>School {school:04}<', page)
        assert found, f"school {school} can be chosen"
        form.append(("school", found.group(1)))
    where, _ = person.post("/admin/students/send", form)
    assert where.startswith("/mailings/"), f"the mailing is shown: {where}"
    return where.removeprefix("/mailings/")
