"""The administrator's first day: roster, staff, a mailing to all schools, addresses, one by hand, a reset, the audit."""

import re

import pytest
from district import Person
from paper import cards
from playwright.sync_api import Page, expect
from roster_package import School, Somebody, write_package
from screen import OWN_PASSWORD, choose_password, expect_home, open_menu, said, sign_in, until
from test_administrator import admin, apply, choose, go_to, site, upload  # noqa: F401

pytestmark = pytest.mark.timeout(600)
TEACHER = Somebody("oquill", "Odalys", "Quill", "teacher", "oquill@staff.test")
ANA = Somebody("ana", "Ana", "Reyes", "student", "ana@home.test")
BEN = Somebody("ben", "Ben", "Ode", "student")
CARL = Somebody("carl", "Carl", "Sato", "student", "carl@home.test")
PINE = School("pine", "Pine Hollow Elementary", "Homeroom 4B", (ANA, BEN, TEACHER))
OAK = School("oak", "Oak Bend Middle", "Homeroom 7A", (CARL,))
BENS_ADDRESS = "ode.family@home.test"
ZOE = "Zoë Lund"


def open_students(page: Page, entry: str) -> None:
    """An entry of the Students page's More menu."""
    go_to(page, "Students")
    expect(page.get_by_role("heading", level=1)).to_have_text("Students")
    open_menu(page, "More")
    page.locator("details.menu[open]").get_by_role("link", name=entry, exact=True).click()


def take_in(page: Page, folder) -> None:
    upload(page, write_package(folder / "roster.zip", PINE, OAK))
    apply(page)
    expect(page.get_by_role("main")).to_contain_text("Applied")


def mail_the_staff(page: Page, post_office, open_page) -> Page:
    """Returns the teacher's browser, with the teacher signed in."""
    go_to(page, "Staff")
    page.get_by_role("link", name="Mail all Pending staff").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mail all Pending staff")
    expect(page.get_by_role("article")).to_contain_text(f"Hello {TEACHER.given},")
    page.get_by_role("button", name="Send 1 activation email").click()
    expect(page).to_have_url(re.compile(r"/mailings/"))
    expect(page.get_by_role("table", name="Mails")).to_contain_text(TEACHER.email.split("@")[1])
    letter = post_office.wait_for(TEACHER.email)
    teacher = open_page()
    teacher.goto(letter.link)
    choose(teacher)
    expect(teacher.get_by_role("heading", level=1, name="Trackers")).to_be_visible()
    return teacher


def mail_all_schools(page: Page, post_office, open_page) -> Page:
    """Returns a student's browser, with the student signed in."""
    open_students(page, "Send Student Activation Emails")
    everybody = page.get_by_role("checkbox", name=re.compile("^All Schools"))
    expect(everybody).to_be_visible()
    for school in (PINE, OAK):
        expect(page.get_by_role("checkbox", name=re.compile(school.name))).to_be_visible()
    everybody.check()
    page.get_by_label("Additional Message").fill("Welcome to the new year!")
    page.get_by_role("button", name="Count again").click()
    expect(page.locator("#leaves-count")).to_contain_text(re.compile(r"^\s*2 get"))
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page).to_have_url(re.compile(r"/mailings/"))
    carls = post_office.wait_for(CARL.email, CARL.given)
    assert "Welcome to the new year!" in carls.text
    anas = post_office.wait_for(ANA.email, ANA.given)
    ana = open_page()
    ana.goto(anas.link)
    choose_password(ana)
    expect_home(ana, ANA.id)
    return ana


def upload_addresses(page: Page, folder) -> None:
    file = folder / "addresses.csv"
    file.write_text(f"username;email\n{BEN.id};{BENS_ADDRESS}\nnobody-here;x@home.test\n", encoding="utf-8")
    open_students(page, "Upload addresses")
    page.get_by_label("List of addresses").set_input_files(file)
    page.get_by_role("button", name="Read it and show what it would change").click()
    change = page.get_by_role("button", name="Change 1 address", exact=True)
    until(lambda: change.count() == 1, page.reload, "the list to be read")
    change.click()
    answer = page.locator("#far")
    until(lambda: "1 address was changed." in answer.inner_text(), page.reload, "the address to be changed")


def add_by_hand(page: Page, open_page, site) -> Page:  # noqa: F811
    """Returns the browser of a student who came with a printed card, signed in."""
    open_students(page, "Add a student")
    page.get_by_label("Given name").fill("Zoë")
    page.get_by_label("Family name").fill("Lund")
    page.get_by_label("Student number").fill("4711")
    page.get_by_label("School", exact=True).select_option(PINE.name)
    page.get_by_role("checkbox", name=PINE.tracker).check()
    page.get_by_role("button", name="Save and print the card").click()
    expect(page).to_have_url(re.compile(r"/card-sheets/"))
    card = cards(page)[0]
    assert card.name == ZOE and card.temporary_password
    zoe = open_page()
    sign_in(zoe, site, Person(card.username, card.temporary_password))
    expect(zoe.get_by_role("main")).to_contain_text(said("Choose your own password"))
    choose_password(zoe)
    expect_home(zoe, card.username)
    return zoe


def reset(page: Page, name: str, student: Page, site) -> None:  # noqa: F811
    go_to(page, "Students")
    page.get_by_label("Find a student").fill(name)
    page.get_by_role("search").get_by_role("button", name="Show").click()
    table = page.get_by_role("table", name="Students")
    expect(table.locator("tbody tr:not(.group)")).to_have_count(1)
    table.get_by_role("link", name=re.compile("^Reset")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Reset the password of {name}?")
    page.get_by_role("button", name="Reset the password").click()
    expect(page.get_by_role("main")).to_contain_text(name)
    student.goto(f"{site.url}/home")
    expect(student).to_have_url(re.compile("/sign-in"))
    sign_in(student, site, Person(ANA.id, OWN_PASSWORD))
    expect(student.get_by_role("alert")).to_be_visible()


def test_the_day(admin, site, post_office, open_page, looks, tmp_path):  # noqa: F811
    take_in(admin, tmp_path)
    mail_the_staff(admin, post_office, open_page)
    ana = mail_all_schools(admin, post_office, open_page)
    looks.at(admin, "the day, a mailing to all schools")
    upload_addresses(admin, tmp_path)
    looks.at(admin, "the day, addresses taken in")
    add_by_hand(admin, open_page, site)
    admin.goto(f"{site.url}/admin")
    reset(admin, f"{ANA.given} {ANA.family}", ana, site)

    go_to(admin, "Audit")
    table = admin.get_by_role("table", name="Audit")
    for what in (
        "uploaded a roster", "applied a roster plan", "invited 1 member of staff", "sent 2 activation emails",
        "added a student by hand", "reset a password", "chose an own password",
    ):
        expect(table.get_by_text(what).first).to_be_visible()
    expect(table).to_contain_text(re.compile(r"uploaded \d address|changed an address|kept an address"))
    expect(table).to_contain_text(re.compile(r"made card sheet \S+ with 1 student"))
    for person in (f"{ANA.given} {ANA.family}", ZOE, f"{TEACHER.given} {TEACHER.family}", "Ruth Stone"):
        expect(table).to_contain_text(person)
    looks.at(admin, "the day, its audit")
    admin.get_by_role("contentinfo").get_by_role("button", name="Español").click()
    expect(admin.locator("html")).to_have_attribute("lang", "es")
    looks.at(admin, "the day, its audit in Spanish")
    looks.say()
