"""PDF files written here by hand: text in lines at given places, as a word processor prints them."""

import zlib

import pytest

from enquete.errors import EnqueteError, Problem
from enquete.model import Transcript
from enquete.readers import read_bytes
from enquete.readers.canonical import canonical


def pdf(pages: list[list[str]], *, information: str = "", image: bool = False) -> bytes:
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    font = len(objects) + 1
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    objects.append(
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 "
        "/ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream"
    )
    kids = []
    for lines in pages:
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 50 800 Td\n{shown}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
            f"/Resources << /Font << /F1 {font} 0 R >> {'/XObject << /I 4 0 R >>' if image else ''} >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    objects.append(f"<< {information} >>")
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("cp1252")


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def said(transcript: Transcript) -> list[str]:
    made = canonical(transcript)
    return [f"{t.speaker} {made.text[t.start : t.end]}" for t in made.turns]


LINES = [
    "Enquêtrice : Est-ce que vous pouvez me raconter comment s'est passé le ren-",
    "dez-vous au guichet, la première fois que vous y êtes allée, et ce qu'on vous a",
    "dit là-bas ?",
    "Enquêtée : On a attendu toute la matinée dans le couloir, et puis peut-",
    "être qu'ils nous avaient oubliés, enfin je sais pas. Ils nous ont donné l'infor-",
    "mation après.",
    "Enquêtrice : Et ensuite ?",
    "Enquêtée : Rien.",
]
WHOLE = [
    "0 Est-ce que vous pouvez me raconter comment s'est passé le rendez-vous au guichet, la première fois que vous y "
    "êtes allée, et ce qu'on vous a dit là-bas ?",
    "1 On a attendu toute la matinée dans le couloir, et puis peut-être "
    "qu'ils nous avaient oubliés, enfin je sais pas. "
    "Ils nous ont donné l'information après.",
    "0 Et ensuite ?",
    "1 Rien.",
]


def test_lines_are_joined_and_hyphens_mended() -> None:
    assert said(read_bytes("a.pdf", pdf([LINES]))) == WHOLE


def test_headers_and_page_numbers_are_dropped() -> None:
    pages = [["Entretien n° 3 - étude", *LINES[a:b], str(n)] for n, (a, b) in enumerate([(0, 2), (2, 5), (5, 8)], 1)]
    assert said(read_bytes("a.pdf", pdf(pages))) == WHOLE


@pytest.mark.parametrize("every", [1, 5])
def test_numbered_lines(every: int) -> None:
    lines = [f"{n} {line}" if n % every == 0 else line for n, line in enumerate(LINES * 4, 1)]
    assert said(read_bytes("a.pdf", pdf([lines]))) == WHOLE * 4


def test_headers_above_speech() -> None:
    lines = [
        "[Chercheur] (0:01 - 0:11)",
        "Vous venez d'où ?",
        "[Participant] (0:12 - 0:20)",
        "De la ville.",
        "Enfin, à côté.",
    ]
    found = read_bytes("a.pdf", pdf([lines]))
    assert said(found) == ["0 Vous venez d'où ?", "1 De la ville.\nEnfin, à côté."]
    assert found.turns[0].begin == 1


def test_properties() -> None:
    found = read_bytes("a.pdf", pdf([LINES], information="/Author (Anne Martin) /Title (Entretien)"))
    assert found.properties == {"author": "Anne Martin", "title": "Entretien"}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (pdf([[]], image=True), Problem.IMAGE_PDF),
        (pdf([[]]), Problem.NO_WORDS),
        (pdf([LINES])[:-400], Problem.CORRUPT_FILE),
        (b"%PDF-1.4\n" + zlib.compress(b"x" * 100) + b"\n%%EOF", Problem.CORRUPT_FILE),
    ],
)
def test_refusals(data: bytes, problem: Problem) -> None:
    with pytest.raises(EnqueteError) as caught:
        read_bytes("a.pdf", data)
    assert caught.value.problem is problem


def test_protected() -> None:
    import io

    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([LINES])))
    writer.encrypt("secret", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(EnqueteError) as caught:
        read_bytes("a.pdf", buffer.getvalue())
    assert caught.value.problem is Problem.ENCRYPTED
