"""Pseudonymising a folder's files, and again."""


def test_a_second_run_leaves_out_what_the_first_wrote(enquete, talk):
    enquete("pseudonymiser", talk, "--texte")
    files = sorted(talk.parent.glob("*.txt"))
    assert len(files) == 4
    code, out, _ = enquete("pseudonymiser", *files)
    assert code == 0
    assert "3\u00a0fichiers déjà sortis de cette commande" in out
    assert sorted(talk.parent.glob("*.txt")) == files
    code, out, errors = enquete("pseudonymiser", *files, "--json")
    assert (code, len(out.splitlines())) == (0, 1)
    assert "laissés de côté" in errors


def test_nothing_but_earlier_outputs_is_no_fault(enquete, tmp_path):
    path = tmp_path / "a.pseudonymise.txt"
    path.write_text("Enquêtée : Bonjour.", encoding="utf-8")
    code, out, _ = enquete("pseudonymiser", path)
    assert code == 0
    assert "1\u00a0fichier déjà sorti de cette commande" in out


def test_a_folder_given_as_a_dot_is_named(enquete, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, errors = enquete("pseudonymiser", ".")
    assert code == 1
    assert f"{tmp_path.name} : c'est un dossier" in errors
