"""Who is on no roster any more: seen, archived when their time has come, and erased by one press."""

import csv
import io
import re
import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from roster_package import School, Somebody, write_package
from screen import until
from test_administrator import admin, apply, go_to, site, upload  # noqa: F401

pytestmark = pytest.mark.timeout(300)


def school(key: str, name: str, gone: int = 0) -> School:
    people = tuple(Somebody(f"{key}-{one}", "Björn", f"Ñandú {one} of {name}", "student") for one in range(gone, 9))
    return School(key, name, f"Tracker of {name}", people)


def let_days_go_by(site, days: int) -> None:  # noqa: F811
    """As if the roster had let everybody go so many days earlier."""
    with sqlite3.connect(site.folder / "data" / "firstbell.sqlite", timeout=20) as database:
        database.execute(
            "UPDATE account SET suspended_at = suspended_at - ? WHERE suspended_for = 'roster' AND erased_at IS NULL",
            (days * 86_400_000,))
    database.close()


def save_rule(page: Page, archive: str, erase: str) -> None:
    page.get_by_label("Archive after so many days").fill(archive)
    page.get_by_label("Erase after so many days").fill(erase)
    page.get_by_role("button", name="Save", exact=True).click()


def test_leavers_are_seen_archived_and_erased(admin: Page, site, looks, tmp_path: Path):  # noqa: F811
    upload(admin, write_package(tmp_path / "first.zip", school("pine", "Pine Hollow"), school("elm", "Elm Street")))
    apply(admin)
    go_to(admin, "Leavers")
    expect(admin.get_by_role("main")).to_contain_text("Everybody whom a roster took out is back.")
    looks.at(admin, "leavers, nobody")
    upload(admin, write_package(tmp_path / "less.zip", school("pine", "Pine Hollow", 2), school("elm", "Elm Street", 1)))
    apply(admin)
    go_to(admin, "Leavers")
    expect(admin.get_by_role("status").first).to_contain_text("3 people left and are not back.")

    let_days_go_by(site, 410)
    save_rule(admin, "30", "12")
    expect(admin.get_by_role("alert")).to_contain_text("whole numbers of days")
    looks.at(admin, "leavers, a rule that cannot be")
    save_rule(admin, "30", "400")
    expect(admin.get_by_role("main")).to_contain_text("That is so now.")
    expect(admin.get_by_role("main")).to_contain_text("3 people left long enough ago to be erased.")
    looks.at(admin, "leavers")

    go_to(admin, "Students")
    expect(admin.get_by_role("main")).not_to_contain_text("Ñandú 0 of Elm Street")
    admin.get_by_role("link", name=re.compile("Archived")).click()
    expect(admin.get_by_role("main")).to_contain_text("3 are archived")
    looks.at(admin, "students, archived")

    go_to(admin, "Leavers")
    admin.get_by_role("link", name="Pine Hollow").click()
    expect(admin.get_by_role("table", name="People")).to_contain_text("Björn Ñandú 1 of Pine Hollow")
    expect(admin.get_by_role("table", name="People")).not_to_contain_text("Elm Street")
    looks.at(admin, "leavers, names")
    href = admin.get_by_role("link", name="Download as CSV").get_attribute("href")
    rows = list(csv.reader(io.StringIO(admin.request.get(site.url + href).body().decode("utf-8-sig"))))
    assert rows[0][:2] == ["Name", "Username"] and len(rows) == 3

    go_to(admin, "Leavers")
    admin.get_by_role("link", name="Look at who they are").click()
    expect(admin.get_by_role("heading", level=1)).to_have_text("Erase 3 people")
    looks.at(admin, "leavers, erasing")
    admin.get_by_role("link", name="Erase only those of Elm Street").click()
    expect(admin.get_by_role("heading", level=1)).to_have_text("Erase 1 person")
    admin.get_by_label("I have looked at who they are").check()
    admin.get_by_role("button", name="Erase this 1 person").click()
    expect(admin.get_by_role("table", name="Erased so far")).to_contain_text("1 person, Elm Street")
    expect(admin.get_by_role("status").first).to_contain_text("2 people left and are not back.")
    admin.get_by_role("link", name="Look at who they are").click()
    admin.get_by_label("I have looked at who they are").check()
    admin.get_by_role("button", name="Erase these 2 people").click()
    expect(admin.get_by_role("main")).to_contain_text("Everybody whom a roster took out is back.")
    looks.at(admin, "leavers, erased")
    go_to(admin, "Audit")
    expect(admin.get_by_role("main")).to_contain_text("began to erase 2 people")
    expect(admin.get_by_role("main")).to_contain_text("an erased person")
    looks.at(admin, "audit, erased people")
    looks.say()


def test_who_was_erased_and_comes_back_is_somebody_new(admin: Page, site, tmp_path: Path):  # noqa: F811
    upload(admin, write_package(tmp_path / "again.zip", school("pine", "Pine Hollow"), school("elm", "Elm Street")))
    expect(admin.get_by_role("main")).to_contain_text("3 new")
    apply(admin)
    go_to(admin, "Students")
    expect(admin.get_by_role("main")).to_contain_text("Björn Ñandú 0 of Elm Street")


def test_the_rule_erases_by_itself(admin: Page, site, looks, tmp_path: Path):  # noqa: F811
    upload(admin, write_package(tmp_path / "less.zip", school("pine", "Pine Hollow", 2), school("elm", "Elm Street", 1)))
    apply(admin)
    let_days_go_by(site, 410)
    go_to(admin, "Leavers")
    admin.get_by_label("Erase by itself, without a press").check()
    save_rule(admin, "30", "400")
    expect(admin.get_by_role("alert")).to_contain_text("erases 3 people within minutes")
    looks.at(admin, "leavers, a rule that erases at once")
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_role("main")).to_contain_text("That is so now.")
    # Nobody waits for the minute: a start does the same at once.
    site.close()
    site.start("serve")
    site.wait_until_ready()
    by_rule = admin.get_by_role("table", name="Erased so far").get_by_text("by the district’s rule")
    until(lambda: by_rule.count() == 1, admin.reload, "the rule to erase")
    expect(admin.get_by_role("main")).to_contain_text("Everybody whom a roster took out is back.")
    looks.say()


def test_leavers_in_spanish(admin: Page, site, looks):  # noqa: F811
    admin.get_by_role("contentinfo").get_by_role("button", name="Español").click()
    admin.goto(f"{site.url}/admin/leavers")
    expect(admin.get_by_role("heading", level=1)).to_have_text("Bajas")
    looks.at(admin, "leavers, Spanish")
    looks.say()
