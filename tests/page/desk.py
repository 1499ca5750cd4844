"""A coder in front of the page: what they do, and what they see."""

import os
import shutil
from pathlib import Path

from pages import Hand

CHROMIUM = os.environ.get("ENQUETE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
# Without a sandbox (tests run as root in containers), and without a word to anybody.
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAPTOP = {"width": 1366, "height": 768}
TABLET = {"width": 820, "height": 1180}
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
WAIT_MS = 8000

# Where words stand in the window: the middle of their first and of their last letter.
_PLACE = """(words) => {
  for (const element of document.querySelectorAll(".words")) {
    const at = element.textContent.indexOf(words);
    if (at < 0) continue;
    element.scrollIntoView({ block: "center" });
    const point = (unit, side) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      let before = 0;
      for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (unit < before + text.length) {
          const range = document.createRange();
          range.setStart(text, unit - before);
          range.setEnd(text, unit - before + 1);
          const box = range.getBoundingClientRect();
          return [box.x + box.width * side, box.y + box.height / 2];
        }
        before += text.length;
      }
      return null;
    };
    return [point(at, 0.1), point(at + words.length - 1, 0.9)];
  }
  return null;
}"""


# Turns have but an estimated height until they are drawn.
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


class Desk:
    """errors: of scripts; outside: addresses asked beyond the server."""

    def __init__(self, context, served, coder):
        self.context = context
        self.served = served
        self.api = served.api(coder)
        self.interview = "E001"
        self.errors = []
        self.outside = []
        self.page = self._tab()
        self.page.goto(served.link(coder))
        self.page.wait_for_selector("#contenu")

    def _tab(self):
        page = self.context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._note(request.url))
        return page

    def _note(self, address):
        if not address.startswith((self.served.base, "data:", "blob:")):
            self.outside.append(address)

    def open(self, interview="E001"):
        self.interview = interview
        self.page.evaluate("(code) => { location.hash = `#/entretien/${code}`; }", interview)
        self.page.get_by_role("region", name=f"Entretien {interview}").wait_for()
        # Turns are given to the annotator once they are seen.
        self.page.wait_for_function("() => document.querySelector('.row[tabindex=\"0\"]') !== null")

    def forget_preferences(self):
        """Codes pinned or used lately, what is shown: as on the first day."""
        self.page.evaluate(
            """async () => {
              const { prefer } = await import("enquete/prefs");
              prefer({ pinned: [], recent: [], themesOnly: true, letters: true });
            }"""
        )

    def held(self, kind="coding"):
        """The entries of this kind, on the interview that was opened last, that the server holds."""
        return [entry for entry in Hand(self.api, self.interview).holding() if entry["kind"] == kind]

    def quotes(self):
        """(words, code) of the codings that the server holds, sorted."""
        text = self.api.get(f"/api/interviews/{self.interview}").json()["text"]
        return sorted((text[e["start"] : e["end"]], e["code"]) for e in self.held())

    def go(self, view):
        self.page.evaluate("(hash) => { location.hash = hash; }", f"#/{view}")

    def choose(self, words, until=None):
        """Drags the mouse over these words (up to the end of others)."""
        self.page.evaluate(_DRAWN)
        start, end = self.page.evaluate(_PLACE, words)
        if until is not None:
            end = self.page.evaluate(_PLACE, until)[1]
        mouse = self.page.mouse
        mouse.move(*start)
        mouse.down()
        mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=3)
        mouse.move(*end, steps=3)
        mouse.up()
        self.page.wait_for_selector('.actions[aria-label="Mots choisis"]')

    def click(self, words):
        """Clicks in the middle of these words."""
        self.page.evaluate(_DRAWN)
        (x1, y1), (x2, y2) = self.page.evaluate(_PLACE, words)
        self.page.mouse.click((x1 + x2) / 2, (y1 + y2) / 2)

    def look_for(self, words):
        """Looks for words in all the coder's interviews."""
        self.go("recherche")
        self.page.get_by_role("searchbox", name="Mots à chercher").fill(words)
        self.page.get_by_role("button", name="Chercher", exact=True).click()

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def code(self, words, letters):
        """Codes words by mouse, then by a few letters; waits until it is stored."""
        self.choose(words)
        self.press("Enter")
        self.type(letters)
        self.press("Enter")
        self.hears("Codé")

    def hears(self, sentence):
        """Waits until this is said aloud; what was heard is not heard again."""
        from playwright.sync_api import TimeoutError as PlaywrightTimeout

        try:
            self.page.wait_for_function(
                """(sentence) => {
                  const said = document.querySelector(".unseen[role=status] p");
                  if (!said?.textContent.includes(sentence)) return false;
                  said.textContent = "";
                  return true;
                }""",
                arg=sentence,
            )
        except PlaywrightTimeout as error:
            heard = self.page.locator(".unseen[role=status]").text_content()
            raise AssertionError(f"« {sentence} » was not said, but « {heard} »") from error

    @property
    def chips(self):
        """Labels of the codings shown beside the turns."""
        return self.page.locator(".turns .chip-coding .chip-label").all_text_contents()

    @property
    def names(self):
        """What a screen reader says of each coding."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll(".turns .chip-coding")].map((chip) => {
              const heard = chip.cloneNode(true);
              for (const sign of heard.querySelectorAll("[aria-hidden]")) sign.remove();
              return heard.textContent;
            })"""
        )

    def shows(self, *labels):
        """Waits until exactly these codings are shown, stored."""
        self.page.wait_for_function(
            "(labels) => JSON.stringify([...document.querySelectorAll('.turns .chip-coding .chip-label')]"
            ".map((e) => e.textContent)) === JSON.stringify(labels) && !document.querySelector('.chip-waiting')",
            arg=list(labels),
        )

    def saved(self):
        """Waits until nothing waits."""
        self.page.wait_for_selector(".save-saved")

    def tells_row(self, words):
        """Waits until a row of a list says this."""
        self.page.wait_for_function(
            "(words) => [...document.querySelectorAll('.interviews tbody tr')]"
            ".some((row) => row.innerText.split(/\\s+/).join(' ').includes(words))",
            arg=words,
        )

    def tab(self, name):
        self.page.get_by_role("tab", name=name).click()

    def violations(self):
        """What the checker of accessibility finds, as « rule: where »."""
        self.page.evaluate(AXE)
        found = self.page.evaluate(
            "async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',"
            " 'best-practice'] })).violations"
        )
        return [f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found for node in v["nodes"]]

    def overflow(self):
        """How many pixels the page is wider than its window."""
        return self.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
