from dataclasses import replace

import pytest
from studies import interview, material, one_each, passage, person, row

from enquete.findings import synthesise
from enquete.findings.material import Flag, Person
from enquete.findings.quotations import NOTED, SPOKEN, TO_PARAPHRASE
from enquete.findings.tables import Table
from enquete.model import ConsentKind, ConsentState, RespondentType


def column(table: Table, title: str) -> list[object]:
    place = [c.title for c in table.columns].index(title)
    return [cells[place] for cells in table.rows]


def quotes(table: Table) -> list[object]:
    return column(table, "Citation")


def no_quotation(state: ConsentState, wave: str = "v1") -> Person:
    return person("P001", consent={wave: {ConsentKind.QUOTATION: state}})


def test_a_quotation_has_its_path_label_and_words_and_no_code_of_anyone() -> None:
    people = [person("P001", age="40-49 ans", commune="Trifouilly", memo="x")]
    passages = [passage("E001", "P001", "T1.1", "on me doit rien", memo="mémo secret")]
    result = synthesise(material(people, [interview("E001", "P001")], passages, attributes=("age",)))
    cells = row(result.quotations, Citation="on me doit rien")
    assert cells["Thème"] == "Argent"
    assert cells["Code"] == "T1 Argent › T1.1 Dettes"
    assert (cells["Vague"], cells["Qui parle"], cells["Répondant"]) == ("Vague 1", "Personne 1", "personne concernée")
    assert (cells["Age"], cells["Mots"], cells["Codeurs"], cells["Source"]) == ("40-49 ans", 4, 1, SPOKEN)
    for _, text in result.texts():
        assert not any(secret in text for secret in ("P001", "E001", "anne", "mémo secret", "Trifouilly"))


@pytest.mark.parametrize("state", [ConsentState.REFUSED, ConsentState.WITHDRAWN])
def test_who_does_not_agree_is_counted_and_not_quoted(state: ConsentState) -> None:
    result = synthesise(
        material([no_quotation(state)], [interview("E001", "P001")], [passage("E001", "P001", "T1", "mes mots")])
    )
    assert row(result.themes, Code="T1")["Sur"] == 1
    assert not any("mes mots" in text for _, text in result.texts())
    assert any("1\u00a0citation non montrée : la personne n'accepte pas" in text for _, text in result.texts())


@pytest.mark.parametrize(("state", "shown"), [(ConsentState.REFUSED, 1), (ConsentState.WITHDRAWN, 0)])
def test_a_later_refusal_leaves_earlier_words_and_a_later_withdrawal_does_not(state: ConsentState, shown: int) -> None:
    people = [no_quotation(state, wave="v2")]
    result = synthesise(material(people, [interview("E001", "P001")], [passage("E001", "P001", "T1")]))
    assert len(result.quotations.rows) == shown


def test_an_unknown_voice_is_quoted_only_if_everyone_agrees() -> None:
    people = [no_quotation(ConsentState.REFUSED), person("P002")]
    meeting = [interview("E001", "P001", "P002")]
    passages = [passage("E001", None, "T1")]
    assert not synthesise(material(people, meeting, passages)).quotations.rows
    agreed = synthesise(material([person("P001"), person("P002")], meeting, passages)).quotations
    assert column(agreed, "Qui parle") == ["Personne 1 ou Personne 2"]


def test_flags_hold_for_every_code_on_the_same_words() -> None:
    people, interviews = one_each(3)
    passages = [
        passage("E001", "P001", "T1", "jamais ces mots", flag=Flag.NEVER),
        passage("E001", "P001", "T2", "ces mots", start=7),
        passage("E002", "P002", "T1", "on la reconnaît", flag=Flag.PARAPHRASE),
        passage("E002", "P002", "T2", "reconnaît", start=6, coder="bob"),
        passage("E003", "P003", "T1", "celle-ci oui", flag=Flag.CITE),
    ]
    result = synthesise(material(people, interviews, passages))
    assert sorted(map(str, quotes(result.quotations))) == [TO_PARAPHRASE, TO_PARAPHRASE, "celle-ci oui"]
    assert not any("ces mots" in text or "reconnaît à" in text for _, text in result.texts())


def test_the_strictest_of_two_coders_wins() -> None:
    people, interviews = one_each(1)
    passages = [
        passage("E001", "P001", "T1", flag=Flag.CITE),
        passage("E001", "P001", "T1", coder="bob", flag=Flag.NEVER),
    ]
    assert not synthesise(material(people, interviews, passages)).quotations.rows


