"""Two children of one family who share an address: each gets an own mail, and each gets in."""

import re

import pytest
from district import NewDistrict, Person, running
from paper import cards
from playwright.sync_api import Page, expect
from roster_package import School, Somebody, write_package
from screen import OWN_PASSWORD, choose_password, expect_home, find, open_menu_of, open_students, sign_in, until

FAMILY = "dunn@home.test"
EVE = Somebody("eve.dunn", "Eve", "Dunn", "student", FAMILY)
FINN = Somebody("finn.dunn", "Finn", "Dunn", "student", FAMILY)
TEACHER = Somebody("amoss", "Ada", "Moss", "teacher", "amoss@staff.test")
ALDER = School("alder", "Alder Creek Elementary", "Homeroom 4B", (TEACHER, EVE, FINN))
STAFF_PASSWORD = "violet harbour trumpet otter"


@pytest.fixture(scope="module")
def site(tmp_path_factory, post_office):
    with running(NewDistrict(tmp_path_factory.mktemp("district"), post_office)) as district:
        yield district


def wait_for_work(page: Page) -> None:
    until(lambda: page.get_by_role("link", name="Look again").count() == 0, page.reload, "the roster's work to end")


def bring_the_family(admin: Page, site, package) -> None:
    """The first administrator takes the roster in and invites the teacher."""
    admin.goto(site.first_link)
    choose_password(admin, STAFF_PASSWORD)
    expect(admin).to_have_url(f"{site.url}/admin")
    expect(admin.get_by_role("main")).to_contain_text("There is no roster yet.")
    admin.goto(f"{site.url}/admin/roster-syncs")
    admin.get_by_label("Roster file").set_input_files(package)
    admin.get_by_role("button", name="Read it and show the plan").click()
    wait_for_work(admin)
    expect(admin.get_by_role("main")).to_contain_text("Nobody leaves.")
    admin.get_by_role("button", name="Apply", exact=True).click()
    wait_for_work(admin)
    admin.goto(f"{site.url}/admin/staff?q={TEACHER.id}")
    admin.get_by_role("table", name="Staff").get_by_role("button", name="Send activation email").click()


def test_siblings_with_one_address_each_get_in(open_page, phone, site, post_office, tmp_path):
    bring_the_family(open_page(), site, write_package(tmp_path / "roster.zip", ALDER))
    teacher = open_page()
    teacher.goto(post_office.wait_for(TEACHER.email).link)
    choose_password(teacher, STAFF_PASSWORD)
    expect(teacher.get_by_role("heading", level=1, name="Trackers")).to_be_visible()

    teacher.goto(f"{site.url}/people/students/send")
    expect(teacher.get_by_role("main")).to_contain_text("2 get a mail")
    teacher.get_by_role("button", name="Send", exact=True).click()
    expect(teacher).to_have_url(re.compile(r"/mailings/"))
    by_name = {child.given: post_office.wait_for(FAMILY, naming=child.given) for child in (EVE, FINN)}
    assert len(post_office.letters_to(FAMILY)) == 2
    assert EVE.id in by_name["Eve"].text and FINN.id not in by_name["Eve"].text
    assert by_name["Eve"].link != by_name["Finn"].link

    # Eve presses the button in her mail; Finn's account and mail are as they were.
    phone.goto(by_name["Eve"].link)
    expect(phone.get_by_role("main")).to_contain_text(EVE.id)
    choose_password(phone)
    expect_home(phone, EVE.id)
    open_students(teacher, site)
    assert find(teacher, EVE.id).state == "Active"
    open_students(teacher, site)
    row = find(teacher, FINN.id)
    assert row.state != "Active"

    # Finn types the family's address with the words on his card.
    open_menu_of(row)
    row.locator.get_by_role("button", name="Print Username/Password").click()
    expect(teacher).to_have_url(re.compile(r"/card-sheets/"))
    card = cards(teacher)[0]
    brother = open_page()
    sign_in(brother, site, Person(FAMILY, card.temporary_password))
    expect(brother.get_by_role("main")).to_contain_text(FINN.id)
    choose_password(brother, OWN_PASSWORD + " two")
    expect_home(brother, FINN.id)

    # With own passwords only the usernames say who is who.
    again = open_page()
    sign_in(again, site, Person(FAMILY, OWN_PASSWORD))
    expect(again.get_by_role("alert")).to_be_visible()
    sign_in(again, site, Person(EVE.id, OWN_PASSWORD))
    expect_home(again, EVE.id)
