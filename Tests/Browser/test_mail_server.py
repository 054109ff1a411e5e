"""The mail server stops taking mail: the administrator is told at once, finds out why, and nothing is lost."""

import re

import pytest
from playwright.sync_api import expect
from screen import open_students, rows, sign_in, until


@pytest.fixture
def ruth(open_page, site):
    page = open_page()
    sign_in(page, site, site.administrator)
    return page


def test_admin_mail_says_how_far_the_mail_server_lets_us_in(ruth, site, looks):
    ruth.goto(f"{site.url}/admin/mail")
    ruth.get_by_role("button", name="Check the mail server").click()
    found = ruth.get_by_role("list", name="What was found")
    expect(found.get_by_role("listitem")).to_have_count(5)
    for words in ("It is a mail server.", "The line is encrypted with TLSv1.3", "It takes our user and password.", "It takes mail from"):
        expect(found).to_contain_text(words)
    looks.at(ruth, "mail, checked")
    looks.say()


def test_a_refused_sender_is_told_on_every_page_of_the_administrator(ruth, page, site, post_office, looks):
    post_office.closed_to_senders = "550 5.7.1 This sender may not send from here"
    try:
        sign_in(page, site, site.teacher)
        open_students(page, site)
        row = next(each for each in rows(page) if each.button("Send Student Activation Email").count())
        row.button("Send Student Activation Email").click()
        note = ruth.get_by_role("status").filter(has_text="The mail server does not take our mail.")
        until(lambda: note.count() == 1, lambda: ruth.goto(f"{site.url}/admin"), "the administrator to be told")
        looks.at(ruth, "admin, mail is stuck")
        expect(page.get_by_text("The mail server does not take our mail.")).to_have_count(0)
        note.get_by_role("link", name="Look at the mail").click()
        expect(ruth).to_have_url(re.compile("/admin/mail$"))
        expect(ruth.get_by_role("alert")).to_contain_text("550 5.7.1 This sender may not send from here")
        ruth.get_by_role("button", name="Check the mail server").click()
        expect(ruth.get_by_role("list", name="What was found")).to_contain_text("It takes no mail from")
        looks.at(ruth, "mail, stuck and checked")
        looks.say()
    finally:
        post_office.closed_to_senders = None
