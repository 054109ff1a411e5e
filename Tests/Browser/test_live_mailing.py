"""A mailing while it is under way: undone, watched, paused, let go on and cancelled, with script and without."""

import re

import pytest
from playwright.sync_api import Page, expect
from screen import open_menu, open_students, rows, sign_in


def send_to_all(page: Page, site) -> str:
    """Presses Send for All Classrooms and returns the address of the mailing's page."""
    open_students(page, site)
    open_menu(page, "More")
    page.get_by_role("link", name="Send Student Activation Emails").click()
    page.get_by_role("checkbox", name=re.compile("^All Classrooms")).check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page).to_have_url(re.compile(r"/mailings/"))
    return page.url


def states(page: Page) -> list[str]:
    return [row.state for row in rows(page, "Mails")]


def said(page: Page) -> list[str]:
    """What a person reads on the page. Rows stay where they are while one looks, so their order is not compared."""
    parts = [page.locator(part).inner_text() for part in ("#far", "#status", "#steering", "#skipped")]
    return [re.sub(r"\s+", " ", text) for text in parts + sorted(page.locator("#board tbody tr").all_inner_texts())]


@pytest.fixture(autouse=True)
def a_quick_post_office(post_office):
    yield
    post_office.take_all()
    post_office.refused, post_office.deferred = set(), set()


def test_a_mailing_is_undone_within_ten_seconds(site, page, post_office, looks):
    sign_in(page, site, site.teacher)
    send_to_all(page, site)
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    looks.at(page, "A mailing that can be undone")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#far")).to_have_text("No mail left.")
    expect(page.locator("#status")).to_contain_text("Undone in time by you")
    assert set(states(page)) == {"Cancelled"}
    assert not post_office.letters
    looks.at(page, "A mailing that was undone")
    # One of them is mailed at once all the same.
    first = rows(page, "Mails")[0]
    address, username = first.address, first.username
    first.button("Send Student Activation Email").click()
    post_office.wait_for(address, naming=username)
    looks.say()


def test_a_page_follows_its_mails_where_they_are(site, open_page, post_office, looks):
    page = open_page()
    sign_in(page, site, site.teacher)
    post_office.hold()
    address = send_to_all(page, site)
    addresses = [row.address for row in rows(page, "Mails")]
    post_office.refused, post_office.deferred = {addresses[0]}, {addresses[1]}
    page.evaluate("window.isTheSamePage = true")
    expect(page.locator("#board .state", has_text="Sending").first).to_be_visible(timeout=30_000)
    looks.at(page, "A mailing under way")

    page.get_by_role("button", name="Pause").press("Enter")
    page.wait_for_url(address)
    expect(page.get_by_role("button", name="Resume")).to_be_visible()
    post_office.take_all()
    expect(page.locator("#board .state", has_text="Sending")).to_have_count(0, timeout=30_000)
    expect(page.locator("#board .state", has_text="Paused").first).to_be_visible()
    looks.at(page, "A mailing that is paused")
    left = len(post_office.letters)

    # Without script the page says the same.
    plain = open_page(java_script_enabled=False, storage_state=page.context.storage_state())
    plain.goto(address)
    assert said(plain) == said(page)
    # A page that nobody tells asks by itself.
    asking = open_page(storage_state=page.context.storage_state())
    asking.route("**/events?*", lambda route: route.fulfill(status=404, body=""))
    asking.goto(address)
    assert said(asking) == said(page)

    # The other page is told, and whoever has the keyboard somewhere on it keeps it.
    page.evaluate("window.isTheSamePage = true")
    page.locator("#board tbody tr", has_text="Paused").first.get_by_role("link").first.focus()
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    plain.get_by_role("button", name="Resume").click()
    expect(plain.get_by_role("button", name="Resume")).to_have_count(0)
    expect(page.locator("#board .state", has_text="Paused")).to_have_count(1, timeout=30_000)
    assert page.evaluate("document.activeElement.getAttribute('href')") == focused
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#board .state", has_text="Paused")).to_have_count(0)
    expect(page.locator("#board .state", has_text=re.compile("Queued|Sending"))).to_have_count(0, timeout=30_000)
    assert page.evaluate("window.isTheSamePage") is True
    assert len(post_office.letters) > left
    expect(asking.locator("#board .state", has_text=re.compile("Paused|Queued|Sending"))).to_have_count(0, timeout=30_000)
    expect(asking.locator("#far")).to_have_text(page.locator("#far").inner_text())
    expect(asking.locator("#status p").last).to_have_text(page.locator("#status p").last.inner_text())
    text = " ".join(said(page))
    assert "there is no such mailbox: the address may be mistyped" in text
    assert "the mail server asked us to come back later" in text
    looks.at(page, "A mailing with a refused and a deferred mail")

    # What waits for its next try does not leave any more.
    page.get_by_role("button", name="Cancel the rest").click()
    expect(page.locator("#status")).to_contain_text("Cancelled by you")
    assert "Cancelled" in states(page)
    looks.at(page, "A mailing of which the rest was cancelled")
    looks.say()
