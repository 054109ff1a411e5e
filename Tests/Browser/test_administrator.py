"""An administrator takes in a roster, looks before anything changes, and lets a new teacher in."""

import re

import pytest
from district import Person
from playwright.sync_api import Page, expect
from roster_package import Somebody, write_package
from screen import sign_in, until

SCHOOL = "Pine Hollow Elementary"
TRACKER = "Pine 1"
PEOPLE = [
    Somebody("oquill", "Odalys", "Quill", "teacher", "oquill@staff.test"),
    Somebody("bfern", "Björn", "Fernández", "student", "bfern@students.test"),
    Somebody("mlark", "Mei Lin", "Lark", "student"),
    Somebody("tash", "Théo", "Ash", "student", "ash.family@mail.test"),
]
STAFF_PASSWORD = "violet harbour trumpet otter"


@pytest.fixture
def admin(page, site) -> Page:
    sign_in(page, site, site.administrator)
    page.get_by_role("navigation", name="Global").get_by_role("link", name="Admin", exact=True).click()
    return page


def go_to(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Admin", exact=True).get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def upload(page: Page, file) -> None:
    go_to(page, "Roster syncs")
    page.get_by_label("Roster file").set_input_files(file)
    page.get_by_role("button", name="Read it and show the plan").click()
    until(
        lambda: page.get_by_role("link", name="Look again").count() == 0, page.reload, "the roster to be read")


def test_a_roster_is_shown_before_it_changes_anything(admin, site, post_office, open_page, tmp_path):
    upload(admin, write_package(tmp_path / "pine.zip", SCHOOL, TRACKER, PEOPLE))
    main = admin.get_by_role("main")
    expect(main).to_contain_text("Nothing has changed yet.")
    row = admin.get_by_role("row", name=re.compile(SCHOOL))
    expect(row).to_contain_text("3")
    plan = admin.url
    go_to(admin, "Schools")
    expect(admin.get_by_role("main")).not_to_contain_text(SCHOOL)

    admin.goto(plan)
    # Three schools are missing from the package: nobody of theirs is removed without a yes.
    expect(admin.get_by_role("button", name="Confirm these removals").first).to_be_visible()
    admin.get_by_role("button", name="Apply").click()
    until(
        lambda: admin.get_by_role("link", name="Look again").count() == 0, admin.reload, "the plan to be applied")
    expect(main).to_contain_text("Applied")
    go_to(admin, "Schools")
    expect(admin.get_by_role("main")).to_contain_text(SCHOOL)

    go_to(admin, "Staff")
    admin.get_by_label("Find a person").fill("oquill")
    admin.get_by_role("search").get_by_role("button", name="Filter").click()
    teacher_row = admin.get_by_role("table", name="Staff").locator("tbody tr")
    expect(teacher_row).to_have_count(1)
    teacher_row.get_by_role("button", name=re.compile("^Send activation email")).click()
    letter = post_office.wait_for("oquill@staff.test")
    assert "Odalys" in letter.text

    teacher = open_page()
    teacher.goto(letter.link)
    for field in teacher.locator("input[type=password]:visible").all():
        field.fill(STAFF_PASSWORD)
    teacher.get_by_role("button", name="Save my password").click()
    expect(teacher.get_by_role("heading", level=1, name="Trackers")).to_be_visible()
    expect(teacher.get_by_role("link", name=TRACKER, exact=True)).to_be_visible()
    expect(teacher.get_by_role("navigation", name="Global").get_by_role("link", name="Admin")).to_have_count(0)
    answer = teacher.goto(f"{site.url}/admin")
    assert answer is not None and answer.status in (403, 404)

    sign_in(open_page(), site, Person("oquill", "never-read"))
    upload(admin, write_package(tmp_path / "again.zip", SCHOOL, TRACKER, PEOPLE))
    expect(admin.get_by_role("row", name=re.compile(SCHOOL))).to_have_count(0)


@pytest.mark.parametrize("bytes_", [b"", b"not a zip", b"PK\x03\x04 cut short"], ids=["empty", "text", "cut"])
def test_a_file_that_is_no_roster_is_refused_in_a_sentence(admin, tmp_path, bytes_):
    file = tmp_path / "roster.zip"
    file.write_bytes(bytes_)
    upload(admin, file)
    expect(admin.get_by_role("button", name="Apply")).to_have_count(0)
    said = admin.get_by_role("alert").or_(admin.get_by_role("status")).first
    expect(said).to_contain_text(re.compile(r"\w+ \w+"))


def test_every_page_of_administration_opens(admin):
    names = admin.get_by_role("navigation", name="Admin", exact=True).get_by_role("link").all_inner_texts()
    assert {"Schools", "Staff", "Roster syncs", "Mail", "Audit"} <= {name.strip() for name in names}
    for name in names:
        go_to(admin, name.strip())
