"""What coders write: memos, sheet, events, journal; suggestions; search."""

import pytest
from pages import TALK, suggest


@pytest.fixture
def lea(room):
    return room()


def written(lea, kind):
    return [(e["field"] or e["title"], e["body"]) for e in lea.held(kind)]


def wait_written(lea, label, state="Enregistré"):
    note = lea.page.locator(".note", has=lea.page.get_by_label(label, exact=True))
    note.get_by_text(state, exact=True).first.wait_for()


def test_the_sheet_saves_itself_when_one_stops_writing(lea):
    lea.tab("Fiche")
    lea.page.get_by_label("Contexte", exact=True).press_sequentially("Chez elle, un matin.")
    wait_written(lea, "Contexte", "Pas encore enregistré")
    wait_written(lea, "Contexte")
    assert written(lea, "sheet") == [("context", "Chez elle, un matin.")]
    lea.page.get_by_label("Contexte", exact=True).press_sequentially(" Son fils passe.")
    lea.page.get_by_label("Tensions", exact=True).fill("Dit deux fois le contraire.")
    lea.page.get_by_label("Quand").fill("mars 2024")
    lea.page.get_by_label("Ce qui s'est passé", exact=True).fill("Coupure du RSA.")
    lea.tab("Codes")  # what was just typed leaves with it
    lea.saved()
    expected = [("context", "Chez elle, un matin. Son fils passe."), ("tensions", "Dit deux fois le contraire.")]
    assert sorted(written(lea, "sheet")) == expected
    assert written(lea, "event") == [("mars 2024", "Coupure du RSA.")]
    lea.page.reload()
    lea.tab("Fiche")
    assert lea.page.get_by_label("Contexte", exact=True).input_value() == "Chez elle, un matin. Son fils passe."
    assert lea.page.get_by_label("Ce qui s'est passé").first.input_value() == "Coupure du RSA."


def test_writing_at_a_stretch_is_undone_together(lea):
    lea.tab("Mémos")
    memo = lea.page.get_by_label("Mémo sur l'entretien")
    memo.press_sequentially("Un.")
    wait_written(lea, "Mémo sur l'entretien")
    memo.press_sequentially(" Deux.")
    lea.page.wait_for_timeout(1400)
    lea.press("Escape")
    lea.saved()
    assert written(lea, "memo") == [("", "Un. Deux.")]
    lea.press("Control+z")
    lea.hears("Annulé : mémo")
    assert written(lea, "memo") == []
    assert memo.input_value() == ""


def test_a_memo_takes_the_keys_when_it_is_asked_for_and_not_afterwards(lea):
    lea.code("coupé la moitié", "arg")
    lea.press("m")
    lea.type("Une somme.")
    lea.press("Escape", "Escape")
    lea.saved()
    lea.click("coupé la moitié")
    lea.press("c")
    lea.hears("Marqué : à citer")
    assert written(lea, "memo") == [("", "Une somme.")]
    lea.press("m")
    lea.type("Une autre.")
    lea.press("Escape")
    lea.saved()
    assert written(lea, "memo") == [("", "Une somme."), ("", "Une autre.")]


def test_a_memo_on_words_that_are_not_coded(lea):
    lea.choose("plus rien sur le compte")
    lea.press("m")
    lea.type("Revient souvent.")
    lea.press("Escape")
    lea.saved()
    (memo,) = lea.held("memo")
    text = lea.api.get(f"/api/interviews/{lea.interview}").json()["text"]
    assert text[memo["start"] : memo["end"]] == "plus rien sur le compte"
    assert lea.page.locator(".turns .chip-memo .chip-label").all_text_contents() == ["Revient souvent."]


def test_a_memo_on_a_code_and_the_journal_are_read_again_in_the_notes(lea):
    lea.code("coupé la moitié", "arg")
    lea.press("m")
    lea.type("Un passage à part.")
    lea.tab("Codes")
    lea.page.locator(".codes-definition summary").click()
    lea.page.get_by_label("Mémo sur le code").fill("Trop large ?")
    lea.page.get_by_label("Mémo sur le code").blur()
    lea.saved()
    lea.go("journal")
    lea.page.get_by_label("Titre").first.fill("Jour 1")
    lea.page.get_by_label("Nouvelle note du journal").fill("Le mot « contrat » veut dire trois choses.")
    lea.page.get_by_label("Nouvelle note du journal").blur()
    lea.page.get_by_text("Écrire une autre note").wait_for()
    lea.saved()
    notes = lea.page.get_by_label("Toutes mes notes")
    notes.get_by_text("Trop large ?").wait_for()
    notes.get_by_text("Un passage à part.").wait_for()
    overview = lea.api.get("/api/overview").json()["entries"]
    assert [(e["title"], e["body"]) for e in overview if e["kind"] == "journal"] == [
        ("Jour 1", "Le mot « contrat » veut dire trois choses.")
    ]
    notes.get_by_role("link", name=lea.interview).first.click()
    lea.page.wait_for_selector(".turn")


