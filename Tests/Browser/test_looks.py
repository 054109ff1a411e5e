"""Every page in every state reached: axe finds nothing, nothing scrolls sideways, every target is 44 px high."""

import re

import pytest
from district import Person
from paper import cards
from playwright.sync_api import expect
from screen import choose_password, narrow_to, open_menu, open_menu_of, open_students, pages_from, sign_in

pytestmark = pytest.mark.timeout(600)


def test_the_teachers_pages(page, site, looks):
    sign_in(page, site, site.teacher)
    for shape in pages_from(page, f"{site.url}/trackers"):
        looks.at(page, f"teacher {shape}")
    looks.say()


@pytest.mark.parametrize("language", ["English", "Español"])
def test_the_administrators_pages(page, site, looks, language):
    sign_in(page, site, site.administrator)
    if language != "English":
        page.get_by_role("contentinfo").get_by_role("button", name=language).click()
        expect(page.locator("html")).to_have_attribute("lang", "es")
    for shape in pages_from(page, f"{site.url}/admin"):
        looks.at(page, f"administrator {shape}, {language}")
    looks.say()


def test_the_students_page_in_its_states(page, site, looks):
    sign_in(page, site, site.teacher)
    open_students(page, site)
    open_menu(page, "More")
    looks.at(page, "students, the page's menu open")
    open_students(page, site)
    row = narrow_to(page, "Not mailed yet")[0]
    open_menu_of(row)
    looks.at(page, "students, a row's menu open")
    open_students(page, site)
    page.get_by_label("Find a student").fill("nobody has this name")
    page.get_by_role("search").get_by_role("button", name="Show").click()
    looks.at(page, "students, nobody found")
    looks.say()


def test_sending_and_printing(page, site, looks):
    sign_in(page, site, site.teacher)
    page.goto(f"{site.url}/people/students/send")
    page.get_by_role("checkbox", name=re.compile("^All Classrooms")).uncheck()
    page.get_by_role("button", name="Count again").click()
    looks.at(page, "send, nobody chosen")
    page.get_by_role("checkbox", name=re.compile("^All Classrooms")).check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page).to_have_url(re.compile(r"/mailings/"))
    looks.at(page, "mailing")
    open_students(page, site)
    narrow_to(page, "No address")[0].button("Print Username/Password").click()
    expect(page).to_have_url(re.compile(r"/card-sheets/"))
    looks.at(page, "one card")
    looks.say()


def test_signing_in(page, site, looks):
    sign_in(page, site, Person("nobody", "wrong"))
    expect(page.get_by_role("alert")).to_be_visible()
    looks.at(page, "sign in, refused")
    sign_in(page, site, site.student)
    looks.at(page, "student, signed in")

    page.context.clear_cookies()
    page.goto(f"{site.url}/activate/gone")
    looks.at(page, "a dead link")
    looks.say()


def test_choosing_a_password(page, open_page, site, looks):
    teacher = open_page()
    sign_in(teacher, site, site.teacher)
    open_students(teacher, site)
    row = narrow_to(teacher, "No address")[0]
    row.button("Print Username/Password").click()
    card = cards(teacher)[0]
    sign_in(page, site, Person(card.username, card.temporary_password))
    looks.at(page, "choose a password")
    choose_password(page, "password")
    expect(page.get_by_role("alert")).to_be_visible()
    looks.at(page, "choose a password, refused")
    choose_password(page)
    looks.at(page, "student, first time home")
    looks.say()


@pytest.mark.parametrize("path", ["/nowhere", "/trackers/00000000-0000-7000-8000-000000000000", "/activate/x"])
def test_the_error_pages(page, site, looks, path):
    sign_in(page, site, site.teacher)
    page.goto(site.url + path)
    looks.at(page, f"error {path}")
    looks.say()


def test_spanish(page, site, looks):
    sign_in(page, site, site.teacher)
    page.get_by_role("contentinfo").get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    looks.at(page, "trackers in Spanish")
    open_students(page, site)
    looks.at(page, "students in Spanish")
    looks.say()
