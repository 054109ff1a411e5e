"""Card sheets on paper: A4 and Letter, nothing cut, every code readable."""

import re

import pytest
from paper import cards, codes_on, pages_of, print_to
from playwright.sync_api import expect
from screen import open_menu, open_students, sign_in


@pytest.fixture
def sheet(page, site):
    """The print-out of everybody, open on the screen."""
    sign_in(page, site, site.teacher)
    open_students(page, site)
    open_menu(page, "More")
    page.get_by_role("link", name="Print Student Usernames/Passwords", exact=True).click()
    everybody = page.get_by_role("group", name="Which of them").get_by_role("radio", name=re.compile("^Everybody"))
    everybody.check()
    page.get_by_role("button", name="Print Usernames/Passwords", exact=True).click()
    expect(page).to_have_url(re.compile(r"/card-sheets/"))
    expect(page.get_by_role("button", name="Print", exact=True)).to_be_visible()
    return page


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_no_card_is_cut_and_every_code_can_be_read(sheet, site, tmp_path, paper):
    on_screen = cards(sheet)
    assert len({card.username for card in on_screen}) == len(on_screen), "each student has one card"
    pdf = print_to(sheet, tmp_path, paper)
    papers = pages_of(pdf)
    assert not any("These words open accounts" in text for text in papers), "the advice stays on the screen"

    for card in on_screen:
        holding = [text for text in papers if re.search(rf"\b{re.escape(card.username)}\b", text)]
        assert holding, f"the card of {card.name} is on paper"
        whole = [
            text for text in holding
            if card.temporary_password is None or card.temporary_password in text.replace("- ", "-")
        ]
        assert whole, f"the card of {card.name} is on one sheet of paper"
    labels = "|".join(re.escape(label) for label in {card.username_label for card in on_screen})
    for text in papers:
        tops = len(re.findall(rf"\b({labels})\b", text))
        bottoms = text.count(on_screen[0].address)
        assert tops == bottoms <= 8, f"as many tops as bottoms of cards, 8 at most: {text[:200]}"

    codes = [code for codes in codes_on(pdf) for code in codes if "/activate/" in code]
    assert len(set(codes)) == sum(1 for card in on_screen if card.temporary_password)
    assert all(code.startswith(f"{site.url}/activate/") for code in codes)


def test_an_active_students_card_has_no_password(sheet):
    own = [card for card in cards(sheet) if card.temporary_password is None]
    assert own, "the teacher's trackers hold active students"
    assert any("No password is on this card" in card.ends for card in own)


def test_a_sheet_belongs_to_its_maker(sheet, open_page, site):
    stranger = open_page()
    stranger.goto(sheet.url)
    expect(stranger).to_have_url(re.compile(r"/sign-in"))
    sign_in(stranger, site, site.administrator)
    answer = stranger.goto(sheet.url)
    assert answer is not None and answer.status == 404
