"""What the pages and the documents tell people to type exists."""

import re
from pathlib import Path

import pytest
import typer

from enquete.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs" / "proteger-les-personnes.md", *sorted((ROOT / "scripts" / "documents").glob("*.md"))]
_TYPED = re.compile(r"(?:`|« )enquete ([^`»]+?)(?:`| »)")


def typed():
    for page in PAGES:
        text = " ".join(page.read_text(encoding="utf-8").split())
        for found in _TYPED.finditer(text):
            yield pytest.param(found[1].split(), id=f"{page.stem}: {found[1]}")


@pytest.mark.parametrize("words", list(typed()))
def test_a_command_that_is_written_exists(words):
    command = typer.main.get_command(app)
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    assert command.name != "enquete", words
    assert not hasattr(command, "commands") or command.invoke_without_command, words
    known = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known
