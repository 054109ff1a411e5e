"""From an empty data folder: the first administrator, a roster, a new teacher; then an export that was cut short."""

import re

import pytest
from district import NewDistrict, Person, running
from playwright.sync_api import Page, expect
from roster_package import School, Somebody, write_package
from screen import sign_in, until

STAFF_PASSWORD = "violet harbour trumpet otter"
ADMINISTRATOR = Person("ruth", STAFF_PASSWORD)
TEACHER = Somebody("oquill", "Odalys", "Quill", "teacher", "oquill@staff.test")


def school(number: int, name: str, students: int, teacher: Somebody | None = None) -> School:
    people = tuple(Somebody(f"s{number}-{one}", "Björn", f"Ñandú {one}", "student") for one in range(students))
    return School(f"school-{number}", name, f"Tracker {number}", people + ((teacher,) if teacher else ()))


PINE = school(1, "Pine Hollow Elementary", 9, TEACHER)
OAK = school(2, "Oak Bend Middle", 9)
ELM = school(3, "Elm Street High", 9)


@pytest.fixture(scope="module")
def site(tmp_path_factory, post_office):
    with running(NewDistrict(tmp_path_factory.mktemp("district"), post_office)) as district:
        yield district


@pytest.fixture
def admin(page, site) -> Page:
    """The administrator, signed in; the first time by the link from the terminal."""
    page.goto(site.first_link)
    if page.locator("input[type=password]").count():
        choose(page)
    else:
        sign_in(page, site, ADMINISTRATOR)
    page.get_by_role("navigation", name="Global").get_by_role("link", name="Admin", exact=True).click()
    return page


def choose(page: Page) -> None:
    page.get_by_label("Your new password").fill(STAFF_PASSWORD)
    page.get_by_role("button", name="Save my password").click()


def go_to(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Admin", exact=True).get_by_role("link", name=name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def upload(page: Page, file) -> None:
    go_to(page, "Roster syncs")
    page.get_by_label("Roster file").set_input_files(file)
    page.get_by_role("button", name="Read it and show the plan").click()
    wait_for_work(page)


def apply(page: Page) -> None:
    page.get_by_role("button", name="Apply", exact=True).click()
    wait_for_work(page)


def wait_for_work(page: Page) -> None:
    until(lambda: page.get_by_role("link", name="Look again").count() == 0, page.reload, "the roster's work to end")


def test_a_roster_brings_a_teacher_who_lets_herself_in(admin, site, post_office, open_page, tmp_path):
    upload(admin, write_package(tmp_path / "first.zip", PINE, OAK, ELM))
    main = admin.get_by_role("main")
    expect(main).to_contain_text("Nothing has changed yet.")
    expect(admin.get_by_role("row", name=re.compile(PINE.name))).to_contain_text("+9")
    plan = admin.url
    go_to(admin, "Schools")
    expect(main).not_to_contain_text(PINE.name)
    admin.goto(plan)
    apply(admin)
    expect(main).to_contain_text("Applied")
    go_to(admin, "Schools")
    for one in (PINE, OAK, ELM):
        expect(main).to_contain_text(one.name)

    go_to(admin, "Staff")
    admin.get_by_label("Find a person").fill(TEACHER.id)
    admin.get_by_role("search").get_by_role("button").click()
    row = admin.get_by_role("table", name="Staff").locator("tbody tr")
    expect(row).to_have_count(1)
    row.get_by_role("button", name="Send activation email").click()
    letter = post_office.wait_for(TEACHER.email)
    assert TEACHER.given in letter.text

    teacher = open_page()
    teacher.goto(letter.link)
    choose(teacher)
    expect(teacher.get_by_role("heading", level=1, name="Trackers")).to_be_visible()
    expect(teacher.get_by_role("main").get_by_role("link", name=PINE.tracker, exact=True)).to_be_visible()
    expect(teacher.get_by_role("navigation", name="Global").get_by_role("link", name="Admin")).to_have_count(0)
    answer = teacher.goto(f"{site.url}/admin")
    assert answer is not None and answer.status in (403, 404)

    stranger = open_page()
    sign_in(stranger, site, Person(TEACHER.id, "never-read"))
    expect(stranger.get_by_role("alert")).to_be_visible()

    upload(admin, write_package(tmp_path / "again.zip", PINE, OAK, ELM))
    expect(main).to_contain_text("Nothing would change")


def test_an_export_that_was_cut_short_takes_nobody_away(admin, tmp_path):
    upload(admin, write_package(tmp_path / "whole.zip", PINE, OAK, ELM))
    if admin.get_by_role("button", name="Apply", exact=True).count():
        apply(admin)
    newcomers = school(1, PINE.name, 11, TEACHER)
    upload(admin, write_package(tmp_path / "short.zip", newcomers, school(2, OAK.name, 2), ELM))
    main = admin.get_by_role("main")
    expect(main.get_by_role("heading", name=re.compile(f"Held: {OAK.name} would lose 7 of 9"))).to_be_visible()
    apply(admin)
    go_to(admin, "Schools")
    expect(admin.get_by_role("row", name=re.compile(PINE.name))).to_contain_text("11")
    expect(admin.get_by_role("row", name=re.compile(OAK.name))).to_contain_text("9")


def test_a_roster_without_most_people_waits_as_a_whole(admin, tmp_path):
    upload(admin, write_package(tmp_path / "whole.zip", PINE, OAK, ELM))
    if admin.get_by_role("button", name="Apply", exact=True).count():
        apply(admin)
    short = write_package(tmp_path / "short.zip", school(1, PINE.name, 1), school(2, OAK.name, 1))
    main = admin.get_by_role("main")
    upload(admin, short)
    expect(main.get_by_role("heading", name=re.compile("^Nothing is taken yet"))).to_be_visible()
    expect(admin.get_by_role("button", name="Apply", exact=True)).to_have_count(0)
    admin.get_by_role("button", name="Throw this plan away").click()
    expect(main).to_contain_text("This plan was thrown away. Nothing changed.")

    upload(admin, short)
    admin.get_by_role("checkbox", name=re.compile("^Yes, this roster is whole")).check()
    admin.get_by_role("button", name="Confirm the whole plan").click()
    apply(admin)
    expect(main.get_by_role("heading", name=re.compile(f"^Held: {OAK.name}"))).to_be_visible()
    held = main.get_by_role("region", name=re.compile(f"^Held: {OAK.name}"))
    held.get_by_role("checkbox").check()
    held.get_by_role("button", name="Confirm these removals").click()
    wait_for_work(admin)
    expect(main).to_contain_text(re.compile(f"confirmed that .* leave {OAK.name}"))


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut short"], ids=["empty", "text", "cut"])
def test_a_file_that_is_no_roster_is_refused_in_a_sentence(admin, tmp_path, content):
    file = tmp_path / "roster.zip"
    file.write_bytes(content)
    upload(admin, file)
    expect(admin.get_by_role("button", name="Apply", exact=True)).to_have_count(0)
    said = admin.get_by_role("alert").or_(admin.get_by_role("status")).first
    expect(said).to_contain_text(re.compile(r"\w+ \w+"))


def test_every_page_of_administration_opens(admin):
    names = admin.get_by_role("navigation", name="Admin", exact=True).get_by_role("link").all_inner_texts()
    assert {"Schools", "Staff", "Roster syncs", "Mail", "Audit"} <= {name.strip() for name in names}
    for name in names:
        go_to(admin, name.strip())
