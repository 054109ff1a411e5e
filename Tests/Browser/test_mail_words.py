"""The words of the mails: put into the district's own, looked at, sent by a teacher, and a code typed at the door."""

import re

from playwright.sync_api import Page, expect
from screen import choose_password, expect_home, narrow_to, open_menu, open_students, said, sign_in

CODE = re.compile(r"^[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}(?=\s*$)", re.MULTILINE)


def go_to(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Global").get_by_role("link", name="Admin").click()
    page.get_by_role("navigation", name="Admin").get_by_role("link", name=name, exact=True).click()


def frames(page: Page) -> list[str]:
    """What the frames of the mail show."""
    return [page.frame_locator("iframe").nth(one).locator("body").inner_text() for one in range(2)]


def test_a_district_says_it_in_its_own_words_and_a_student_types_the_code(
        site, post_office, looks, open_page):
    admin = open_page()
    sign_in(admin, site, site.administrator)
    go_to(admin, "Mail")
    admin.get_by_role("link", name="Words", exact=True).click()
    expect(admin.get_by_role("heading", level=1)).to_have_text("The words of the mails")
    looks.at(admin, "mail words, list")
    admin.get_by_role("link", name="Activation email to students English").click()
    expect(admin.get_by_label("Subject")).to_have_value("{given_name}, your school account is ready")
    looks.at(admin, "mail words, FirstBell's own")
    for text in frames(admin):
        assert "your school account" not in text.lower() or "Choose my password" in text
        assert "•••-•••-•••" in text and "/activate/…" in text

    admin.get_by_label("Subject").fill("Welcome {given_name}")
    admin.get_by_label("Text").fill("Dear {name},\n\n{{no template}} from {sender}.")
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_role("alert")).to_contain_text("Nothing is saved yet.")
    expect(admin.get_by_role("main")).to_contain_text("“{name}” cannot be filled in.")
    looks.at(admin, "mail words, a wrong placeholder")
    admin.get_by_label("Text").fill("Dear {given_name},\n\n{{no template}} from {sender} of {school}.\nSee you!")
    admin.get_by_role("button", name="Look at the mail").click()
    for text in frames(admin):
        assert re.search(r"Dear \w+,\s+\{\{no template\}\} from .+ of .+\.\nSee you!", text), text
    expect(admin.get_by_label("Subject")).to_have_value("Welcome {given_name}")
    # The frame has its style: the button is a button.
    button = admin.frame_locator("iframe").first.get_by_role("link", name="Choose my password")
    assert button.evaluate("each => getComputedStyle(each).fontWeight") == "700"
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_role("status").first).to_contain_text("That is saved.")
    looks.at(admin, "mail words, saved")
    for one, name in enumerate(("html", "phone")):
        frame = admin.locator("iframe").nth(one)
        frame.scroll_into_view_if_needed()
        frame.screenshot(path=looks.folder / f"mail-as-{name}.png")

    go_to(admin, "Mail")
    admin.get_by_role("link", name="Sender and signature").click()
    looks.at(admin, "mail senders")
    admin.get_by_role("main").get_by_role("link", name=re.compile("all schools")).click()
    admin.get_by_label("Name of the sender").fill("The school office")
    admin.get_by_label("Answers go to").fill("office")
    admin.get_by_role("textbox", name="Signature").fill("School office\nTel. 555 0100")
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_role("main")).to_contain_text("That is no email address.")
    looks.at(admin, "mail sender, a wrong address")
    admin.get_by_label("Answers go to").fill("office@junipervalley.example")
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_role("status").first).to_contain_text("That is saved.")

    teacher = open_page()
    sign_in(teacher, site, site.teacher)
    open_students(teacher, site)
    readers = {row.username: row.address for row in narrow_to(teacher, "Not mailed yet")}
    open_students(teacher, site)
    open_menu(teacher, "More")
    teacher.get_by_role("link", name="Send Student Activation Emails").click()
    teacher.get_by_label("Additional Message").fill("See https://library.example or write to me@school.example.")
    teacher.get_by_role("button", name="Count again").click()
    teacher.locator("summary", has_text="The whole mail").click()
    looks.at(teacher, "send, the whole mail")
    shown = frames(teacher)[0]
    assert "See https://library.example or write to me@school.example." in shown and "School office" in shown
    teacher.get_by_role("button", name="Send", exact=True).click()
    expect(teacher).to_have_url(re.compile(r"/mailings/"))

    username, address = next(iter(readers.items()))
    letter = post_office.wait_for(address, naming=username)
    assert str(letter.message["From"]).startswith("The school office <")
    assert "office@junipervalley.example" in str(letter.message["Reply-To"])
    assert "Tel. 555 0100" in letter.text and letter.html.count("<a ") == 1
    code = CODE.search(letter.text).group()
    assert code in letter.html

    student = open_page()
    student.goto(f"{site.url}/sign-in")
    student.get_by_label(said("Username or email address")).fill(username)
    student.locator("input#password").fill(code.lower().replace("-", " "))
    looks.at(student, "sign in, with the code of a mail")
    student.get_by_role("button", name=said("Sign in")).click()
    expect(student.get_by_role("main")).to_contain_text(said("Choose your own password"))
    assert student.url == letter.link
    choose_password(student)
    expect_home(student, username)
