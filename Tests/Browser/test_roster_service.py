"""A roster that comes from the student system by itself: the service is entered once, read, and taken in."""

import pytest
from playwright.sync_api import Page, expect
from roster_service import RosterService
from test_administrator import admin, apply, go_to, site, wait_for_work  # noqa: F401

pytestmark = pytest.mark.timeout(300)


def test_a_service_is_entered_read_and_applied(admin: Page, looks):  # noqa: F811
    with RosterService() as service:
        go_to(admin, "Roster syncs")
        admin.get_by_role("link", name="Roster service").click()
        expect(admin.get_by_role("heading", level=1)).to_have_text("Roster service")
        looks.at(admin, "roster service")
        admin.get_by_label("Kind").select_option(label="OneRoster 1.2 (OAuth 2)")
        admin.get_by_label("Address", exact=True).fill("http://sis.example/ims/oneroster/rostering/v1p2")
        admin.get_by_label("Token address").fill(service.token)
        admin.get_by_label("Client id or key").fill(service.client)
        admin.get_by_label("Secret").fill(service.secret)
        admin.get_by_label("Within the day read what has changed").select_option(label="Every 4 hours")
        admin.get_by_role("button", name="Save").click()
        expect(admin.get_by_role("alert")).to_contain_text("does not begin with https")
        looks.at(admin, "roster service refused")
        # What was typed is there still, but for the secret.
        expect(admin.get_by_label("Client id or key")).to_have_value(service.client)
        expect(admin.get_by_label("Secret")).to_have_value("")
        admin.get_by_label("Address", exact=True).fill(service.address)
        admin.get_by_label("Secret").fill(service.secret)
        admin.get_by_role("button", name="Save").click()
        expect(admin.get_by_text("A secret is saved.")).to_be_visible()
        looks.at(admin, "roster service saved")

        admin.get_by_role("button", name="Read the whole roster now").click()
        wait_for_work(admin)
        expect(admin.locator("#about")).to_contain_text("Read as OneRoster REST 1.2")
        expect(admin.locator("#far")).to_contain_text("Students: 2 new.")
        looks.at(admin, "plan of a service")
        apply(admin)
        go_to(admin, "Students")
        expect(admin.get_by_role("main")).to_contain_text("Zo Connor")

        go_to(admin, "Roster syncs")
        admin.get_by_role("link", name="Roster service").click()
        admin.get_by_role("button", name="Read what has changed").click()
        wait_for_work(admin)
        expect(admin.locator("#far")).to_contain_text("Nothing would change")
        assert any("filter" in entry["query"] for entry in service.asked())
    # The student system is down now.
    go_to(admin, "Roster syncs")
    admin.get_by_role("link", name="Roster service").click()
    expect(admin.get_by_text("Read by itself next")).to_be_visible()
    looks.say()
