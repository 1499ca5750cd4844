"""Every command: its words and options. What it does is in `enquete.actions`, imported when it runs."""

from __future__ import annotations

from enquete.cli import (
    agreement,
    analyses,
    arbitrating,
    cases,
    checks,
    codebooks,
    coding,
    corrections,
    documents,
    exports,
    findings,
    follow_up,
    imports,
    notes,
    outputs,
    packets,
    protection,
    questionnaires,
    quotations,
    returns,
    review,
    risks,
    rounds,
    studies,
    vaults,
    words,
)
from enquete.cli.options import typer_app

app = typer_app("Boîte à outils pour enquêtes qualitatives : importer, pseudonymiser, coder, compter, restituer.")
studies.add_to(app)
imports.add_to(app)
codebooks.add_to(app)
coding.add_to(app)
notes.add_to(app)
analyses.add_to(app)
outputs.add_to(app)
words.add_to(app)
packets.add_to(app)
rounds.add_to(app)
agreement.add_to(app)
arbitrating.add_to(app)
risks.add_to(app)
checks.add_to(app)
vaults.add_to(app)
corrections.add_to(app)
protection.add_to(app)
documents.add_to(app)
questionnaires.add_to(app)
review.add_to(app)
follow_up.add_to(app)
exports.add_to(app)
findings.add_to(app)
quotations.add_to(app)
cases.add_to(app)
returns.add_to(app)
