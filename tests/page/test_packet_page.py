"""A packet opened from the file system by a real browser: coded, kept, given back, and never a word to anybody."""

import json
import re
import time
import unicodedata
from datetime import datetime, timedelta

import packet_files
import pytest
from answered import add_answers
from desk import CHROMIUM, LAPTOP, OPTIONS
from packet_desk import PHRASE, PacketDesk

from enquete.actions.packets.answers import take_back
from enquete.actions.packets.making import create_packet
from enquete.actions.study import open_study
from enquete.page.sealing import Sealed
from enquete.store import codings as stored
from enquete.store.entries import all_entries
from enquete.store.interviews import interviews

NO_INDEXED_DB = (
    "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })"
)
FULL_DISK = "() => { IDBObjectStore.prototype.add = function () { this.transaction.abort(); }; }"


@pytest.fixture(autouse=True)
def phrase(monkeypatch):
    monkeypatch.setenv("ENQUETE_PHRASE_PAQUET", PHRASE)


@pytest.fixture
def packet(house):
    """packet("lea") -> the packet of lea, of a study with one interview; packet.study: its folder."""
    folder = house()

    def made(coder="lea"):
        list(create_packet(open_study(folder), coder, (), None, drawn=False))
        return folder / f"exports/paquets/paquet-{coder}.html"

    made.study = folder
    return made


@pytest.fixture
def at_home(browser):
    """at_home(path) -> a PacketDesk in a browser of its own. Every script error and every request fails."""
    desks = []

    def seated(path, phrase=PHRASE, before=""):
        context = browser.new_context(viewport=LAPTOP, locale="fr-FR")
        if before:
            context.add_init_script(before)
        desk = PacketDesk(context, path, phrase)
        desks.append(desk)
        return desk

    yield seated
    for desk in desks:
        desk.context.close()
        assert desk.errors == []
        assert desk.outside == []


def taken(folder, file, coder="lea"):
    """Takes a file of codings back; gives what the study then holds of this coder: (words, code)."""
    result = take_back(open_study(folder), [file], try_only=False)
    assert result.problems == []
    with open_study(folder).database() as db:
        texts = {interview.revision: interview.text for interview in interviews(db)}
        return [(texts[c.revision][c.start : c.end], c.code) for c in stored.codings(db) if c.coder == coder]


