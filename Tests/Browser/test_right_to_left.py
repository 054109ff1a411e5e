"""The whole site in a language that is read from the right, as the server draws it: the layout holds."""

import re

import pytest
from district import District, RightToLeftDistrict, running
from playwright.sync_api import Page, expect
from screen import pages_from, sign_in

pytestmark = pytest.mark.timeout(600)
PSEUDO = "ar-XB"


@pytest.fixture(scope="module")
def site(tmp_path_factory, post_office):
    with running(RightToLeftDistrict(tmp_path_factory.mktemp("district"), post_office)) as district:
        yield district


def read_from_the_right(page: Page) -> None:
    page.get_by_role("contentinfo").get_by_role("button", name="Pseudo").click()
    expect_from_the_right(page)


def expect_from_the_right(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", PSEUDO)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def walk(page: Page, site: District, start: str, who: str, looks) -> None:
    for shape in pages_from(page, site.url + start):
        if not re.search(r"/(card-sheets|activate)/", page.url):
            expect_from_the_right(page)
        looks.at(page, f"from the right, {who} {shape}")
    looks.say()


def test_the_teachers_pages(page, site, looks):
    sign_in(page, site, site.teacher)
    read_from_the_right(page)
    main = page.get_by_role("heading", level=1).bounding_box()
    assert main and main["x"] + main["width"] > page.viewport_size["width"] / 2, "the heading stands on the right"
    walk(page, site, "/trackers", "teacher", looks)


def test_the_administrators_pages(page, site, looks):
    sign_in(page, site, site.administrator)
    read_from_the_right(page)
    walk(page, site, "/admin", "administrator", looks)


def test_the_students_page_the_door_and_an_error(page, site, looks):
    page.goto(f"{site.url}/sign-in")
    page.get_by_role("button", name="Pseudo").click()
    expect_from_the_right(page)
    looks.at(page, "from the right, the door")
    page.locator("#username").fill(site.student.username)
    page.locator("input#password").fill(site.student.password)
    with page.expect_navigation():
        page.locator("form[action='/sign-in'] button").click()
    expect_from_the_right(page)
    walk(page, site, "/home", "student", looks)
    page.goto(f"{site.url}/nowhere")
    expect_from_the_right(page)
    looks.at(page, "from the right, nowhere")
    looks.say()
