"""The teacher's road, by the names on the screen, from her sign-in to a student's own password."""

import re

import pytest
from district import District, Person, running
from playwright.sync_api import Page, expect
from screen import (
    OWN_PASSWORD, choose_password, expect_home, find, narrow_to, open_menu, open_students, rows, said, sign_in, sign_out,
    state_of, until,
)

MESSAGE = "Bring your tablet on Thursday. ¡Hasta pronto!"


@pytest.fixture(scope="module", params=["with script", "without script"])
def script(request) -> bool:
    """The road is walked twice, the second time in browsers that run no script."""
    return request.param == "with script"


@pytest.fixture(scope="module")
def site(script, tmp_path_factory, post_office):
    """Each walk has a district of its own, and an empty post office."""
    post_office.empty()
    with running(District(tmp_path_factory.mktemp("district"), post_office)) as district:
        yield district


@pytest.fixture
def person(script, open_page):
    return lambda *arguments, **options: open_page(*arguments, java_script_enabled=script, **options)


def walk_to_students(page: Page, site) -> None:
    """Trackers, a tracker, its Students tab, More Options, People, Students."""
    sign_in(page, site, site.teacher)
    page.get_by_role("navigation", name="Global").get_by_role("link", name="Trackers", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Trackers")).to_be_visible()

    tracker = page.get_by_role("main").get_by_role("heading", level=2).get_by_role("link").first
    name = tracker.inner_text()
    tracker.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()
    tab = page.get_by_role("navigation", name=name).get_by_role("link", name="Students", exact=True)
    expect(tab).to_have_attribute("aria-current", "page")

    open_menu(page, "More Options")
    open_menu(page, "People")
    page.locator("details[open] details[open]").get_by_role("link", name="Students", exact=True).click()
    expect(page).to_have_url(re.compile(r"/people/students$"))
    expect(page.get_by_role("heading", level=1, name="Students")).to_be_visible()


def test_a_row_mails_one_student_who_then_is_active(person, site, post_office):
    teacher = person()
    walk_to_students(teacher, site)
    row = narrow_to(teacher, "Not mailed yet")[0]
    name, username, address = row.name, row.username, row.address
    row.button("Send Student Activation Email").click()

    letter = post_office.wait_for(address, naming=username)
    given = name.split()[0]
    assert given in letter.text and given in letter.html
    assert letter.link in letter.html
    assert letter.link.startswith(site.url + "/activate/")
    assert username in letter.html
    assert letter.message["To"] is not None and address in letter.message["To"]
    open_students(teacher, site)
    until(lambda: find(teacher, username).state == "Mailed", teacher.reload, "the row to say Mailed")

    student = person()
    student.goto(letter.link)
    expect(student.get_by_role("main")).to_contain_text(said("Choose your own password"))
    expect(student.get_by_role("main")).to_contain_text(username)
    choose_password(student, "password")
    expect(student.get_by_role("alert")).to_be_visible()
    assert state_of(teacher, site, username) == "Mailed", "a password that is too easy makes nobody active"
    choose_password(student)
    expect_home(student, username)

    assert state_of(teacher, site, username) == "Active"
    sign_out(student)
    sign_in(student, site, Person(username, OWN_PASSWORD))
    expect_home(student, username)

    stranger = person()
    stranger.goto(letter.link)
    expect(stranger.get_by_role("heading", level=1)).to_be_visible()
    expect(stranger.locator("input[type=password]")).to_have_count(0)
    assert username not in stranger.content() and name not in stranger.content(), "a dead link tells nobody's name"
    expect(stranger.get_by_role("link", name=said("Go to sign in"))).to_be_visible()


def test_many_are_mailed_after_a_count_in_words(person, site, post_office):
    teacher = person()
    walk_to_students(teacher, site)
    waiting = {row.username: row.address for row in narrow_to(teacher, "Not mailed yet")}
    assert len(waiting) > 1, "two of the teacher's students were not mailed yet"
    refused = sorted(waiting.values())[0]
    post_office.refused = {refused}

    open_menu(teacher, "More")
    teacher.get_by_role("link", name="Send Student Activation Emails").click()
    expect(teacher.get_by_role("heading", level=1, name="Send Student Activation Emails")).to_be_visible()
    everybody = teacher.get_by_role("checkbox", name=re.compile("^All Classrooms"))
    expect(everybody).to_be_visible()
    teacher.get_by_label("Additional Message").fill(MESSAGE)

    everybody.uncheck()
    teacher.get_by_role("group", name="Who gets a mail").get_by_role("checkbox").nth(1).check()
    teacher.get_by_role("button", name="Count again").click()
    expect(teacher.get_by_label("Additional Message")).to_have_value(MESSAGE)
    few = count_in_words(teacher)
    teacher.get_by_role("checkbox", name=re.compile("^All Classrooms")).check()
    teacher.get_by_role("button", name="Count again").click()
    all_of_them = count_in_words(teacher)
    assert few <= all_of_them
    expect(teacher.locator(".letter")).to_contain_text(MESSAGE)

    before = len(post_office.letters)
    form = {"act": teacher.locator("input[name=act]").get_attribute("value"), "all": "on", "additional": MESSAGE}
    teacher.get_by_role("button", name="Send", exact=True).click()
    expect(teacher).to_have_url(re.compile(r"/mailings/"))
    until(
        lambda: all(row.state in ("Accepted", "Refused") for row in rows(teacher, "Mails")),
        teacher.reload, "each mail to have met its fate")
    fates = {row.username: row.state for row in rows(teacher, "Mails")}
    assert len(fates) == all_of_them
    assert set(waiting) <= set(fates)
    for username, address in waiting.items():
        if address == refused:
            assert fates[username] == "Refused"
            continue
        assert fates[username] == "Accepted"
        letter = post_office.wait_for(address, naming=username)
        assert MESSAGE in letter.text and MESSAGE in letter.html

    sent = len(post_office.letters)
    assert sent - before == sum(1 for fate in fates.values() if fate == "Accepted")
    again = teacher.request.post(
        f"{site.url}/people/students/send", form=form, headers={"Sec-Fetch-Site": "same-origin", "Origin": site.url})
    assert again.url == teacher.url, "the same press again leads to the same mailing"
    open_students(teacher, site)
    assert not [row for row in rows(teacher) if row.state in ("Sending", "Queued")]
    assert len(post_office.letters) == sent, "the same press again mails nobody twice"
    post_office.refused = set()


def count_in_words(page: Page) -> int:
    """The number at the head of the sentence beside Send."""
    sentence = page.locator(".send-row .answer").inner_text()
    found = re.match(r"(\d+) gets? a mail|Nobody gets a mail", sentence)
    assert found, f"the count in words: {sentence!r}"
    return int(found.group(1) or 0)