def altered(path, part, *, mended):
    """The same packet with a byte of one part changed. mended: its digest too."""
    page = path.read_text(encoding="utf-8")
    parts = json.loads(re.search(r'id="paquet">(.*?)</script>', page)[1])
    sealed = packet_files.payload(path)
    fields = {"header": sealed.clear, "nonce": sealed.nonce, "sealed": sealed.data}
    changed = bytearray(fields[part])
    changed[len(changed) // 2] ^= 1
    new = Sealed(sealed.header, *(fields | {part: bytes(changed)}).values()).parts()
    new["digest"] = new["digest"] if mended else parts["digest"]
    other = path.with_name("altéré.html")
    other.write_text(page.replace(json.dumps(parts, sort_keys=True), json.dumps(new, sort_keys=True)), encoding="utf-8")
    assert other.read_bytes() != path.read_bytes()
    return other


def test_coded_at_home_and_taken_back(packet, at_home, tmp_path):
    lea = at_home(packet())
    lea.open()
    lea.code("coupé la moitié", "arg")
    lea.shows("Argent")
    lea.tells("1 action à enregistrer dans un fichier.")
    file = lea.save(tmp_path)
    assert re.fullmatch(r"codages-lea-\d{4}-\d\d-\d\d\.enquete", file.name)
    lea.tells("Tout votre travail est dans un fichier.")
    assert b"moiti" not in file.read_bytes()
    assert taken(packet.study, file) == [("coupé la moitié", "A")]


def test_a_memo_and_a_place_come_back_too(packet, at_home, tmp_path):
    lea = at_home(packet())
    lea.open()
    lea.choose("coupé la moitié")
    lea.press("m")
    lea.type("Dit sans colère 😀")
    lea.press("Control+Enter")
    lea.tells("1 action à enregistrer")
    taken(packet.study, lea.save(tmp_path))
    with open_study(packet.study).database() as db:
        (written,) = all_entries(db, "lea")
    assert written.entry.body == "Dit sans colère 😀"


def test_a_reload_keeps_the_work_and_what_can_be_undone(packet, at_home):
    lea = at_home(packet())
    lea.open()
    lea.code("coupé la moitié", "arg")
    lea.reload()
    lea.open()
    lea.shows("Argent")
    lea.press("Control+z")
    lea.shows()
    lea.reload()
    lea.open()
    lea.shows()
    lea.press("Control+Shift+z")
    lea.shows("Argent")


def test_a_wrong_phrase_is_told_and_can_be_tried_again(packet, at_home):
    lea = at_home(packet(), phrase=None)
    assert "Ce n'est pas la bonne phrase." in lea.refused("lampe tomate avenir pollem")
    assert lea.page.evaluate("document.activeElement.id") == "phrase"
    lea.unlock(f"  {PHRASE.replace(' ', '  ')} ")


def test_accents_typed_apart_are_the_same_phrase(packet, at_home, monkeypatch):
    monkeypatch.setenv("ENQUETE_PHRASE_PAQUET", "été forêt piñata garçon")
    lea = at_home(packet(), phrase=None)
    lea.unlock(unicodedata.normalize("NFD", "été forêt piñata garçon"))


def test_opened_and_saved_by_keyboard_alone(packet, at_home, tmp_path):
    lea = at_home(packet(), phrase=None)
    lea.page.wait_for_function("document.activeElement.id === 'phrase'")
    lea.type(PHRASE)
    lea.press("Enter")
    lea.page.wait_for_selector("#contenu")
    lea.open()
    lea.code("coupé la moitié", "arg")
    button = lea.page.get_by_role("button", name="Enregistrer mon travail")
    with lea.page.expect_download():  # focused and pressed at once: what was just coded may be drawn meanwhile
        button.press("Enter")


@pytest.mark.parametrize("part", ["header", "nonce", "sealed"])
def test_a_packet_altered_on_its_way_is_refused(packet, at_home, part):
    lea = at_home(altered(packet(), part, mended=False), phrase=None)
    lea.page.wait_for_selector("[role=alert]")
    assert "Ce paquet est abîmé ou a été modifié" in lea.page.get_by_role("alert").text_content()
    assert lea.page.get_by_label("Phrase de ce paquet").count() == 0


@pytest.mark.parametrize("part", ["nonce", "sealed"])
def test_a_packet_altered_on_purpose_does_not_open(packet, at_home, part):
    lea = at_home(altered(packet(), part, mended=True), phrase=None)
    assert "Ce n'est pas la bonne phrase." in lea.refused(PHRASE)


def test_two_tabs_keep_each_other_s_work(packet, at_home, tmp_path):
    lea = at_home(packet())
    other = lea.another_tab()
    lea.open()
    other.open()
    lea.page.bring_to_front()
    lea.code("coupé la moitié", "arg")
    other.page.bring_to_front()
    other.shows("Argent")
    other.code("J'ai signé", "travail")
    other.shows("Argent", "Travail")
    lea.page.bring_to_front()
    lea.shows("Argent", "Travail")
    lea.tells("2 actions à enregistrer")
    assert len(taken(packet.study, lea.save(tmp_path))) == 2
    other.tells("Tout votre travail est dans un fichier.")
    assert other.errors + other.outside == []


def test_two_packets_in_one_browser_stay_apart(packet, at_home, tmp_path):
    lea = at_home(packet("lea"))
    lea.open()
    lea.code("coupé la moitié", "arg")
    omar = PacketDesk(lea.context, packet("omar"))
    omar.open()
    omar.shows()
    omar.code("J'ai signé", "travail")
    assert taken(packet.study, omar.save(tmp_path), "omar") == [("J'ai signé", "B")]
    lea.page.bring_to_front()
    assert taken(packet.study, lea.save(tmp_path)) == [("coupé la moitié", "A")]
    assert omar.errors + omar.outside == []


def test_a_browser_that_keeps_nothing_says_so_and_the_file_goes_on_elsewhere(packet, at_home, tmp_path):
    path = packet()
    lea = at_home(path, before=NO_INDEXED_DB)
    assert "Ce navigateur ne garde rien : enregistrez votre travail avant de fermer." in lea.bar
    lea.open()
    lea.code("coupé la moitié", "arg")
    lea.page.wait_for_selector(".save-memory")
    file = lea.save(tmp_path)
    elsewhere = at_home(path)
    elsewhere.take(file)
    elsewhere.tells("Repris : 1 action.")
    elsewhere.open()
    elsewhere.shows("Argent")
    elsewhere.take(file)
    elsewhere.tells("Tout ce fichier était déjà ici.")
    elsewhere.code("J'ai signé", "travail")
    elsewhere.reload()
    elsewhere.open()
    elsewhere.shows("Argent", "Travail")
    assert len(taken(packet.study, elsewhere.save(tmp_path))) == 2


def test_a_full_disk_loses_nothing_that_a_file_can_hold(packet, at_home, tmp_path):
    lea = at_home(packet())
    lea.open()
    lea.page.evaluate(FULL_DISK)
    lea.code("coupé la moitié", "arg")
    lea.tells("Ce navigateur ne garde plus rien (disque plein ?)")
    lea.page.wait_for_selector(".save-memory")
    assert taken(packet.study, lea.save(tmp_path)) == [("coupé la moitié", "A")]


def test_a_file_made_by_python_is_taken_here(packet, at_home, tmp_path):
    path = packet()
    entry = packet_files.coding(path, "E001", "J'ai signé", "B", "x1", codebook="essai")
    lea = at_home(path)
    lea.take(packet_files.answer(path, [entry], tmp_path / "reçu.txt", places={"E001": 3}))
    lea.tells("Repris : 1 action.")
    lea.open()
    lea.shows("Travail")


def test_files_that_are_not_this_packet_s_are_told_apart(packet, at_home, tmp_path):
    path = packet()
    entry = packet_files.coding(path, "E001", "J'ai signé", "B", "x1", codebook="essai")
    good = packet_files.answer(path, [entry], tmp_path / "bon.enquete")
    parts = json.loads(good.read_text())
    lea = at_home(path)
    for text, told in [
        (good.read_text()[:-60], "Ce fichier est abîmé ou incomplet"),
        (json.dumps(parts | {"digest": "0" * 64}), "Ce fichier est abîmé ou incomplet"),
        (json.dumps(parts | {"enquete": 2}), "une version plus récente"),
        (path.read_text(encoding="utf-8"), "C'est le paquet lui-même"),
        ("une photo", "Ce n'est pas un fichier de codages."),
    ]:
        file = tmp_path / "essai.enquete"
        file.write_text(text, encoding="utf-8")
        lea.take(file)
        lea.tells(told)
    other = packet("omar")
    lea.take(packet_files.answer(other, [], tmp_path / "autre.enquete"))
    lea.tells("Ce fichier de codages vient d'un autre paquet")
    lea.open()
    lea.shows()


def test_erasing_asks_first_and_leaves_nothing(packet, at_home, tmp_path):
    lea = at_home(packet())
    other = lea.another_tab()
    lea.page.bring_to_front()  # browsers slow the tabs behind down
    lea.open()
    lea.code("coupé la moitié", "arg")
    lea.page.get_by_role("button", name="Effacer mon travail…").click()
    assert "action n'est dans aucun fichier" in lea.page.get_by_role("dialog").text_content()
    lea.page.get_by_role("dialog").get_by_role("button", name="Annuler", exact=True).click()
    lea.save(tmp_path)
    lea.erase()
    for desk in (lea, other):
        desk.page.get_by_role("heading", name="Votre travail est effacé de ce navigateur.").wait_for()
        assert "moitié" not in desk.page.content()
    assert lea.page.evaluate("indexedDB.databases().then((all) => all.length)") == 0
    lea.reload()
    lea.open()
    lea.shows()
    assert other.errors + other.outside == []


def asks_before_leaving(desk):
    """Whether closing the tab asks for a confirmation."""
    asked = []
    desk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    desk.page.close(run_before_unload=True)
    desk.context.pages[-1].wait_for_timeout(500)
    return asked == ["beforeunload"]


@pytest.mark.parametrize(
    ("before", "later", "saved", "asks"),
    [
        ("", timedelta(0), False, False),  # this browser keeps it
        ("", timedelta(days=2), False, True),  # but it has waited long for a file
        ("", timedelta(days=2), True, False),
        (NO_INDEXED_DB, timedelta(0), False, True),
        (NO_INDEXED_DB, timedelta(0), True, False),
    ],
)
def test_leaving_asks_when_the_work_could_be_lost(packet, at_home, tmp_path, before, later, saved, asks):
    lea = at_home(packet(), before=before)
    lea.context.new_page()
    lea.page.bring_to_front()
    lea.open()
    lea.code("coupé la moitié", "arg")
    if saved:
        lea.save(tmp_path)
        lea.tells("Tout votre travail" if not before else "0 action")
    lea.page.clock.set_fixed_time(datetime.now() + later)
    lea.page.mouse.click(400, 400)  # browsers ask only those who did something
    assert asks_before_leaving(lea) is asks


def test_nothing_is_in_clear_on_the_disk_and_all_is_there_the_day_after(packet, browser, tmp_path):
    path, profile = packet(), tmp_path / "profil"

    def day(work):
        context = browser.browser_type.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=OPTIONS, viewport=LAPTOP, locale="fr-FR"
        )
        try:
            desk = PacketDesk(context, path)
            desk.open()
            work(desk)
        finally:
            context.close()
        assert desk.errors + desk.outside == []

    def first(lea):
        lea.code("coupé la moitié", "arg")
        lea.choose("J'ai signé")
        lea.press("m")
        lea.type("zigzaguerie")
        lea.press("Control+Enter")
        lea.tells("2 actions à enregistrer")

    day(first)
    kept = [file for file in profile.rglob("*") if file.is_file()]
    assert any("indexeddb" in str(file).lower() for file in kept)
    for file in kept:
        data = file.read_bytes()
        for words in ("zigzaguerie", "plus rien sur le compte", "Karim", PHRASE):
            for encoding in ("utf-8", "utf-16-le"):
                assert words.encode(encoding) not in data, file
    day(lambda lea: lea.shows("Argent"))


