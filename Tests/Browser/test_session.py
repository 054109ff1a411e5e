"""Before a session ends, whoever is there is asked, and what was typed is not lost."""

import re

import pytest
from district import District, running
from playwright.sync_api import expect
from screen import sign_in


class ImpatientDistrict(District):
    """Five minutes without a request, and a student is signed out."""

    def __init__(self, folder, post_office) -> None:
        super().__init__(folder, post_office)
        self.environment["FIRSTBELL_SESSION_STUDENT"] = "5m 8h"


@pytest.fixture(scope="module")
def site(tmp_path_factory, post_office):
    with running(ImpatientDistrict(tmp_path_factory.mktemp("district"), post_office)) as district:
        yield district


@pytest.fixture
def slow(page, site):
    """A page whose clock the test moves."""
    page.clock.install()
    sign_in(page, site, site.student)
    expect(page).to_have_url(re.compile("/home"))
    expect(page.locator("#session")).to_be_hidden()
    return page


def left(page, seconds: int) -> None:
    """What the server says is left; its own clock stands still for the browser."""
    page.route("**/session", lambda route: route.fulfill(status=200, content_type="text/plain", body=str(seconds))
               if route.request.method == "GET" else route.continue_())


def test_the_warning_comes_in_time_and_a_press_stays(slow, looks):
    dialog = slow.get_by_role("alertdialog")
    left(slow, 119)
    slow.clock.run_for(181_000)
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name=re.compile("Stay signed in|Seguir dentro"))).to_be_focused()
    looks.at(slow, "session, about to end")
    dialog.get_by_role("button", name=re.compile("Stay signed in|Seguir dentro")).click()
    expect(dialog).to_be_hidden()
    looks.say()


def test_another_page_of_the_same_person_keeps_it_quiet(slow):
    left(slow, 290)
    with slow.expect_request("**/session"):
        slow.clock.run_for(181_000)
    expect(slow.get_by_role("alertdialog")).to_be_hidden()


def test_after_the_end_the_door_says_so(slow, site):
    slow.context.clear_cookies()
    slow.context.add_cookies([{"name": "firstbell", "value": "A" * 43, "url": site.url}])
    left(slow, 0)
    slow.clock.run_for(181_000)
    expect(slow).to_have_url(re.compile("/sign-in"))
    expect(slow.get_by_role("alert")).to_be_visible()
