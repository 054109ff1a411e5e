"""A roster of another format: found out by its files, shown, and corrected by hand where that goes wrong."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from test_administrator import admin, apply, go_to, site, wait_for_work  # noqa: F401

pytestmark = pytest.mark.timeout(300)

FILES = {
    "schools.csv": "School_id,School_name,School_number\ns1,Pine Hollow Elementary,12\n",
    "students.csv": "School_id,Student_id,Last_name,First_name,Grade,Student_email,Contact_name,Password\n"
    "s1,ana,Reyes,Ana,4,ana@home.test,Eva Reyes,never-read\ns1,ana,Reyes,Ana,4,ana@home.test,Luis Reyes,never-read\n"
    "s1,ben,Ode,Ben,4,,,never-read\n",
    "teachers.csv": "School_id,Teacher_id,Teacher_email,First_name,Last_name\ns1,quill,oquill@staff.test,Odalys,Quill\n",
    "sections.csv": "School_id,Section_id,Teacher_id,Name,Term_name,Term_start,Term_end\n"
    "s1,c1,quill,Homeroom 4B,Year,01/01/2020,12/31/2090\n",
    "enrollments.csv": "School_id,Section_id,Student_id\ns1,c1,ana\ns1,c1,ben\n",
}


def write(file: Path) -> Path:
    with zipfile.ZipFile(file, "w") as package:
        for name, text in FILES.items():
            package.writestr(name, text)
    return file


def read_as(page: Page, package: Path, name: str) -> None:
    go_to(page, "Roster syncs")
    page.get_by_label("Format").select_option(name)
    page.get_by_label("Roster file").set_input_files(package)
    page.get_by_role("button", name="Read it and show the plan").click()
    wait_for_work(page)


def test_clevers_files_are_read_and_named_and_a_wrong_choice_is_put_right(admin: Page, tmp_path: Path):  # noqa: F811
    package = write(tmp_path / "clever.zip")
    read_as(admin, package, "Canvas SIS CSV")
    expect(admin.get_by_role("main")).to_contain_text("accounts.csv is missing in the package.")
    go_to(admin, "Roster syncs")
    expect(admin.get_by_label("Format")).to_have_value("canvas")
    read_as(admin, package, "Recognize it by the files")
    expect(admin.locator("#about")).to_contain_text("Read as Clever CSV.")
    expect(admin.locator("#far")).to_contain_text("Students: 2 new.")
    apply(admin)
    expect(admin.get_by_role("main")).to_contain_text("Applied")
    go_to(admin, "Students")
    expect(admin.get_by_role("main")).to_contain_text("Ana Reyes")
