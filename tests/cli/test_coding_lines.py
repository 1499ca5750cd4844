"""What is said after an import of codings."""

from enquete.actions.coding.importing import CodingReport
from enquete.cli.reports import coding_lines


def test_refused_rows_come_in_the_order_of_their_lines():
    report = CodingReport("lea", problems=["c.csv, ligne 10 : b", "c.csv, ligne 9 : a", "c.csv : tout"])
    assert [line for line in coding_lines(report) if line.startswith("REFUSÉ")] == [
        "REFUSÉ c.csv : tout",
        "REFUSÉ c.csv, ligne 9 : a",
        "REFUSÉ c.csv, ligne 10 : b",
    ]


def test_one_refused_suggestion_is_singular():
    (line,) = coding_lines(CodingReport("lea", refused=1))
    assert "1\u00a0repérage refusé." in line
