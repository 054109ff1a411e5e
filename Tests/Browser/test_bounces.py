"""Mail that comes back: the mail server hands the report to the running program, and the student's row says what to do."""

import re
import smtplib
import subprocess

import pytest
from district import PROGRAM, NewDistrict, running
from playwright.sync_api import expect
from roster_package import School, Somebody, write_package
from screen import choose_password, find, open_students
from test_siblings import STAFF_PASSWORD, bring_the_family

CLEO = Somebody("cleo.dunn", "Cleo", "Dunn", "student", "cleo@home.test")
EVE = Somebody("eve.moor", "Eve", "Moor", "student", "eve@home.test")
FINN = Somebody("finn.nash", "Finn", "Nash", "student", "finn@home.test")
TEACHER = Somebody("amoss", "Ada", "Moss", "teacher", "amoss@staff.test")
ALDER = School("alder", "Alder Creek Elementary", "Homeroom 4B", (TEACHER, CLEO, EVE, FINN))

REPORT = """\
From: MAILER-DAEMON@mail.home.test (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mail.home.test.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.home.test

Final-Recipient: rfc822; {recipient}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 {status} {words}
--b--
"""


class DistrictWithReturns(NewDistrict):
    """One to which mail comes back."""

    def open(self) -> None:
        self.socket = self.folder / "lmtp"
        self.environment |= {
            "FIRSTBELL_BOUNCE_ADDRESS": "bounces@mail.test",
            "FIRSTBELL_BOUNCE_LMTP": f"unix:{self.socket}",
        }
        super().open()


@pytest.fixture(scope="module")
def site(tmp_path_factory, post_office):
    with running(DistrictWithReturns(tmp_path_factory.mktemp("district"), post_office)) as district:
        yield district


def report(letter, status: str, words: str) -> bytes:
    return REPORT.format(to=letter.sender, recipient=letter.recipient, status=status, words=words).encode()


def test_a_mail_that_came_back_shows_on_the_students_row(open_page, site, post_office, tmp_path, looks):
    admin = open_page()
    bring_the_family(admin, site, write_package(tmp_path / "roster.zip", ALDER))
    teacher = open_page()
    teacher.goto(post_office.wait_for(TEACHER.email).link)
    choose_password(teacher, STAFF_PASSWORD)
    teacher.goto(f"{site.url}/people/students/send")
    teacher.get_by_role("button", name="Send", exact=True).click()
    expect(teacher).to_have_url(re.compile(r"/mailings/"))
    mailing = teacher.url
    letters = {each: post_office.wait_for(each.email) for each in (CLEO, EVE, FINN)}
    senders = {letter.sender for letter in letters.values()}
    assert len(senders) == 3
    assert all(re.fullmatch(r"bounces\+[a-z2-7]{26}\.[a-z2-7]{16}@mail\.test", each) for each in senders)

    # Cleo's comes over the socket, Eve's through a pipe, and what is said of Finn's is forged.
    with smtplib.LMTP(str(site.socket)) as line:
        line.sendmail("", [letters[CLEO].sender], report(letters[CLEO], "5.1.1", "No such mailbox"))
    ran = subprocess.run(
        [PROGRAM, "mail", "bounce"], env=site.environment, input=report(letters[EVE], "5.2.2", "Mailbox full"),
        capture_output=True, timeout=60)
    assert (ran.returncode, ran.stdout) == (0, b"The mail came back. Its student's row says so.\n")
    token = letters[FINN].sender.split("@")[0].encode()
    forged = report(letters[FINN], "5.1.1", "No such mailbox").replace(
        token, token[:-1] + (b"b" if token.endswith(b"a") else b"a"))
    subprocess.run([PROGRAM, "mail", "bounce"], env=site.environment, input=forged, timeout=60, check=True)

    open_students(teacher, site)
    looks.at(teacher, "students, mail came back")
    row = find(teacher, CLEO.id)
    assert row.state == "Bounced"
    expect(row.locator).to_contain_text("Nothing arrives here: ask the office to correct the address.")
    expect(row.locator).to_contain_text("there is no such mailbox: the address may be mistyped")
    expect(row.button("Print Username/Password")).to_be_visible()
    open_students(teacher, site)
    row = find(teacher, EVE.id)
    assert row.state == "Bounced"
    expect(row.locator).to_contain_text("the mailbox is full")
    expect(row.locator).not_to_contain_text("Nothing arrives here")
    open_students(teacher, site)
    assert find(teacher, FINN.id).state == "Mailed"

    teacher.goto(mailing)
    main = teacher.get_by_role("main")
    expect(main).to_contain_text("1 of 3 mails is accepted, 2 need you.")
    expect(main).to_contain_text("there is no such mailbox: the address may be mistyped")
    expect(main).to_contain_text("“550 5.1.1 No such mailbox”")
    expect(main).to_contain_text("Ask the office for the right address")
    assert "deliver" not in main.inner_text().lower()
    looks.at(teacher, "a mailing, mail came back")

    admin.goto(f"{site.url}/admin/mail")
    expect(admin.get_by_role("main")).to_contain_text("bounces@mail.test")
    looks.at(admin, "admin mail, mail came back")
    # The link that went to the bad address died with it; Finn's lives.
    student = open_page()
    student.goto(letters[CLEO].link)
    expect(student.locator("input[type=password]")).to_have_count(0)
    student.goto(letters[FINN].link)
    expect(student.locator("input[type=password]").first).to_be_visible()
    looks.say()
