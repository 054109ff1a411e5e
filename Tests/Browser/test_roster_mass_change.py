"""An export whose columns have moved: the school keeps its people as they are until a person confirms."""

import csv
import datetime
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from roster_package import School, Somebody, write_package
from test_administrator import admin, apply, go_to, site, upload  # noqa: F401

pytestmark = pytest.mark.timeout(300)

TEACHER = Somebody("t-quill", "Odalys", "Quill", "teacher")


def schools(given: str) -> tuple[School, School]:
    people = tuple(Somebody(f"s-{one}", given if one else "=Eva", f"Ñandú {one}", "student") for one in range(9))
    others = tuple(Somebody(f"e-{one}", "Ola", f"Ek {one}", "student") for one in range(9))
    return (School("pine", "Pine Hollow", "4B", people + (TEACHER,)), School("elm", "Elm Street", "5A", others))


def test_changes_of_most_people_wait_and_can_be_read_in_a_spreadsheet(admin: Page, looks, tmp_path: Path):  # noqa: F811
    upload(admin, write_package(tmp_path / "first.zip", *schools("Björn")))
    apply(admin)
    upload(admin, write_package(tmp_path / "moved.zip", *schools("Moved")))
    expect(admin.get_by_role("main")).to_contain_text("Held: 8 of 9 students of Pine Hollow would change at once")
    looks.at(admin, "roster with a mass change")

    href = admin.get_by_role("link", name="Download everybody as CSV").get_attribute("href")
    answer = admin.request.get(admin.url.split("/admin/")[0] + href)
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.body().decode("utf-8-sig"))))
    assert rows[0][:3] == ["School", "Change", "Kind"]
    assert len(rows) == 9 and all(row[0] == "Pine Hollow" and row[1] == "Changed" for row in rows[1:])
    assert "Björn Ñandú 1 → Moved Ñandú 1" in rows[1][5]

    apply(admin)
    expect(admin.get_by_role("main")).to_contain_text("They were left as they were.")
    go_to(admin, "Students")
    expect(admin.get_by_role("main")).not_to_contain_text("Moved")
    go_to(admin, "Roster syncs")
    admin.get_by_role("link", name="Nov").or_(admin.get_by_role("main").get_by_role("link").filter(has_text="zip")).first.click()
    admin.get_by_label("Yes, these changes in Pine Hollow are right").check()
    admin.get_by_role("button", name="Confirm these changes").click()
    go_to(admin, "Students")
    expect(admin.get_by_role("main")).to_contain_text("Moved Ñandú 1", timeout=20_000)
    looks.say()


def test_blackout_dates_keep_everybody(admin: Page, looks, tmp_path: Path):  # noqa: F811
    upload(admin, write_package(tmp_path / "first.zip", *schools("Björn")))
    if admin.get_by_role("button", name="Apply", exact=True).count():
        apply(admin)
    go_to(admin, "Roster syncs")
    admin.get_by_role("link", name="Blackout dates").click()
    today = datetime.date.today()
    admin.get_by_label("School").select_option("Elm Street")
    admin.get_by_label("First day").fill(today.isoformat())
    admin.get_by_label("Last day").fill((today + datetime.timedelta(days=30)).isoformat())
    admin.get_by_role("button", name="Add blackout dates").click()
    expect(admin.get_by_role("table", name="Blackout dates")).to_contain_text("Elm Street")
    looks.at(admin, "blackout dates")
    pine, elm = schools("Björn")
    upload(admin, write_package(tmp_path / "less.zip", pine, School(elm.id, elm.name, elm.tracker, elm.people[1:])))
    expect(admin.get_by_role("main")).to_contain_text("Held: Elm Street would lose 1 of 9 students")
    expect(admin.get_by_role("main")).to_contain_text("no roster takes anybody out of this school by itself")
    looks.at(admin, "roster in a blackout")
    looks.say()