def test_a_name_typed_by_mistake_is_masked_and_the_page_says_so(lea):
    lea.tab("Mémos")
    memo = lea.page.get_by_label("Mémo sur l'entretien")
    memo.fill("Madame Lefèvre du CCAS lui a dit non.")
    memo.blur()
    lea.page.get_by_text("Des mots ont été masqués par sécurité").wait_for()
    assert "Lefèvre" not in memo.input_value()
    assert memo.input_value() == written(lea, "memo")[0][1]


def test_suggestions_show_once_coded_and_each_is_decided_by_a_key(house, serve, sit, hand):
    folder = house()
    suggest(folder, "coupé la moitié", code="A")
    lea = sit(serve(folder), "lea")
    lea.open()
    chips = lea.page.locator(".turns .chip-suggestion")
    assert chips.count() == 0
    lea.code("rien sur le compte", "trav")
    lea.page.get_by_role("button", name="J'ai fini de coder").click()
    chips.first.wait_for()
    lea.page.locator(".row").first.focus()
    lea.press("j")
    lea.page.get_by_role("region", name="Suggestion").get_by_text("indice : couper").wait_for()
    lea.press("x")
    lea.hears("Suggestion refusée")
    assert chips.count() == 0
    lea.press("Control+z")
    lea.hears("Annulé : décision")
    lea.press("j", "a")
    lea.hears("Suggestion acceptée : Argent")
    lea.shows("Argent", "Travail")
    held = hand(lea.served.api("lea")).holding()
    (verdict,) = [e for e in held if e["kind"] == "verdict"]
    (coding,) = [e for e in held if e["kind"] == "coding" and e["suggestion"]]
    assert (verdict["field"], coding["suggestion"]) == ("accepted", verdict["suggestion"])
    lea.press("Control+z")
    lea.shows("Travail")
    lea.press("j", "e")
    lea.type("trav")
    lea.press("Enter")
    lea.hears("Suggestion ajustée : Travail")
    (verdict,) = [e for e in hand(lea.served.api("lea")).holding() if e["kind"] == "verdict"]
    assert verdict["field"] == "changed"
    lea.page.get_by_role("button", name="J'ai fini de coder").click()
    lea.hears("Repris : entretien codé")


def test_words_are_found_in_this_interview_and_in_all(house, serve, sit):
    other = ("Et vous ?", "Mon compte est vide, le COMPTE de ma mère aussi.")
    lea = sit(serve(house(TALK, other)), "lea")
    lea.open("E002")
    lea.page.locator(".row").first.focus()
    lea.press("/")
    lea.type("compté")
    count = lea.page.locator(".search-count")
    count.get_by_text("1 sur 2").wait_for()
    lea.press("Enter")
    count.get_by_text("2 sur 2").wait_for()
    lea.press("Enter")
    count.get_by_text("1 sur 2").wait_for()
    lea.page.get_by_role("link", name="Dans tous mes entretiens").click()
    lea.page.get_by_text("3 passages.").wait_for()
    lea.page.locator(".hits a").first.click()
    lea.page.wait_for_selector(".turn")
    lea.page.get_by_text("1 mot choisi").wait_for()
    assert "E001" in lea.page.url


def test_how_far_one_is(lea):
    lea.page.get_by_role("button", name="J'ai lu cet entretien").click()
    lea.hears("Entretien lu")
    lea.code("coupé la moitié", "arg")
    lea.go("")
    row = lea.page.get_by_role("row", name=lea.interview)
    row.get_by_text("lu, à coder").wait_for()
    lea.page.wait_for_function("() => document.querySelector('.interviews tbody').innerText.includes('\\t1\\t')")


def test_an_interview_that_is_said_to_be_read_has_nothing_left(house, serve, sit):
    lea = sit(serve(house(("Et alors ?", "Je ne sais pas, rien ne vient. " * 40) * 6)), "lea")
    lea.open()
    left = lea.page.locator(".left")
    assert "mots à lire" in left.inner_text().replace("\u00a0", " ")
    lea.page.get_by_role("button", name="J'ai lu cet entretien").click()
    lea.hears("Entretien lu")
    assert left.inner_text() == "lu jusqu'au bout"


@pytest.mark.parametrize("words", ["<img src=x onerror=window.harmed=1>", "<script>window.harmed=1</script> & « x »"])
def test_a_script_in_a_transcript_or_a_memo_is_inert(house, serve, sit, words):
    lea = sit(serve(house(("Alors ?", f"Je dis {words} et voilà."))), "lea")
    lea.open()
    lea.code("Je dis", "arg")
    lea.press("m")
    lea.type(words)
    lea.press("Escape")
    lea.saved()
    lea.look_for(words)
    lea.page.wait_for_selector(".hits")
    for view in ("journal", "entretien/E001"):
        lea.go(view)
        lea.page.wait_for_timeout(150)
    lea.page.wait_for_selector(".turn")
    assert words in lea.page.locator(".turns").inner_text()
    assert lea.page.evaluate("() => window.harmed") is None
    assert lea.page.locator("img").count() == 0
