"""A child who arrives in March: added by hand, given another username, and found again in a later roster."""

import re

import pytest
from playwright.sync_api import expect
from roster_package import School, Somebody, write_package
from test_administrator import admin, apply, site, upload  # noqa: F401

pytestmark = pytest.mark.timeout(600)
TEACHER = Somebody("oquill", "Odalys", "Quill", "teacher", "oquill@staff.test")
PINE = School("pine", "Pine Hollow Elementary", "4B", (Somebody("ben", "Ben", "Ode", "student"), TEACHER))
LATER = School(PINE.id, PINE.name, PINE.tracker, (*PINE.people, Somebody("zlund", "Zoe", "Lund", "student", "", "4711")))


def test_a_student_by_hand_is_found_again_in_a_later_roster(admin, looks, tmp_path):  # noqa: F811
    upload(admin, write_package(tmp_path / "first.zip", PINE))
    apply(admin)
    main = admin.get_by_role("main")

    new = admin.url.split("/admin/")[0] + "/admin/students/new"
    admin.goto(new)
    admin.get_by_label("Given name").fill("Zoë")
    admin.get_by_label("Family name").fill("Lund")
    admin.get_by_label("Username").fill("two words")
    admin.get_by_label("School", exact=True).select_option(PINE.name)
    expect(main).to_contain_text(f"Trackers of {PINE.name}")
    looks.at(admin, "a student by hand, new")
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_role("alert")).to_contain_text("Nothing is saved yet.")
    looks.at(admin, "a student by hand, refused")
    admin.get_by_label("Username").fill("")
    admin.get_by_label("Student number").fill("4711")
    admin.get_by_role("checkbox", name=PINE.tracker).check()
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_role("heading", level=1)).to_have_text("Zoë Lund")
    expect(main).to_contain_text("zoe.l")
    student = admin.url

    admin.goto(new)
    admin.get_by_label("Given name").fill("Ida")
    admin.get_by_label("Student number").fill("4711")
    admin.get_by_label("School", exact=True).select_option(PINE.name)
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(main).to_contain_text("Zoë Lund, number 4711, is already there.")
    looks.at(admin, "a student by hand, already there")

    admin.goto(student)
    admin.get_by_role("link", name="Change name, school, trackers of Zoë Lund").click()
    looks.at(admin, "a student by hand, changed")
    admin.goto(student)
    admin.get_by_role("link", name=re.compile("Rename username")).click()
    looks.at(admin, "another username")
    admin.get_by_label("New username").fill("zoe")
    admin.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("zoe.l")

    upload(admin, write_package(tmp_path / "later.zip", LATER))
    expect(main).to_contain_text("1 row of the roster may be somebody who is here already.")
    looks.at(admin, "a roster plan with a question")
    admin.get_by_role("contentinfo").get_by_role("button", name="Español").click()
    looks.at(admin, "a roster plan with a question in Spanish")
    admin.get_by_role("contentinfo").get_by_role("button", name="English").click()
    admin.get_by_role("button", name=re.compile("^Same person")).click()
    expect(main).not_to_contain_text("may be somebody who is here already")
    upload(admin, write_package(tmp_path / "later.zip", LATER))
    apply(admin)
    admin.goto(student)
    expect(admin.get_by_role("heading", level=1)).to_have_text("Zoe Lund")
    expect(main).to_contain_text("zlund")
    looks.say()


def test_a_teacher_by_hand(admin, looks):  # noqa: F811
    admin.goto(admin.url.split("/admin")[0] + "/admin/staff/new")
    admin.get_by_label("Given name").fill("Nia")
    admin.get_by_label("Family name").fill("Holt")
    admin.get_by_role("checkbox", name=PINE.name).check()
    expect(admin.get_by_role("main")).to_contain_text(f"Trackers of {PINE.name}")
    looks.at(admin, "a member of staff by hand")
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_role("main")).to_contain_text("Nia Holt")
    looks.say()
