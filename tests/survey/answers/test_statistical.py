"""Answers in .sav, .zsav, .por and .dta."""

import datetime
import struct
import unicodedata
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enquete.errors import EnqueteError, Problem
from enquete.model import Measure
from enquete.survey.answers.accents import mended
from enquete.survey.answers.read import read_data
from enquete.survey.answers.types import Column, DataFile, MissingRange, Tagged
from enquete.tables import Severity


def values(each: Column | None) -> list[object]:
    assert each is not None
    return [None if code < 0 else each.levels[code] for code in each.codes]


def column(file: DataFile, name: str) -> Column:
    found = file.tables[0].column(name)
    assert found is not None
    return found


def refused(path: Path) -> EnqueteError:
    with pytest.raises(EnqueteError) as caught:
        read_data(path)
    return caught.value


@pytest.mark.parametrize("zipped", [False, True])
def test_what_spss_says_of_its_variables_is_kept(tmp_path, zipped):
    frame = pd.DataFrame(
        {
            "logement": [1.0, 2.0, 99.0, None],
            "heures": [12.5, 0.0, 888.0, 15.0],
            "ville": ["Antony", "", "NSP", "Sceaux "],
            "jour": [datetime.date(2026, 3, 1), None, datetime.date(1912, 5, 6), datetime.date(2026, 3, 2)],
        }
    )
    path = tmp_path / "vague 1.sav"
    pyreadstat.write_sav(
        frame,
        path,
        file_label="Enquête RSA",
        column_labels={"logement": "Où dormez-vous ?"},
        note=["Saisie en mars"],
        compress=zipped,
        variable_value_labels={"logement": {1: "chez soi", 2: "hébergé", 99: "refus"}, "ville": {"NSP": "ne sait pas"}},
        missing_ranges={"logement": [99], "heures": [{"lo": 800, "hi": 999}], "ville": ["NSP"]},
        variable_measure={"logement": "nominal", "heures": "scale", "ville": "ordinal"},
    )
    file = read_data(path)
    assert (file.format, file.label, file.notes) == ("zsav" if zipped else "sav", "Enquête RSA", ("Saisie en mars",))
    assert file.tables[0].numbers == (1, 2, 3, 4)
    logement = column(file, "logement")
    assert values(logement) == [1, 2, 99, None]
    assert all(type(level) is int for level in logement.levels)
    assert logement.value_labels == {1: "chez soi", 2: "hébergé", 99: "refus"}
    assert logement.missing == (MissingRange(99, 99),)
    assert (logement.label, logement.measure) == ("Où dormez-vous ?", Measure.NOMINAL)
    heures = column(file, "heures")
    assert values(heures) == [12.5, 0, 888, 15]
    assert heures.missing == (MissingRange(800, 999),)
    ville = column(file, "ville")
    assert values(ville) == ["Antony", None, "NSP", "Sceaux"]
    assert ville.missing == (MissingRange("NSP", "NSP"),)
    assert ville.value_labels == {"NSP": "ne sait pas"}
    assert values(column(file, "jour")) == [
        datetime.date(2026, 3, 1), None, datetime.date(1912, 5, 6), datetime.date(2026, 3, 2)
    ]  # fmt: skip


def test_a_date_out_of_range_refuses_its_case_alone(tmp_path):
    path = tmp_path / "a.sav"
    seconds = [13_630_723_200.0, 6_306_150_067_200.0, -1e300, 9.0]
    pyreadstat.write_sav(
        pd.DataFrame({"jour": seconds, "n": [1.0, 2.0, 3.0, 4.0]}),
        path,
        variable_format={"jour": "DATETIME20"},
        missing_ranges={"jour": [9]},
    )
    file = read_data(path)
    assert values(column(file, "jour")) == [datetime.datetime(2014, 9, 22), 9]
    assert file.tables[0].numbers == (1, 4)
    assert [(remark.row, remark.severity) for remark in file.remarks] == [(2, Severity.ERROR), (3, Severity.ERROR)]
    assert "« jour »" in file.remarks[0].message


def test_times_and_durations(tmp_path):
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame({"t": [43_870.09, 0.0, 108_000.0]}), path, variable_format={"t": "TIME11.2"})
    assert values(column(read_data(path), "t")) == [datetime.time(12, 11, 10, 90_000), datetime.time(0), "30:00:00"]


def with_weight(data: bytes, place: int) -> bytes:
    return data[:76] + struct.pack("<i", place) + data[80:]


