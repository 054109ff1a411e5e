"""What a person sees and presses, by the names on the screen."""

import re
import time
import urllib.parse
from collections.abc import Callable, Iterator

from district import District, Person
from playwright.sync_api import Locator, Page, expect

OWN_PASSWORD = "otter lantern plum river"
IDENTIFIER = re.compile(r"/[0-9a-f]{8}-[0-9a-f-]{27}")
MOST_PAGES = 60


# A student reads the language that the roster names; a district of ours speaks two.
SPANISH = {
    "Username or email address": "Nombre de usuario o correo electrónico",
    "Password": "Contraseña",
    "Sign in": "Entrar",
    "Save my password": "Guardar mi contraseña",
    "My trackers": "Mis clases",
    "Choose your own password": "tu propia contraseña",
    "Go to sign in": "Ir a entrar",
}


def said(english: str) -> re.Pattern[str]:
    """The words in either language."""
    return re.compile(f"{re.escape(english)}|{re.escape(SPANISH[english])}")


def sign_in(page: Page, site: District, person: Person) -> None:
    """Signs in, or tries to; returns when the page that answers is there."""
    page.goto(f"{site.url}/sign-in")
    page.get_by_label(said("Username or email address")).fill(person.username)
    page.locator("input#password").fill(person.password)
    with page.expect_navigation():
        page.get_by_role("button", name=said("Sign in")).click()


def sign_out(page: Page) -> None:
    page.get_by_role("banner").locator("details.menu > summary").click()
    page.get_by_role("banner").locator("form[action='/sign-out'] button").click()


def open_menu(page: Page, name: str) -> None:
    page.locator("summary", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$")).click()


def open_menu_of(row: "Row") -> None:
    """The menu at the end of a student's row."""
    row.locator.locator("td.dots summary").click()


def choose_password(page: Page, password: str = OWN_PASSWORD) -> None:
    """Types the new password; without script there is a second field."""
    for field in page.locator("input[type=password]:visible").all():
        field.fill(password)
    page.get_by_role("button", name=said("Save my password")).click()


def expect_home(page: Page, username: str) -> None:
    """The student's own page, which says the username."""
    expect(page).to_have_url(re.compile(r"/home(\?.*)?$"))
    expect(page.get_by_role("main")).to_contain_text(username)
    expect(page.get_by_role("heading", name=said("My trackers"))).to_be_visible()


def until(done: Callable[[], bool], renew: Callable[[], object], what: str, seconds: float = 30) -> None:
    """Renews the page until it shows what is waited for."""
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        renew()


def pages_from(page: Page, start: str) -> Iterator[str]:
    """Follows links from the start; of pages that differ only in an id or a filter, one each is opened."""
    waiting, seen = [start], set()
    while waiting and len(seen) < MOST_PAGES:
        address = urllib.parse.urldefrag(waiting.pop(0)).url
        parts = urllib.parse.urlsplit(address)
        shape = IDENTIFIER.sub("/{id}", parts.path)
        if shape in seen or parts.netloc != urllib.parse.urlsplit(start).netloc:
            continue
        seen.add(shape)
        answer = page.request.get(address)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        page.goto(address)
        yield shape.strip("/") or "home"
        waiting += page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")


class Row:
    """A student's row on a board."""

    def __init__(self, locator: Locator) -> None:
        self.locator = locator

    @property
    def name(self) -> str:
        return self.locator.get_by_role("rowheader").locator("b").inner_text().strip()

    @property
    def username(self) -> str:
        return self.locator.get_by_role("rowheader").locator(".mono").inner_text().strip()

    @property
    def state(self) -> str:
        return self.locator.locator(".state").first.inner_text().strip()

    @property
    def address(self) -> str:
        return self.locator.locator("td.wide").inner_text().split("\n")[0].strip()

    def button(self, name: str) -> Locator:
        """The next step of the row, visible without a menu; its full name ends with the student's."""
        return self.locator.locator("td.act").get_by_role("button", name=name)


def rows(page: Page, table: str = "Students") -> list[Row]:
    return [Row(each) for each in page.get_by_role("table", name=table).locator("tbody tr:not(.group)").all()]


def open_students(page: Page, site: District) -> None:
    page.goto(f"{site.url}/people/students")


def narrow_to(page: Page, state: str) -> list[Row]:
    """Presses the counter of a state and returns its rows."""
    page.get_by_role("navigation", name="Filter by state").get_by_role("link", name=re.compile(rf"{state}\s*$")).click()
    expect(page.get_by_role("table", name="Students")).to_be_visible()
    return rows(page)


def find(page: Page, username: str) -> Row:
    """Searches for one student by username."""
    page.get_by_label("Find a student").fill(username)
    # The rows of before are still there until the answer comes.
    with page.expect_navigation():
        page.get_by_role("search").get_by_role("button", name="Show").click()
    found = [row for row in rows(page) if row.username == username]
    assert len(found) == 1, f"one row for {username}, not {len(found)}"
    return found[0]


def state_of(page: Page, site: District, username: str) -> str:
    open_students(page, site)
    return find(page, username).state
