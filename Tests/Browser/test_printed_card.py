"""A student without any address, with a phone and a printed card."""

import re

from district import Person
from paper import cards, code_on_screen
from playwright.sync_api import expect
from screen import (
    OWN_PASSWORD, choose_password, expect_home, narrow_to, open_menu_of, open_students, said, sign_in, sign_out,
    state_of,
)


def print_one(page, site, state: str = "No address"):
    """Prints the first student in the state; the sheet is open afterwards."""
    sign_in(page, site, site.teacher)
    open_students(page, site)
    row = narrow_to(page, state)[0]
    row.button("Print Username/Password").click()
    expect(page).to_have_url(re.compile(r"/card-sheets/"))
    found = cards(page)
    assert len(found) == 1, "one student's print is one card"
    return found[0]


def test_the_card_signs_a_student_in_who_then_owns_the_account(page, phone, site):
    card = print_one(page, site)
    assert card.temporary_password and re.fullmatch(r"[a-zñáéíóúü]+(-[a-zñáéíóúü]+){2}-[2-9]", card.temporary_password)
    assert re.search(r"\d", card.ends), "the card says until when it works"
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_visible()
    assert state_of(page, site, card.username) == "Card printed"

    phone.goto(site.url)
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= 390
    # As a child types it: capitals, blanks instead of hyphens.
    typed = card.temporary_password.replace("-", " ").title()
    sign_in(phone, site, Person(card.username.upper(), typed))
    expect(phone.get_by_role("main")).to_contain_text(said("Choose your own password"))
    phone.goto(f"{site.url}/home")
    expect(phone.get_by_role("button", name=said("Save my password"))).to_be_visible()
    choose_password(phone, card.temporary_password)
    expect(phone.get_by_role("alert")).to_be_visible()
    choose_password(phone)
    expect_home(phone, card.username)
    assert phone.evaluate("document.scrollingElement.scrollWidth") <= 390

    assert state_of(page, site, card.username) == "Active"
    sign_out(phone)
    sign_in(phone, site, Person(card.username, card.temporary_password))
    expect(phone.get_by_role("alert")).to_be_visible()
    sign_in(phone, site, Person(card.username, OWN_PASSWORD))
    expect_home(phone, card.username)


def test_the_code_on_the_card_leads_to_the_same_place(open_page, phone, site):
    # A sharper screen, as a camera sees paper.
    teacher = open_page(device_scale_factor=3)
    card = print_one(teacher, site)
    link = code_on_screen(teacher, card.name)
    assert link.startswith(f"{site.url}/activate/")
    phone.goto(link)
    expect(phone.get_by_role("main")).to_contain_text(card.username)
    choose_password(phone)
    expect_home(phone, card.username)
    assert state_of(teacher, site, card.username) == "Active"


def test_an_address_and_the_temporary_password_sign_in_too(page, phone, site):
    sign_in(page, site, site.teacher)
    open_students(page, site)
    row = narrow_to(page, "Not mailed yet")[0]
    address = row.address
    open_menu_of(row)
    row.locator.get_by_role("button", name="Print Username/Password").click()
    card = cards(page)[0]
    sign_in(phone, site, Person(address, card.temporary_password))
    expect(phone.get_by_role("main")).to_contain_text(card.username)
    choose_password(phone)
    expect_home(phone, card.username)
