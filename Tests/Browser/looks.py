"""What holds on every page in every state: no axe finding, no sideways scroll, targets of 44 px."""

import re
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Both layouts and both schemes; 1280 px at 200 and 400 % zoom are 640 and 320 px.
LOOKS = [("1280 px, light", 1280, 900, "light"), ("390 px, dark", 390, 844, "dark")]
WIDTHS = (1280, 640, 390, 320)

# A press within 22 px above and below the middle of a control must reach it, however tall it looks.
SMALL_TARGETS = """() => {
  const small = [];
  const controls = 'button, summary, a.button, a.counter, select, input:not([type=hidden]), textarea, label.tick';
  for (const control of document.querySelectorAll(controls)) {
    if (control.closest('label.tick') && control.localName === 'input') continue;
    if (!control.checkVisibility({visibilityProperty: true}) || control.classList.contains('vh')) continue;
    control.scrollIntoView({block: 'center'});
    const box = control.getBoundingClientRect();
    if (box.width < 2 || box.height >= 44) continue;
    const x = box.left + box.width / 2, y = box.top + box.height / 2;
    const reaches = offset => {
      const hit = document.elementFromPoint(x, y + offset);
      return hit !== null && (control.contains(hit) || hit.closest('label')?.control === control);
    };
    if (!reaches(-21.5) || !reaches(21.5)) {
      small.push(`${control.localName} "${(control.innerText || control.name || '').trim()}" ${Math.round(box.height)} px`);
    }
  }
  scrollTo(0, 0);
  return small;
}"""


class Looks:
    """Looks at pages as a designer and as a screen reader would, and keeps a picture of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[str] = []

    def at(self, page: Page, name: str) -> None:
        """Looks at the page as it is now, on a desk in light and on a phone in dark. Needs script."""
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            sideways = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
            if sideways > 0:
                self.faults.append(f"{name} at {width} px: scrolls {sideways} px sideways")
        for look, width, height, scheme in LOOKS:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            page.evaluate("Promise.all(document.getAnimations().map(each => each.finished)).then(() => null)")
            self._look(page, f"{name} at {look}", touch=width == 390)
        page.emulate_media(color_scheme="light")
        if before:
            page.set_viewport_size(before)

    def say(self) -> None:
        assert not self.faults, "\n".join(["what a designer would mend:", *self.faults])

    def _look(self, page: Page, what: str, touch: bool) -> None:
        if touch:
            self.faults += [f"{what}: target of less than 44 px: {each}" for each in page.evaluate(SMALL_TARGETS)]
        page.evaluate(AXE)
        for violation in page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]:
            nodes = "; ".join(node["html"][:160] for node in violation["nodes"][:3])
            self.faults.append(f"{what}: axe {violation['id']}: {violation['help']}: {nodes}")
        self.folder.mkdir(parents=True, exist_ok=True)
        file = re.sub(r"[^a-z0-9]+", "-", what.lower()).strip("-")
        page.screenshot(path=self.folder / f"{file}.png", full_page=True)
