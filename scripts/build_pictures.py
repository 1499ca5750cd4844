"""Takes the pictures of docs/ again: the pages in Chromium and a workbook, without a window, on the demonstration.

    .venv/bin/python scripts/build_pictures.py

Some two minutes. Needs playwright and chromium, as the tests of the page do, and LibreOffice and pdftoppm for the
workbook; everything shown is made up.
"""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in ("page", "web")]
from desk import CHROMIUM, LAPTOP, OPTIONS, Desk  # noqa: E402 - a coder in front of the page, as the tests have one

PICTURES = ROOT / "docs" / "images"
MOST = 120_000  # bytes of a picture
PAUSE = 4_000  # milliseconds: what the page says for a moment has gone
ENQUETE = Path(sys.executable).with_name("enquete")
PHRASE = "girafe lundi tisane escalier violon"


class Served:
    """The running page, as `Desk` takes it. links: by coder."""

    def __init__(self, links: dict[str, str]) -> None:
        self.links = links
        self.base = next(iter(links.values())).partition("/#")[0]

    def link(self, coder: str) -> str:
        return self.links[coder]


def main() -> None:
    """Builds the demonstration, codes in it as ines, and takes the pictures on the way."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"XDG_CONFIG_HOME": folder, "APPDATA": folder, "ENQUETE_PHRASE_PAQUET": PHRASE}
        study = Path(folder) / "demo-enquete"
        enquete("demo", study)
        settings(study, codeurs='["lea", "sofiane", "ines"]', arbitres='["anne"]')
        enquete("affecter", "--codeur", "ines", "--entretien", "E005,E012,E021", "--nom", "octobre", "--etude", study)
        enquete("formation", "ines", "--reference", "lea", "--entretien", "E001", "--etude", study)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
            with served(study, "ines", "anne") as page:
                coding(Desk(context(browser), page, "ines"))
                settling(Desk(context(browser), page, "anne"))
            packet(study, context(browser).new_page())
            contacts(study, context(browser).new_page())
            browser.close()
        workbook(study / "exports" / "equipe" / "suivi.xlsx", "suivi")


def enquete(*words: object) -> None:
    """Runs a command of the program."""
    run(ENQUETE, *words)


def run(*words: object) -> None:
    """Runs a command."""
    subprocess.run([*map(str, words)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def settings(study: Path, **values: str) -> None:
    """Gives these keys of enquete.toml, which are there as comments, a value."""
    path = study / "enquete.toml"
    text = path.read_text(encoding="utf-8")
    for key, value in values.items():
        text = re.sub(rf"^# {key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


@contextmanager
def served(study: Path, *coders: str) -> Iterator[Served]:
    """The page of these coders while the block lasts."""
    named = [word for coder in coders for word in ("--codeur", coder)]
    command = [ENQUETE, "coder", *named, "--port", "0", "--sans-navigateur", "--etude", study]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603
        links = {}
        while len(links) < len(coders):
            coder, _, link = next(iter(running.stdout or ())).strip().partition(" : ")
            if link.startswith("http"):
                links[coder] = link
        yield Served(links)
        running.send_signal(signal.SIGINT)
        running.communicate()


def context(browser: Browser) -> BrowserContext:
    """A browser of nobody."""
    return browser.new_context(viewport=LAPTOP, locale="fr-FR")


def take(page: Page, name: str) -> None:
    """The window as it stands."""
    page.wait_for_timeout(PAUSE)
    keep(Image.open(io.BytesIO(page.screenshot())), name)


def keep(picture: Image.Image, name: str) -> None:
    """Writes it in 256 colours."""
    shown = picture.convert("RGB")
    few = shown.quantize(256, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
    path = PICTURES / f"{name}.png"
    few.save(path, optimize=True)
    if path.stat().st_size > MOST:
        sys.exit(f"{path.name}: {path.stat().st_size} bytes, {MOST} at most")


def coding(ines: Desk) -> None:
    """Codes an interview: by the mouse, by keys, with a memo, the sheet, then the suggestions."""
    page = ines.page
    ines.open("E005")
    page.get_by_text("2. Tous les codes").click()
    ines.code("il avait mon dossier mais il l'avait pas lu", "rotation")
    ines.code("ils ont mis un message dans l'espace, pas de courrier", "espace personnel")
    ines.code("Dix jours pour présenter mes observations. Observations de quoi ?", "langage et courriers")
    ines.press("Escape")
    ines.choose("en août, moins la moitié. La moitié, pendant un mois")
    ines.press("Enter")
    ines.type("sanc")
    ines.press("ArrowDown")
    take(page, "choisir-un-code")
    ines.press("Enter")
    ines.hears("Codé")
    ines.press("c", "m")
    ines.type("Double peine : la sanction tombe en août, les bracelets paient la rentrée.")
    ines.press("Escape")
    ines.saved()
    take(page, "passage-code")
    sheet(ines)
    suggestions(ines)
    ines.go("")
    page.get_by_role("heading", name="Mes entretiens").wait_for()
    take(page, "mes-entretiens")


def sheet(ines: Desk) -> None:
    """Fills in the interview's sheet."""
    ines.tab("Fiche")
    for label, words in (
        ("Contexte", "Chez elle, six mois après. Les enfants passent et repassent."),
        ("Trajectoire", "Cantine, séparation, RSA ; une sanction en août, un recours gagné, une formation."),
        ("Tensions", "Elle dit « c'est mon droit », et elle a dit merci."),
    ):
        ines.page.get_by_label(label, exact=True).fill(words)
    ines.press("Tab")
    ines.saved()
    ines.page.get_by_label("Contexte", exact=True).focus()
    take(ines.page, "fiche")


