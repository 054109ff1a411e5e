"""A school without a student system: its list is pasted from a spreadsheet, looked at once, planned and taken in."""

import pytest
from playwright.sync_api import Page, expect
from test_administrator import admin, apply, go_to, site, wait_for_work  # noqa: F401

pytestmark = pytest.mark.timeout(300)

ROWS = (
    "Student ID\tName\tReg\tHome Email\tDOB\n"
    "0071\tNoor, Mia\t4B\tmother@home.test\t2015-01-02\n"
    "0072\tBerg, Tom\t4B\tfather@home.test\t2014-03-04\n"
    "0073\tde la Cruz, Ana\t5A\t\t2014-05-06\n")


def test_a_pasted_list_brings_a_school_and_is_asked_about_once(admin: Page, looks):  # noqa: F811
    go_to(admin, "Roster syncs")
    admin.get_by_role("link", name="Lists of students").click()
    admin.get_by_label("Name of the school").fill("Fern School")
    looks.at(admin, "student lists")
    admin.get_by_role("button", name="Go on").click()
    expect(admin.get_by_role("heading", level=1)).to_have_text("Fern School")
    looks.at(admin, "a student list")
    admin.get_by_label("Rows copied from a spreadsheet").fill(ROWS)
    admin.get_by_role("button", name="Look at these rows").click()
    expect(admin.get_by_label("Column 1: Student ID")).to_have_value("number")
    expect(admin.get_by_label("Column 2: Name")).to_have_value("whole")
    expect(admin.get_by_label("Column 3: Reg")).to_have_value("tracker")
    expect(admin.get_by_label("Column 4: Home Email")).to_have_value("kept-out")
    expect(admin.get_by_role("main")).not_to_contain_text("mother@home.test")
    looks.at(admin, "columns of a list")
    admin.get_by_role("button", name="Read it and show the plan").click()
    wait_for_work(admin)
    expect(admin.locator("#far")).to_contain_text("Students: 3 new.")
    looks.at(admin, "plan of a list")
    apply(admin)
    go_to(admin, "Students")
    expect(admin.get_by_role("main")).to_contain_text("Ana de la Cruz")

    go_to(admin, "Roster syncs")
    admin.get_by_role("link", name="Lists of students").click()
    admin.get_by_role("link", name="Fern School").click()
    admin.get_by_label("Rows copied from a spreadsheet").fill(ROWS + "0074\tOkoro, Nia\t5A\t\t2014-07-08\n")
    admin.get_by_role("button", name="Look at these rows").click()
    wait_for_work(admin)
    expect(admin.locator("#far")).to_contain_text("Students: 1 new.")
    looks.say()
