"""Numbers of people in what was validated: told by the command that looks findings over, and when the public reads."""


def test_counts_in_a_validated_finding_are_told_to_its_author(enquete, study):
    words = ("--par", "lea", "--champ", "Interprétation=Deux femmes sur douze ont renoncé.")
    enquete("constat", "nouveau", "La peur de demander", *words)
    _, looked, _ = enquete("constat", "verifier")
    assert "comptées" not in looked
    enquete("constat", "modifier", "C01", "--champ", "État=validé", "--par", "lea")
    _, looked, _ = enquete("constat", "verifier")
    assert "C01 : des personnes y sont comptées" in looked
    assert "Interprétation : « Deux femmes sur douze »" in looked
    code, out, errors = enquete("synthese", "--destinataires", "diffusion")
    assert code == 0, errors
    assert "Attention, C01 : des personnes sont comptées dans le texte" in out
    _, out, _ = enquete("synthese", "--destinataires", "groupe-projet")
    assert "comptées dans le texte" not in out
