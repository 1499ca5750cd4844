"""What each cell of the grid sums up, and whether its summary was written from what stands there now."""

from studies import interview, material, passage, person

from enquete.findings.cases.framework import State, framework
from enquete.findings.cases.grid import themes_of
from enquete.findings.counting import Base
from enquete.findings.written.pieces import Piece
from enquete.findings.written.types import PieceKind


def matrix(said, written=(), bases=()):
    """P001 in both waves, P002 in the first."""
    people = [person("P001"), person("P002")]
    met = [interview("E001", "P001"), interview("E002", "P002"), interview("E003", "P001", wave="v2")]
    base = Base(material(people, met, said))
    pieces = [Piece(code, PieceKind.CASE, fields) for code, fields in dict(written).items()]
    return framework(base, ["P001", "P002"], themes_of(base), pieces, dict(bases))


FIRST = passage("E003", "P001", "T1.2", "la fin du mois", wave="v2")
SECOND = passage("E001", "P001", "T1.1", "des dettes")


def test_a_cell_gathers_all_the_interviews_of_a_person_in_order():
    cell = matrix([FIRST, SECOND]).said["P001", "G:T1"]
    assert [(one.extract.interview, one.turn, one.codes) for one in cell] == [
        ("E001", 1, ("T1.1",)),
        ("E003", 1, ("T1.2",)),
    ]
    assert ("P002", "G:T1") not in matrix([FIRST, SECOND]).said


def test_what_two_coders_read_alike_stands_once():
    twice = [SECOND, passage("E001", "P001", "T1.2", "des dettes", coder="marc")]
    (one,) = matrix(twice).said["P001", "G:T1"]
    assert one.codes == ("T1.1", "T1.2")


def test_states_of_cells():
    before = matrix([SECOND])
    basis = before.basis(("P001", "G:T1"))
    written, bases = {"P001": {"G:T1": "S'endette."}}, {("P001", "G:T1"): basis}
    assert before.state(("P001", "G:T1")) is State.EMPTY
    assert before.state(("P001", "G:T2")) is State.NOTHING
    assert matrix([SECOND], written, bases).state(("P001", "G:T1")) is State.WRITTEN
    assert matrix([FIRST, SECOND], written, bases).state(("P001", "G:T1")) is State.CHANGED
    assert matrix([], written, bases).state(("P001", "G:T1")) is State.CHANGED
    assert matrix([FIRST], written).state(("P001", "G:T1")) is State.WRITTEN  # from what, nobody knows


def test_another_code_of_the_same_theme_changes_nothing_of_what_was_read():
    other = passage("E001", "P001", "T1.2", "des dettes")
    assert matrix([SECOND]).basis(("P001", "G:T1")) == matrix([other]).basis(("P001", "G:T1"))