def suggestions(ines: Desk) -> None:
    """Says that the interview is read and coded: suggestions show."""
    ines.tab("Codes")
    ines.page.get_by_role("button", name="J'ai lu cet entretien").click()
    ines.page.get_by_role("button", name="J'ai fini de coder").click()
    ines.page.locator(".chip-suggestion").first.wait_for()
    ines.page.locator(".chip-suggestion", has_text="Logement").first.click()
    take(ines.page, "suggestions")


def settling(anne: Desk) -> None:
    """A disagreement between coders, as an arbiter sees it; the reason is being written."""
    anne.go("arbitrage")
    anne.page.locator(".case-line").first.wait_for()
    anne.page.get_by_label("Entretien").select_option("E003")
    anne.page.locator(".case-line", has_text="E003").first.click()
    anne.page.locator(".readings").wait_for()
    anne.press("2")
    anne.type("L'argent du fils, pas une dépendance.")
    take(anne.page, "arbitrage")


def packet(study: Path, page: Page) -> None:
    """A packet that was just opened, and its phrase."""
    enquete("paquet", "creer", "--codeur", "ines", "--sortie", study / "paquet-ines.html", "--etude", study)
    page.goto((study / "paquet-ines.html").as_uri())
    page.get_by_label("Phrase de ce paquet").fill(PHRASE)
    page.get_by_label("Montrer la phrase").check()
    take(page, "paquet")


def contacts(study: Path, page: Page) -> None:
    """A contact sheet that was just opened, where it tells of one person."""
    wishes = ("--numero-sur", "06 39 98 92 14", "--pas-de-message", "--heures", "après 18 h")
    enquete("suivi", "contact", "P026", *wishes, "--relais", "CCAS de Châtillon", "--limite", 3, "--etude", study)
    sheet = study / "fiche-v2.html"
    enquete("suivi", "fiche", "P016", "P020", "P026", "--sortie", sheet, "--pour", "lea", "--etude", study)
    page.goto(sheet.as_uri())
    page.get_by_label("Phrase de cette fiche").fill(PHRASE)
    page.get_by_role("button", name="Ouvrir").click()
    page.get_by_role("heading", name="P026").evaluate("heading => heading.scrollIntoView()")
    take(page, "fiche-de-contact")


def workbook(book: Path, name: str) -> None:
    """The first page of a workbook as it is printed, without its margins."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / f"{book.stem}.pdf"
        run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, book)
        run("pdftoppm", "-r", "110", "-l", "1", "-singlefile", "-png", printed, printed.with_suffix(""))
        page = Image.open(printed.with_suffix(".png")).convert("RGB")
    page = page.crop((0, 0, page.width, page.height * 93 // 100))  # but the footer
    keep(page.crop(ImageChops.difference(page, Image.new("RGB", page.size, "white")).getbbox()), name)


if __name__ == "__main__":
    main()
