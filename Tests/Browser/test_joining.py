"""A child who stands in the roster twice, once for each of her schools: the two accounts become one, and two again."""

import re

import pytest
from playwright.sync_api import expect
from roster_package import School, Somebody, write_package
from test_administrator import admin, apply, site, upload  # noqa: F401

pytestmark = pytest.mark.timeout(300)
OAK = School("oak", "Oak Hill Elementary", "4B", (
    Somebody("t1", "Odalys", "Quill", "teacher"), Somebody("mia1", "Mia", "Noor", "student", "", "71")))
ELM = School("elm", "Elm Middle", "Band", (
    Somebody("t2", "Dov", "Lind", "teacher"), Somebody("mia2", "Mia", "Noor", "student", "", "71")))


def test_two_accounts_become_one_and_two_again(admin, looks, tmp_path):  # noqa: F811
    main = admin.get_by_role("main")
    upload(admin, write_package(tmp_path / "a.zip", OAK, ELM))
    apply(admin)
    admin.goto(admin.url.split("/admin/")[0] + "/admin/students?q=mia")
    admin.get_by_role("link", name="Mia Noor").first.click()
    admin.get_by_role("link", name=re.compile("Here twice")).click()
    expect(main).to_contain_text("1 account has the same name or number.")
    looks.at(admin, "looking for the other account")
    admin.get_by_role("list").filter(has_text="number 71").get_by_role("link").click()
    expect(admin.get_by_role("heading", level=1)).to_have_text("Are these the same person?")
    looks.at(admin, "two accounts side by side")
    admin.get_by_role("radio").nth(1).check()
    admin.get_by_role("button", name="Join the two accounts").click()
    expect(admin.get_by_role("heading", level=1)).to_have_text("Mia Noor")
    for word in ("4B", "Band", "Also signs in as"):
        expect(main).to_contain_text(word)
    student = admin.url

    upload(admin, write_package(tmp_path / "b.zip", OAK, ELM))
    expect(admin.locator("#far")).to_contain_text("Nothing would change")

    admin.goto(student)
    admin.get_by_role("link", name=re.compile("Here twice")).click()
    expect(main).to_contain_text("Or are these two persons in one account?")
    looks.at(admin, "one account taken apart")
    admin.get_by_role("button", name=re.compile("This is another person: .*mia1")).click()
    upload(admin, write_package(tmp_path / "c.zip", OAK, ELM))
    expect(admin.locator("#far")).to_contain_text("1 new")
    apply(admin)
    looks.say()
