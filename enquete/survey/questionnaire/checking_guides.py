"""What is wrong in an interview guide, as far as it can be told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from enquete.survey.questionnaire.checking import unknown_waves
from enquete.survey.questionnaire.guide import Guide
from enquete.survey.questionnaire.sheets import Fault
from enquete.tables import folded


def check_guide(guide: Guide, waves: Sequence[str] | None, codes: Collection[str] | None) -> Iterator[Fault]:
    """waves: codes of the study's waves; codes: of its codebooks. None: not known, then nothing is said of them."""
    seen: set[str] = set()
    for wave in guide.waves:
        for code in wave.codes:
            if folded(code) in seen:
                yield Fault(f"la vague « {code} » a deux parties. Réunissez-les, ou corrigez un titre.", line=wave.line)
            seen.add(folded(code))
        unknown = [code for code in wave.codes if folded(code) not in map(folded, waves or wave.codes)]
        if unknown:
            yield Fault(unknown_waves(unknown, waves or ()), line=wave.line, is_error=False)
        if not wave.topics:
            message = f"la vague « {', '.join(wave.codes)} » n'a aucun thème. Écrivez-en : « ### 1. Titre (codes) »."
            yield Fault(message, line=wave.line)
        for topic in wave.topics:
            if topic.empty:
                message = f"le thème « {topic.title} » est vide. Écrivez une question d'ouverture ou des relances."
                yield Fault(message, line=topic.line)
            for code in topic.codes if codes is not None else ():
                if code not in (codes or ()):
                    message = f"le code « {code} » n'est dans aucune grille de l'étude. Corrigez-le, ou retirez-le."
                    yield Fault(message, line=topic.line)