def test_words_typed_and_not_yet_stored_are_not_on_the_disk(packet, browser, tmp_path):
    path, profile = packet(), tmp_path / "profil"
    context = browser.browser_type.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=OPTIONS, viewport=LAPTOP, locale="fr-FR"
    )
    desk = PacketDesk(context, path)
    desk.go("journal")
    desk.page.get_by_role("textbox").first.fill("zigzaguerie")
    desk.page.wait_for_timeout(500)
    context.close()
    for file in profile.rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        assert "zigzaguerie".encode("utf-16-le") not in data, file
        assert b"zigzaguerie" not in data, file


def test_no_spelling_service_nor_translator_is_given_words(packet, at_home):
    lea = at_home(packet())
    assert lea.page.evaluate(
        "[document.documentElement.translate, document.querySelector('[name=google]').content]"
    ) == [
        False,
        "notranslate",
    ]
    lea.go("journal")
    field = lea.page.get_by_role("textbox").first
    field.focus()
    assert field.evaluate("(element) => element.spellcheck") is False


def test_forty_thousand_words_open_in_a_few_seconds(house, at_home):
    said = [f"{number} {'Ils m’ont coupé la moitié, voilà. ' * 6}" for number in range(1_100)]
    assert sum(len(words.split()) for words in said) > 40_000
    folder = house(said)
    list(create_packet(open_study(folder), "lea", (), None, drawn=False))
    began = time.monotonic()
    lea = at_home(folder / "exports/paquets/paquet-lea.html")
    lea.open()
    assert time.monotonic() - began < 10  # 1 or 2 on a machine that does nothing else