def test_notes_are_marked_as_notes() -> None:
    result = synthesise(
        material([person("P001")], [interview("E001", "P001", notes=True)], [passage("E001", "P001", "T1")])
    )
    assert column(result.quotations, "Source") == [NOTED]


def test_labels_depend_on_the_secret_and_not_on_the_order_of_people() -> None:
    people, interviews = one_each(12)
    passages = [passage(f"E{i:03}", f"P{i:03}", "T1", f"mot{i}") for i in range(1, 13)]

    def labels(secret: bytes, *, backwards: bool = False) -> dict[object, object]:
        step = -1 if backwards else 1
        table = synthesise(material(people[::step], interviews[::step], passages[::step], secret=secret)).quotations
        return dict(zip(quotes(table), column(table, "Qui parle"), strict=True))

    assert labels(b"a") == labels(b"a", backwards=True)
    assert labels(b"a") != labels(b"b")
    assert labels(b"a") != {f"mot{i}": f"Personne {i}" for i in range(1, 13)}


def test_at_most_two_attributes_stand_beside_a_quotation() -> None:
    with pytest.raises(ValueError, match="two"):
        material([], [], [], attributes=("a", "b", "c"))


def test_the_profile_masks_small_cells_and_names_only_shared_or_broad_values() -> None:
    people = [person(f"P{i:03}", age="30-39 ans" if i < 7 else "5-9 ans", ville="Ici" if i < 6 else f"V{i}")
              for i in range(1, 9)]  # fmt: skip
    _, interviews = one_each(8)
    table = synthesise(material(people, interviews, [], attributes=("age",))).profile
    count = "Personnes concernées, Vague 1"
    assert table.rows[0][2] == 8
    assert row(table, Valeur="30-39 ans")[count] == 6
    assert row(table, Valeur="5-9 ans")[count] == "quelques"
    assert [r[1] for r in table.rows if r[0] == "Age"] == ["5-9 ans", "30-39 ans"]
    assert row(table, Valeur="Ici")[count] == 5
    assert not any("V7" in text for _, text in synthesise(material(people, interviews, [])).texts())
    assert [r[1] for r in table.rows if r[0] == "Ville"][
        -1
    ] == "autres réponses (3\u00a0valeurs différentes, non détaillées)"


def test_the_profile_keeps_types_apart_and_tells_what_is_not_known() -> None:
    people = [person("P001", age="30-39 ans"), person("P002", RespondentType.HELPER)]
    table = synthesise(
        material(people, [interview("E001", "P001"), interview("E002", "P002")], [], attributes=("age",), threshold=1)
    ).profile
    assert table.rows[0] == ("Personnes rencontrées", "", 1, 0, 1, 0)
    unknown = row(table, Valeur="non renseigné")
    assert (unknown["Personnes concernées, Vague 1"], unknown["Aidants, Vague 1"]) == (0, 1)


def read_me(*people: Person, waves: tuple[str, ...] = ("v1",)) -> str:
    interviews = [
        interview(f"E{w}{p.code}", p.code, wave=w) for w in waves for p in people if w in p.consent or w == "v1"
    ]
    return "\n".join(
        text for place, text in synthesise(material(list(people), interviews, [])).texts() if "Lisez" in place
    )


def test_the_read_me_tells_who_is_missing() -> None:
    given = {ConsentKind.PARTICIPATION: ConsentState.GIVEN, ConsentKind.QUOTATION: ConsentState.GIVEN}
    met = replace(person("P001"), consent={"v1": given, "v2": given})
    planned = Person("P002", RespondentType.CONCERNED, {"v2": {"age": "x"}}, {"v1": given})
    refused = Person(
        "P003", RespondentType.CONCERNED, {}, {"v1": given, "v2": {ConsentKind.PARTICIPATION: ConsentState.REFUSED}}
    )
    people = [met, planned, refused]
    interviews = [interview(f"E{p.code}", p.code) for p in people] + [interview("F1", "P001", wave="v2")]
    text = "\n".join(
        t for place, t in synthesise(material(people, interviews, [])).texts() if place.startswith("Lisez")
    )
    assert "Vague 2 : 1\u00a0personne prévue sans entretien." in text
    assert "Vague 2 : 1\u00a0refus." in text
    assert "2\u00a0personnes vues en « Vague 1 » n'ont pas été revues en entretien ensuite" in text
    assert "non enregistré" not in text
    assert "mars 2025" in text
    assert "4 mars" not in text


def test_the_read_me_tells_when_consent_is_not_known() -> None:
    assert "Accord à être cité non enregistré pour 1\u00a0personne" in read_me(person("P001"))
