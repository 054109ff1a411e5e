"""Mail scanners open, preload and press everything; the student still gets in."""

import urllib.error
import urllib.parse
import urllib.request

from playwright.sync_api import expect
from screen import choose_password, expect_home, narrow_to, open_students, sign_in, state_of


def ask(address: str, method: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> int:
    """Asks without cookies, as a scanner does, and returns the status."""
    request = urllib.request.Request(address, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            answer.read()
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code


def test_a_scanned_link_still_works(page, phone, site, post_office):
    sign_in(page, site, site.teacher)
    open_students(page, site)
    row = narrow_to(page, "Not mailed yet")[0]
    username, address = row.username, row.address
    row.button("Send Student Activation Email").click()
    link = post_office.wait_for(address, naming=username).link

    for number in range(20):
        assert ask(link, "HEAD" if number % 2 else "GET") == 200
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    at_home = form | {"Origin": site.url}
    for headers in (form, at_home):
        assert 400 <= ask(link, "POST", b"", headers) < 500
        assert 400 <= ask(link, "POST", b"password=", headers) < 500
        assert 400 <= ask(link, "POST", b"password=a", headers) < 500
    twice = urllib.parse.urlencode([("password", "otter lantern plum river"), ("password", "x")]).encode()
    assert ask(link, "POST", twice, at_home) in (400, 422)
    elsewhere = form | {"Origin": "https://elsewhere.test", "Sec-Fetch-Site": "cross-site"}
    good = urllib.parse.urlencode({"password": "otter lantern plum river"}).encode()
    assert ask(link, "POST", good, elsewhere) == 403

    assert state_of(page, site, username) == "Mailed"
    phone.goto(link)
    choose_password(phone)
    expect_home(phone, username)
    assert state_of(page, site, username) == "Active"


def test_a_garbled_link_is_friendly(phone, site):
    for token in ("x", "A" * 60, "%00", "..%2F..%2Fetc", "a" * 3000):
        answer = phone.goto(f"{site.url}/activate/{token}")
        assert answer is not None and 400 <= answer.status < 500, token
        expect(phone.get_by_role("heading", level=1)).to_be_visible()
        expect(phone.get_by_role("link").first).to_be_visible()