def test_screens_of_a_packet_are_accessible(packet, at_home, tmp_path):
    lea = at_home(packet(), phrase=None)
    lea.page.get_by_label("Phrase de ce paquet").wait_for()
    assert lea.violations() == []
    lea.refused("une autre phrase")
    assert lea.violations() == []
    lea.unlock()
    assert lea.violations() == []
    lea.page.get_by_role("button", name="Effacer mon travail…").click()
    assert lea.violations() == []
    lea.page.get_by_role("button", name="Effacer", exact=True).click()
    lea.page.get_by_role("heading", name="Votre travail est effacé").wait_for()
    assert lea.violations() == []


def test_the_bar_holds_in_a_tablet_s_width(packet, at_home):
    lea = at_home(packet())
    lea.page.set_viewport_size({"width": 820, "height": 1180})
    lea.open()
    assert lea.overflow() <= 0


def test_answers_to_a_question_are_coded_at_home_as_on_the_page(packet, at_home):
    add_answers(packet.study, {"P101": {"dire": "Coupé deux mois."}, "P102": {"dire": "Ça va."}})
    desk = at_home(packet())
    desk.page.get_by_role("link", name="Que voulez-vous dire encore ?").click()
    desk.page.get_by_role("region", name="Réponse R001").wait_for()
    desk.press("Enter")
    desk.type("arg")
    desk.press("Enter")
    desk.hears("Codé")
    desk.press("Space")
    desk.page.get_by_role("region", name="Réponse R002").wait_for()
    desk.press("Digit1")
    desk.hears("Codé")
    desk.go("")
    desk.tells_row("2 1 1 2")
