"""The world of the browser tests: a mail server, the program with its demo district, and Debian's Chromium."""

import os
import re
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from district import ROOT, District, running
from looks import Looks
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from post_office import PostOffice

KEPT = ROOT / ".build" / "browser"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

OpenPage = Callable[..., Page]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    outcome = yield
    report = outcome.get_result()
    if report.when == "call":
        item.stash[CALL] = report


CALL = pytest.StashKey[pytest.TestReport]()


@pytest.fixture(scope="module")
def post_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostOffice]:
    with PostOffice(tmp_path_factory.mktemp("post-office")) as office:
        yield office


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, post_office: PostOffice) -> Iterator[District]:
    """A demo district of its own for each file of tests."""
    with running(District(tmp_path_factory.mktemp("district"), post_office)) as district:
        yield district


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
    yield chromium
    chromium.close()


@pytest.fixture
def open_page(request: pytest.FixtureRequest, browser: Browser, site: District) -> Iterator[OpenPage]:
    """Opens a page in a browser of its own: another person, no cookies. Keeps a trace when the test fails."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(size: dict[str, int] | None = None, **options) -> Page:
        context = browser.new_context(viewport=size or DESKTOP, locale="en-US", **options)
        context.set_default_timeout(15_000)
        context.tracing.start(screenshots=True, snapshots=True)
        contexts.append(context)
        page = context.new_page()
        watch(page, site, complaints)
        return page

    yield open_one
    report = request.node.stash.get(CALL, None)
    failed = report is None or report.failed
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")
    for number, context in enumerate(contexts, 1):
        if failed:
            KEPT.mkdir(parents=True, exist_ok=True)
            for page in context.pages:
                page.screenshot(path=KEPT / f"failed-{name}-{number}.png", full_page=True)
            context.tracing.stop(path=KEPT / f"failed-{name}-{number}.zip")
        context.close()
    assert failed or not complaints, "\n".join(["the browser complains:", *complaints])


def watch(page: Page, site: District, complaints: list[str]) -> None:
    """No page may throw, break the content security policy or ask another host for anything."""
    home = urllib.parse.urlsplit(site.url).netloc

    def on_request(request) -> None:
        address = urllib.parse.urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != home:
            complaints.append(f"{page.url} asked for {request.url}")

    def on_console(message) -> None:
        # A mail's frame lets no script run, those neither with which the test tool takes its traces.
        known = ("the server responded with a status of 4", "Blocked script execution in 'about:srcdoc'")
        if message.type == "error" and not any(each in message.text for each in known):
            complaints.append(f"{page.url}: {message.text}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A person at a desk."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """Another person, with a phone."""
    return open_page(PHONE, is_mobile=True, has_touch=True, device_scale_factor=2)


@pytest.fixture
def looks() -> Looks:
    return Looks(KEPT / "screens")
