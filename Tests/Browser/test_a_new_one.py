"""A card that ran out: the child asks for a new one, and the teacher gives it with one press."""

import sqlite3

import pytest
from district import District, running
from paper import cards, code_on_screen
from playwright.sync_api import Page, expect
from screen import narrow_to, open_students, sign_in


@pytest.fixture(scope="module")
def site(tmp_path_factory, post_office):
    with running(District(tmp_path_factory.mktemp("district"), post_office)) as district:
        yield district


def let_cards_run_out(site: District) -> None:
    """As if a month had gone by since they were printed."""
    month = 31 * 86_400_000
    with sqlite3.connect(site.folder / "data" / "firstbell.sqlite", timeout=20) as database:
        database.execute("UPDATE credential SET first_shown_at = first_shown_at - ?, ends_at = ends_at - ?", (month, month))
        database.execute(
            "UPDATE account SET card_at = card_at - ?, card_ends_at = card_ends_at - ? WHERE card_at IS NOT NULL",
            (month, month))
    database.close()


def card_link(teacher: Page) -> str:
    """What the code on the sheet's one card leads to."""
    return code_on_screen(teacher, cards(teacher)[0].name)


def test_a_child_with_an_old_card_asks_and_the_teacher_gives_a_new_one(open_page, phone, site, looks):
    teacher = open_page()
    sign_in(teacher, site, site.teacher)
    open_students(teacher, site)
    row = narrow_to(teacher, "No address")[0]
    username = row.username
    row.button("Print Username/Password").click()
    old = card_link(teacher)
    let_cards_run_out(site)

    phone.goto(old)
    expect(phone.get_by_role("heading", level=1)).to_have_text("This link does not work now.")
    looks.at(phone, "link that ran out")
    phone.get_by_role("button", name="Send me a new one").click()
    expect(phone.get_by_role("status")).to_contain_text("We have passed it on.")
    expect(phone.get_by_role("button", name="Send me a new one")).to_have_count(0)
    looks.at(phone, "link that ran out, asked")

    open_students(teacher, site)
    panel = teacher.get_by_role("region", name="1 student asks for a new way in")
    expect(panel).to_be_visible()
    looks.at(teacher, "students, one asks")
    panel.get_by_role("button", name="Print Username/Password").click()
    new = card_link(teacher)
    assert new != old
    phone.goto(new)
    expect(phone.get_by_role("button", name="Send me a new one")).to_have_count(0)
    expect(phone.get_by_role("main")).to_contain_text(username)
    open_students(teacher, site)
    expect(teacher.get_by_role("heading", name="asks for a new way in")).to_have_count(0)
    looks.say()