def test_the_weight_of_spss_whatever_stands_before_it(tmp_path):
    path = tmp_path / "a.sav"
    frame = pd.DataFrame({"texte": ["x" * 300, "y"], "ponderation_finale": [0.8, 1.2], "n": [1.0, 2.0]})
    pyreadstat.write_sav(frame, path, variable_value_labels={"n": {1: "un"}}, note="une note")
    data = path.read_bytes()
    assert read_data(path).weight == ""
    found = set()
    for place in range(1, 60):  # each record of the long text has a place
        path.write_bytes(with_weight(data, place))
        found.add(read_data(path).weight)
    assert {"ponderation_finale", "n"} <= found


def test_a_file_of_spss_cut_at_any_place_is_refused_or_whole(tmp_path):
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0] * 50, "b": ["é" * 20] * 50}), path, row_compress=True)
    data = path.read_bytes()
    for end in range(4, len(data), 17):
        path.write_bytes(data[:end])
        assert refused(path).problem in (Problem.ANSWERS_DAMAGED, Problem.ANSWERS_INCOMPLETE)


@pytest.mark.parametrize("wrong", [0, 5, 1 << 24, -1])
def test_labels_of_a_variable_that_is_not_there(tmp_path, wrong):
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0], "b": [2.0]}), path, variable_value_labels={"b": {2: "Non"}})
    data = path.read_bytes()
    labelled = struct.pack("<3i", 4, 1, 2)
    assert data.count(labelled) == 1
    path.write_bytes(data.replace(labelled, struct.pack("<3i", 4, 1, wrong)))
    assert refused(path).problem is Problem.ANSWERS_DAMAGED


def test_a_file_of_stata_cut_at_any_place_is_refused(tmp_path):
    path = tmp_path / "a.dta"
    pyreadstat.write_dta(pd.DataFrame({"a": [1.0] * 50, "b": ["x" * 20] * 50}), path)
    data = path.read_bytes()
    for end in range(11, len(data), 37):
        path.write_bytes(data[:end])
        assert refused(path).problem is Problem.ANSWERS_DAMAGED


def test_tagged_missing_values_of_stata(tmp_path):
    path = tmp_path / "a.dta"
    frame = pd.DataFrame({"q": pd.Series([1.0, "a", "z", None, 2.0], dtype=object), "t": ["a", "b", "", "z", "c"]})
    pyreadstat.write_dta(
        frame, path, missing_user_values={"q": ["a", "z"]}, variable_value_labels={"q": {1: "oui", "a": "refus"}}
    )
    file = read_data(path)
    q = column(file, "q")
    assert values(q) == [1, Tagged("a"), Tagged("z"), None, 2]
    assert q.value_labels == {1: "oui", Tagged("a"): "refus"}
    assert q.missing == (MissingRange(Tagged("a"), Tagged("a")), MissingRange(Tagged("z"), Tagged("z")))
    assert values(column(file, "t")) == ["a", "b", None, "z", "c"]


@pytest.mark.parametrize(
    ("form", "number", "value"),
    [
        ("%td", 24_166, datetime.date(2026, 3, 1)),
        ("%d", 24_166, datetime.date(2026, 3, 1)),
        ("%tdDD/NN/CCYY", 24_166, datetime.date(2026, 3, 1)),
        ("%tc", 24_166 * 86_400_000 + 1500, datetime.datetime(2026, 3, 1, 0, 0, 1, 500_000)),
        ("%tcHH:MM:SS", 3_723_000, datetime.time(1, 2, 3)),
        ("%tm", 794, datetime.date(2026, 3, 1)),
        ("%tq", 264, datetime.date(2026, 1, 1)),
        ("%th", 133, datetime.date(2026, 7, 1)),
        ("%tw", 53, datetime.date(1961, 1, 8)),
        ("%ty", 2026, 2026),
        ("%9.0g", 24_166, 24_166),
    ],
)
def test_dates_of_stata(tmp_path, form, number, value):
    path = tmp_path / "a.dta"
    pyreadstat.write_dta(pd.DataFrame({"d": [float(number), None]}), path, variable_format={"d": form})
    assert values(column(read_data(path), "d")) == [value, None]


def test_missing_values_of_a_portable_file(tmp_path):
    path = tmp_path / "a.por"
    pyreadstat.write_por(pd.DataFrame({"q": [1.0, 9.0, None], "ville": ["Antony", "", "Sceaux"]}), path)
    lines = path.read_bytes().decode("ascii").split("\r\n")
    text = "".join(line.ljust(80) for line in lines)
    after = text.index("1/Q5/8/2/5/8/2/") + len("1/Q5/8/2/5/8/2/")  # name and formats of the variable
    text = text[:after] + "89/" + text[after:]  # 8: one missing value; 9
    path.write_bytes("\r\n".join(text[at : at + 80] for at in range(0, len(text), 80)).encode())
    file = read_data(path)
    assert file.format == "por"
    assert values(column(file, "VILLE")) == ["Antony", None, "Sceaux"]
    assert values(column(file, "Q")) == [1, 9, None]
    assert column(file, "Q").missing == (MissingRange(9, 9),)


