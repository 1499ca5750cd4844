"""A name of the vault is found wherever it stands in a file; the same file without it passes."""

import dataclasses
import io
import shutil
import subprocess
import unicodedata
import zipfile
from pathlib import Path

import planted_documents  # noqa: F401  more places
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planted import NAME, PLACES, archive, open_document

from enquete.disclosure.contents import Text, texts_of
from enquete.disclosure.gate import Form, Ground, KnownForms, judge
from enquete.errors import EnqueteError, Problem
from enquete.model import Audience
from enquete.model import IdentifierType as T

GROUND = Ground(b"secret", KnownForms([Form(NAME, T.PERSON)]), makers=frozenset(["lea"]))


def found(name, data, ground=GROUND):
    return [finding for finding in judge(texts_of(name, data), ground) if "coffre" in finding.what]


@pytest.mark.parametrize("where", PLACES)
def test_a_name_is_found_wherever_it_stands(where):
    findings = found(*PLACES[where](NAME))
    assert findings
    assert not any("ssata" in finding.place or "ssata" in finding.what for finding in findings)


@pytest.mark.parametrize("where", [place for place in PLACES if "code dans" not in place and "adresse" not in place])
def test_the_same_file_without_it_passes(where):
    name, data = PLACES[where]("Thème")
    if where.startswith("xlsx") and ("image" in where or "remplacement" in where):
        pytest.skip("its picture bears the name in any case")
    assert not found(name, data)


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("xlsx, cellule", "feuille Verbatims, cellule C12"),
        ("xlsx, texte partagé, coupé, que montre une cellule", "feuille Verbatims, cellule B7"),
        ("xlsx, commentaire", "commentaire de B3"),
        ("xlsx, feuille cachée", "feuille Brouillon, cellule A1"),
        ("xlsx, nom de feuille", "nom de la feuille n° 2"),
        ("xlsx, dernier auteur", "propriété Dernier auteur"),
        ("xlsx, en-tête d'impression", "feuille Verbatims, en-tête de page"),
        ("xlsx, titre d'un graphique", "graphique"),
        ("docx, corps", "corps du document, paragraphe 2"),
        ("docx, en-tête", "en-tête de page"),
        ("docx, propriété", "propriété Sujet"),
        ("html, texte", "texte de la page, ligne 1"),
        ("html, attribut alt", "attribut alt (texte de remplacement d'une image), ligne 1"),
        ("csv", "texte, ligne 2"),
        ("pdf, texte", "page 1"),
        ("qdpx, nom d'une source", "nom du fichier n° 2 de l'archive"),
        ("ods, cellule", "feuille F, cellule B1"),
    ],
)
def test_the_place_is_told_in_words(where, told):
    assert told in [finding.place for finding in found(*PLACES[where](NAME))]


def writer_is_there():
    """Debian packages LibreOffice's parts one by one."""
    program = shutil.which("soffice")
    return program is not None and any(Path(program).resolve().parent.glob("libswlo.*"))


@pytest.mark.skipif(not writer_is_there(), reason="LibreOffice Writer is not installed")
def test_what_libreoffice_rewrites_is_read_too(tmp_path):
    """One file of each kind, all converted at once: the start of LibreOffice is what takes time."""
    sources = {
        "cellule.xlsx": ("ods", PLACES["xlsx, cellule"]), "commentaire.xlsx": ("ods", PLACES["xlsx, commentaire"]),
        "entete.docx": ("odt", PLACES["docx, en-tête"]), "corps.docx": ("odt", PLACES["docx, corps"]),
    }  # fmt: skip
    for name, (_, make) in sources.items():
        (tmp_path / name).write_bytes(make(NAME)[1])
    for target in ("ods", "odt", "pdf"):
        chosen = [str(tmp_path / n) for n, (kind, _) in sources.items() if target in (kind, "pdf")]
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", str(tmp_path), *chosen]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    converted = [path for path in tmp_path.iterdir() if path.suffix in (".ods", ".odt", ".pdf")]
    assert len(converted) >= 7
    for path in converted:
        if path.name != "commentaire.pdf":  # a comment is not printed
            assert found(path.name, path.read_bytes()), path.name


