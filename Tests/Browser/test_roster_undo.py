"""A roster of changes after a whole one, then the wrong roster, and the way back from it."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from roster_package import School, Somebody, write_package
from test_administrator import admin, apply, go_to, site, upload, wait_for_work  # noqa: F401

pytestmark = pytest.mark.timeout(300)

ALMA, BEN, CLEO = (
    Somebody("s-alma", "Alma", "Reyes", "student"), Somebody("s-ben", "Ben", "Ode", "student"),
    Somebody("s-cleo", "Cleo", "Park", "student"))
QUILL = Somebody("t-quill", "Odalys", "Quill", "teacher")


def write_changes(file: Path) -> Path:
    users = (
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,givenName,familyName\n"
        "s-dana,active,2026-11-20T08:00:00.000Z,true,s1,student,,Dana,Wirth\n"
        "s-ben,tobedeleted,2026-11-20T08:00:00.000Z,true,s1,student,s-ben,Ben,Ode\n")
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("manifest.csv", "propertyName,value\noneroster.version,1.1\nfile.users,delta\nfile.orgs,absent\n")
        package.writestr("users.csv", users)
    return file


def test_changes_are_added_to_the_roster_and_the_way_back_undoes_them(admin: Page, looks, tmp_path: Path):  # noqa: F811
    whole = write_package(tmp_path / "whole.zip", School("s1", "Pine Hollow", "4B", (QUILL, ALMA, BEN, CLEO)))
    upload(admin, whole)
    apply(admin)
    upload(admin, write_changes(tmp_path / "changes.zip"))
    expect(admin.locator("#about")).to_contain_text("These are changes to the roster of")
    expect(admin.locator("#far")).to_contain_text("Students: 1 new, 1 leaving.")
    looks.at(admin, "roster of changes")
    apply(admin)
    expect(admin.get_by_role("main")).to_contain_text("Was this the wrong roster?")
    looks.at(admin, "roster with a way back")
    admin.get_by_role("button", name="Show the way back").click()
    wait_for_work(admin)
    expect(admin.locator("#about")).to_contain_text("This goes back to the roster of")
    expect(admin.locator("#far")).to_contain_text("Students: 1 leaving, 1 back.")
    apply(admin)
    go_to(admin, "Students")
    expect(admin.get_by_role("main")).to_contain_text("Ben Ode")
    looks.say()