def test_accents_that_the_file_announces_wrongly(tmp_path):
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": ["été"]}), path)
    path.write_bytes(path.read_bytes().replace("été".encode(), "été".encode("cp1252") + b"  "))
    file = read_data(path)
    assert values(column(file, "a")) == ["été"]
    assert "Windows-1252" in file.remarks[0].message


def printable(size: int) -> st.SearchStrategy[str]:
    letters = st.characters(
        exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u200b\ufffd#", max_codepoint=0x3000
    )
    return st.text(letters, max_size=size).map(
        lambda text: mended(unicodedata.normalize("NFC", text).strip())[0].strip()
    )


NUMBER = st.none() | st.integers(-(10**6), 10**6).map(float) | st.floats(-1e6, 1e6, allow_subnormal=False)
DATE = st.none() | st.dates(datetime.date(1583, 1, 1), datetime.date(2200, 1, 1))
ROWS = st.lists(st.tuples(NUMBER, printable(30), DATE, st.none() | st.times().map(lambda t: t.replace(microsecond=0))),
                min_size=1, max_size=15)  # fmt: skip


def frame_of(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    number, text, date, time = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "n": pd.Series(number, dtype=float),
            "t": pd.Series(text, dtype=object),
            "d": pd.Series([datetime.date(2000, 1, 1), *date][: len(date) + 1], dtype=object)[1:].reset_index(
                drop=True
            ),
            "h": pd.Series(time, dtype=object),
        }
    ).astype({"d": object, "h": object})


def expected(rows: list[tuple[object, ...]]) -> list[list[object]]:
    return [[None if value == "" else value for value in cells] for cells in zip(*rows, strict=True)]


@given(ROWS, st.sampled_from(["sav", "zsav", "packed", "dta"]), st.data())
def test_what_pyreadstat_writes_is_read_back_the_same(tmp_path_factory, rows, kind, data):
    labels = data.draw(st.dictionaries(st.integers(-50, 50), printable(20).filter(bool), max_size=4))
    measure = data.draw(st.sampled_from([*Measure]))
    low, high = sorted(data.draw(st.tuples(st.integers(-99, 99), st.integers(100, 999))))
    path = tmp_path_factory.mktemp("stat") / f"a.{'dta' if kind == 'dta' else 'sav'}"
    said = {"variable_value_labels": {"n": labels}} if labels else {}
    if kind == "dta":
        pyreadstat.write_dta(frame_of(rows), path, **said)
    else:
        pyreadstat.write_sav(
            frame_of(rows),
            path,
            compress=kind == "zsav",
            row_compress=kind == "packed",
            variable_measure={"n": measure.value},
            missing_ranges={"n": [{"lo": low, "hi": high}]},
            **said,
        )
    file = read_data(path)
    found = [values(each) for each in file.tables[0].columns]
    wanted = expected(rows)
    for place, cells in enumerate(wanted):
        if any(cell is not None for cell in cells) or place < 2:
            assert found[place] == cells
    number = column(file, "n")
    assert number.value_labels == labels
    if kind != "dta":
        assert number.missing == (MissingRange(low, high),)
        assert number.measure is measure
    assert file.remarks == ()


ASCII = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#"), max_size=30)
PORTABLE = st.lists(st.tuples(st.none() | st.integers(-(10**6), 10**6), ASCII), min_size=1, max_size=15)


@given(PORTABLE)
def test_what_pyreadstat_writes_in_a_portable_file_is_read_back_the_same(tmp_path_factory, rows):
    """The format has no accents: whole numbers and plain texts."""
    number, text = zip(*rows, strict=True)
    path = tmp_path_factory.mktemp("stat") / "a.por"
    frame = pd.DataFrame({"N": pd.Series(number, dtype=float), "T": pd.Series(text, dtype=object)})
    pyreadstat.write_por(frame, path, column_labels={"N": "Combien ?"})
    file = read_data(path)
    assert (file.format, column(file, "N").label) == ("por", "Combien ?")
    assert values(column(file, "N")) == list(number)
    assert values(column(file, "T")) == [one or None for one in text]