# --- what can't be read is refused


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b"0" * 50_000_000)
    return out.getvalue()


def package(part, content):
    return archive({"[Content_Types].xml": b"<Types/>", part: content})


OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("vide.xlsx", b"", Problem.EMPTY_FILE),
        ("coupe.xlsx", PLACES["xlsx, cellule"](NAME)[1][:2000], Problem.CORRUPT_FILE),
        ("bombe.xlsx", bomb(), Problem.ZIP_BOMB),
        ("ancien.xls", OLD, Problem.UNVERIFIABLE),
        ("protege.docx", OLD + "EncryptedPackage".encode("utf-16-le"), Problem.ENCRYPTED),
        ("inconnu.bin", bytes(range(256)) * 20, Problem.UNVERIFIABLE),
        ("rapport.pdf", b"%PDF-1.7\nrien d'autre", Problem.CORRUPT_FILE),
        ("entites.docx", package("word/document.xml", ENTITIES), Problem.CORRUPT_FILE),
        ("macro.xlsm", package("xl/vbaProject.bin", OLD), Problem.UNVERIFIABLE),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_cannot_be_read_is_refused(name, data, problem):
    with pytest.raises(EnqueteError) as refusal:
        texts_of(name, data)
    assert refusal.value.problem is problem


def test_packages_within_packages_are_opened_but_not_for_ever():
    data = b"avec Aissata"
    for _ in range(2):
        data = archive({"a.zip" if data.startswith(b"PK") else "a.txt": data})
    assert found("a.zip", data)
    for _ in range(4):
        data = archive({"a.zip": data})
    with pytest.raises(EnqueteError):
        texts_of("a.zip", data)


# --- variants of a name


WORDS = [
    "le",
    "dossier",
    "était",
    "pas",
    "complet",
    "alors",
    "on",
    "revient",
    "demain",
    "avec",
    "les",
    "papiers",
    "petit",
]
ORDINARY = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@st.composite
def written(draw):
    """A name of two words, however somebody may have typed it."""
    first, last = draw(st.sampled_from([("Aïssata", "Kébé"), ("Mamadou-Lamine", "Bâchir"), ("Nadège", "Trémolet")]))
    gap = draw(st.sampled_from([" ", "  ", "\u00a0", "\u202f", "\n", "-", "_", "\t"]))
    text = draw(st.sampled_from([f"{first}{gap}{last}", f"{last}{gap}{first}", first, last, f"{first}{last}"]))
    text = draw(st.sampled_from([str, str.upper, str.lower, str.title]))(text)
    cut = draw(st.integers(1, len(text) - 1))
    if text[cut - 1].isalpha() and text[cut].isalpha():
        text = text[:cut] + draw(st.sampled_from(["", "\u00ad", "\u200b", "\u2060", "-\n"])) + text[cut:]
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), text)


