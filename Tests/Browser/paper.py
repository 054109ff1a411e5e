"""Card sheets as a printer would put them on paper."""

import io
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import zxingcpp
from PIL import Image
from playwright.sync_api import Page


@dataclass(frozen=True)
class Card:
    """A login card as the page shows it, in its student's language; no password on the card of an active student."""

    name: str
    username: str
    username_label: str
    temporary_password: str | None
    address: str
    ends: str


def cards(page: Page) -> list[Card]:
    found = []
    for card in page.locator("article.login-card").all():
        first, second = card.locator("dl > div").all()
        own = second.locator("dd.own").count() > 0
        found.append(Card(
            name=card.get_by_role("heading").inner_text().strip(),
            username=first.locator("dd").inner_text().strip(),
            username_label=first.locator("dt").inner_text().strip(),
            temporary_password=None if own else second.locator("dd").inner_text().strip(),
            address=card.locator("footer address").inner_text().strip(),
            ends=card.locator("footer span").inner_text().strip(),
        ))
    return found


def print_to(page: Page, folder: Path, paper: str) -> Path:
    """The page as a PDF on A4 or Letter, as the browser's print dialog makes it."""
    file = folder / f"cards-{paper}.pdf"
    page.pdf(path=file, format=paper, print_background=True, prefer_css_page_size=False)
    return file


def pages_of(pdf: Path) -> list[str]:
    """The words on each sheet of paper, in one line each."""
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True).stdout.decode()
    return [re.sub(r"\s+", " ", page) for page in text.split("\f")][:-1]


def codes_on(pdf: Path) -> list[list[str]]:
    """What the QR codes on each sheet of paper say."""
    sheets = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-png", pdf, sheets], check=True)
    found = []
    for picture in sorted(sheets.parent.glob(f"{sheets.name}-*.png")):
        with Image.open(picture) as image:
            found.append([code.text for code in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)])
    return found


def code_on_screen(page: Page, name: str) -> str:
    """What a phone's camera reads from one student's card on the screen."""
    card = page.locator("article.login-card", has=page.get_by_role("heading", name=name, exact=True))
    with Image.open(io.BytesIO(card.first.screenshot())) as image:
        codes = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    assert len(codes) == 1, f"one QR code on the card of {name}, not {len(codes)}"
    return codes[0].text
