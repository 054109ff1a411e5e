"""The keyboard alone: signing in, one menu, sending."""

import re

from playwright.sync_api import Page, expect
from screen import narrow_to, open_students, sign_in

FOCUSED = """() => {
  const it = document.activeElement;
  const style = getComputedStyle(it);
  const label = it.labels?.[0]?.innerText ?? '';
  const box = it.getBoundingClientRect();
  return {
    name: (it.getAttribute('aria-label') || label || it.innerText || '').replace(/\\s+/g, ' ').trim(),
    seen: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none',
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def tab_to(page: Page, name: str, presses: int = 400) -> None:
    """Presses Tab until the thing with the name has the focus; the focus is seen on every step."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        if focus["name"]:
            assert focus["seen"], f"the focus is seen on {focus['name']!r}"
            assert focus["inside"], f"the focus is on the screen at {focus['name']!r}"
        if re.match(name, focus["name"]):
            return
    raise AssertionError(f"no way by Tab to {name!r}")


def test_signing_in(page, site):
    page.goto(f"{site.url}/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "Skip to the page"
    tab_to(page, "Username or email address")
    page.keyboard.type(site.teacher.username)
    tab_to(page, "Password$")
    page.keyboard.type(site.teacher.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Trackers")).to_be_visible()


def test_the_skip_link_leads_past_the_navigation(page, site):
    sign_in(page, site, site.teacher)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_sending_from_a_row(page, site, post_office):
    sign_in(page, site, site.teacher)
    open_students(page, site)
    row = narrow_to(page, "Not mailed yet")[0]
    address, username = row.address, row.username
    page.reload()
    tab_to(page, "Send Student Activation Email to ")
    page.keyboard.press("Enter")
    post_office.wait_for(address, naming=username)


def test_sending_to_many(page, site):
    sign_in(page, site, site.teacher)
    open_students(page, site)
    tab_to(page, "More$")
    page.keyboard.press("Enter")
    tab_to(page, "Send Student Activation Emails$", presses=2)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Send Student Activation Emails")).to_be_visible()
    tab_to(page, "Send$")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"/mailings/"))


def test_escape_closes_a_menu(page, site):
    sign_in(page, site, site.teacher)
    open_students(page, site)
    tab_to(page, "More$")
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Send Student Activation Emails", exact=True)
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()
    assert page.evaluate(FOCUSED)["name"] == "More"