VARIANTS = Ground(
    b"secret",
    KnownForms([Form(name, T.PERSON) for name in ("Aïssata Kébé", "Mamadou-Lamine Bâchir", "Nadège Trémolet")]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ORDINARY, written(), ORDINARY)
def test_a_name_is_found_however_it_is_written(before, name, after):
    text = f"{before} {name} {after}"
    assert any("coffre" in finding.what for finding in judge([Text("ici", text)], VARIANTS)), text


@given(ORDINARY)
def test_ordinary_words_pass(text):
    assert not judge([Text("ici", text)], VARIANTS)


@pytest.mark.parametrize(
    "text", ["Ａïｓｓａｔａ", "A ï s s a t a", "A.ï.s.s.a.t.a", "A_x00EF_ssata", "A&iuml;ssata", "A%C3%AFssata"]
)
def test_odd_writings_are_read_as_their_reader_would(text):
    assert judge([Text("ici", f"avec {text} hier")], GROUND)


# --- words that are names, private organisations, addresses


def told(text, *forms, kind=T.PERSON, audience=Audience.PROJECT_GROUP):
    ground = Ground(b"secret", KnownForms([Form(form, kind) for form in forms]), audience)
    return [finding.what for finding in judge([Text("ici", text)], ground)]


@pytest.mark.parametrize(
    ("text", "leaks"),
    [
        ("Madame PETIT est venue", True),
        ("mme petit est venue", True),
        ("Petit", True),
        ("un petit dossier", False),
        ("Petit à petit on avance", False),
    ],
)
def test_petit_the_surname_and_petit_the_adjective(text, leaks):
    assert bool(told(text, "Petit")) is leaks


def test_a_private_organisation_is_found_and_a_commune_is_not():
    assert told("je travaille chez Boucle Propreté Services", "Boucle Propreté Services", kind=T.ORGANISATION)
    assert told("au 12 rue des Trois Acacias", "12 rue des Trois Acacias", kind=T.PLACE)
    assert not told("j'habite à Clichy", "Clichy", kind=T.PLACE)
    assert not told("une association de quartier", "association", kind=T.ORGANISATION)


# --- forms


@pytest.mark.parametrize(
    "text",
    [
        "appelez le 06 39 98 12 34", "ecrire a fanta.d92@exemple.invalid", "1 85 05 78 006 084 91",
        "née le 12/03/1984 à Dakar", "voir https://www.facebook.com/fanta.kone92", "n° allocataire 0042917",
    ],
)  # fmt: skip
def test_somebodys_number_is_found_whoever_they_are(text):
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Entretien du 12/03/2025, 14 h 30", "version 3.11.7", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
        "appelez le 0 800 123 456", "contact@association.example", "https://www.insee.fr/fr/statistiques",
        "12 personnes sur 24", "E012, tour 34", "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_number_passes(text):
    assert not told(text)


def test_a_path_tells_the_user_of_a_computer():
    assert told(r"C:\Users\fanta\Documents\synthese.xlsx")
    assert told("/home/fanta/etude/a.csv")


def test_the_author_of_a_file_may_be_a_program_or_a_coder():
    def by(author):
        data = open_document(meta=f"<dc:creator>{author}</dc:creator>")
        return judge(texts_of("a.odt", data), GROUND)

    assert by("Jeanne Martin")
    assert not by("enquete")
    assert not by("lea")


# --- what a human let pass


def test_an_occurrence_that_a_human_admits_passes_and_another_does_not():
    ground = GROUND
    (first,) = judge([Text("ici", "la tante Aïssata du conte")], ground)
    admitted = dataclasses.replace(ground, admitted=frozenset([first.mark]))
    assert not judge([Text("ailleurs", "la tante Aïssata du conte")], admitted)
    assert judge([Text("ici", "je vis avec Aïssata")], admitted)


def test_answers_in_neighbouring_cells_make_no_telephone_number():
    rows = "\n".join(f"P{n:03},0,1,0,1,0,6,1,2,3,4,5,1,0.25" for n in range(30))
    assert not judge(texts_of("reponses.csv", f"code,{','.join('abcdefghijklm')}\n{rows}\n".encode()), GROUND)


@pytest.mark.parametrize("cell", ["0612345678", "06 12 34 56 78", "+33612345678", "33612345678"])
def test_a_telephone_number_in_a_cell_is_found(cell):
    data = f"code,mot\nP001,oui\nP002,{cell}\n".encode()
    assert {f.place for f in judge(texts_of("reponses.csv", data), GROUND)} == {"texte, ligne 3"}


def test_a_csv_that_is_no_table_is_read_as_a_text():
    said = b"Vu hier, rien.\nSon portable, 06, 12, 34, 56, 78.\n"
    assert judge(texts_of("notes.csv", said), GROUND)
