"""The page for those who see little, use no mouse, or sit at a small screen: rules of accessibility, focus, layout."""

import pytest
from desk import LAPTOP, TABLET
from pages import TALK, suggest


@pytest.fixture(params=["laptop", "tablet"])
def lea(request, house, serve, sit):
    folder = house(TALK, TALK)
    toml = folder / "enquete.toml"
    shown = toml.read_text(encoding="utf-8").replace('reperages = "apres-codage"', 'reperages = "toujours"')
    toml.write_text(shown, encoding="utf-8")
    suggest(folder, "J'ai signé", code="B")
    is_tablet = request.param == "tablet"
    return sit(serve(folder), "lea", viewport=TABLET if is_tablet else LAPTOP, has_touch=is_tablet)


def check(lea, where):
    found = "\n".join(lea.violations())
    assert not found, f"{where}:\n{found}"
    assert lea.overflow() <= 0, where


def test_every_view_and_dialog_passes_the_checker_and_fits(lea):
    check(lea, "mes entretiens")
    lea.go("journal")
    lea.page.wait_for_selector("h1")
    check(lea, "journal")
    lea.look_for("compte")
    lea.page.wait_for_selector(".hits")
    check(lea, "recherche")
    lea.open()
    lea.code("coupé la moitié", "arg")
    lea.press("c", "m")
    lea.type("Un mémo.")
    lea.press("Escape")
    lea.saved()
    check(lea, "passage")
    for tab in ("Codes", "Fiche", "Mémos", "À revoir"):
        lea.tab(tab)
        check(lea, tab)
    lea.page.locator(".row").first.focus()
    lea.press("j")
    check(lea, "suggestion")
    lea.press("Escape", "/")
    lea.type("compte")
    check(lea, "recherche dans l'entretien")
    lea.press("Escape")
    lea.choose("deux mois")
    check(lea, "mots choisis")
    lea.press("Enter")
    check(lea, "liste des codes")
    lea.type("zzz")
    lea.press("Enter")
    check(lea, "code proposé")
    lea.press("Escape", "?")
    check(lea, "aide")
    lea.press("Escape")
    lea.context.set_offline(True)
    lea.choose("rien sur le compte")
    lea.press("Digit1")
    lea.page.get_by_role("alert").wait_for()
    check(lea, "hors connexion")
    lea.context.set_offline(False)
    lea.saved()


def test_a_dialog_keeps_the_focus_and_gives_it_back(house, serve, sit):
    lea = sit(serve(house()), "lea")
    lea.open()
    focused = "() => document.activeElement.getAttribute('aria-label')"
    help_ = lea.page.get_by_role("button", name="Aide")
    help_.focus()
    lea.press("Enter")
    for _ in range(8):
        lea.press("Tab")
        assert lea.page.evaluate(
            "() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
        )
    lea.press("Escape")
    assert lea.page.evaluate(focused) == "Aide : touches et signes"
    lea.page.locator(".row").nth(1).focus()
    lea.press("t", "Enter")
    assert lea.page.evaluate(focused) == "Quelques lettres du code"
    lea.press("Escape")
    assert lea.page.evaluate(focused) == "Tour 2, Participant"


def test_links_skip_to_the_text_and_to_the_codes(house, serve, sit):
    lea = sit(serve(house()), "lea")
    lea.open()
    lea.page.get_by_role("link", name="Aller au contenu").focus()
    lea.press("Enter")
    assert lea.page.evaluate("() => document.activeElement.id") == "contenu"
    lea.press("Tab")
    assert lea.page.evaluate("() => document.activeElement.getAttribute('aria-label')") == "Tour 1, Enquêteur"
    lea.page.get_by_role("link", name="Aller au volet des codes").focus()
    lea.press("Enter")
    assert lea.page.evaluate("() => document.activeElement.id") == "volet"


def touch(lea, *does):
    """What a browser does with the words of the second turn under a long press, in its own order, at once."""
    lea.page.evaluate(
        """(does) => {
          const words = document.querySelector('.words[data-turn="1"]');
          for (const [kind, start, end] of does) {
            if (kind === "select") getSelection().setBaseAndExtent(words.firstChild, start, words.firstChild, end);
            else if (kind === "widen") getSelection().extend(words.firstChild, end);
            else words.dispatchEvent(new PointerEvent(kind, { pointerType: "touch", bubbles: true, button: 0 }));
          }
        }""",
        [list(one) for one in does],
    )


ANDROID = [("pointerdown",), ("select", 10, 15), ("contextmenu",), ("pointercancel",)]
ANDROID_OTHERWISE = [("pointerdown",), ("contextmenu",), ("pointercancel",), ("select", 10, 15)]
IOS = [("pointerdown",), ("pointercancel",), ("select", 10, 15)]
ON_RELEASE = [("pointerdown",), ("select", 10, 15), ("pointerup",)]


@pytest.mark.parametrize("press", [ANDROID, ANDROID_OTHERWISE, IOS, ON_RELEASE])
def test_a_finger_chooses_words_and_codes_them(house, serve, sit, press):
    lea = sit(serve(house()), "lea", viewport=TABLET, has_touch=True)
    lea.open()
    sizes = lea.page.evaluate(
        "() => [...document.querySelectorAll('button')].map((b) => b.getBoundingClientRect())"
        ".filter((box) => box.width > 0).map((box) => Math.min(box.width, box.height))"
    )
    assert min(sizes) >= 24
    # A long press selects in the browser, whose handles then widen the selection.
    touch(lea, *press)
    lea.page.get_by_text("1 mot choisi").wait_for()
    touch(lea, ("widen", 0, 24))
    lea.page.get_by_text("3 mots choisis").wait_for()
    lea.page.get_by_role("button", name="Coder", exact=True).tap()
    lea.page.get_by_role("option", name="Argent").tap()
    lea.hears("Codé : Argent")
    assert lea.names == ["Argent, « coupé la moitié »"]
