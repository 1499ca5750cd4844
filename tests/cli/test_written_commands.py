"""What the pages and the documents tell people to type exists, and what exists is told."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from enquete.cli.app import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS = sorted((ROOT / "scripts" / "documents").glob("*.md"))
_TYPED = re.compile(r"(?:`|« )enquete ([^`»]+?)(?:`| »)")  # in a sentence
_BLOCK = re.compile(r"^ *```\w*\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^ *(?:\$ )?enquete ((?:[^#\n]|\S#)*)", re.MULTILINE)  # in a block
_CUT = re.compile(r"[…,.]+$")
PROGRAM = typer.main.get_command(app)


def typed(page):
    """The words after « enquete », each time that the page says to type them."""
    text = page.read_text(encoding="utf-8")
    for block in _BLOCK.findall(text):
        yield from (shlex.split(line) for line in _LINE.findall(block))
    sentences = " ".join(_BLOCK.sub("", text).split())
    yield from (shlex.split(_CUT.sub("", words)) for words in _TYPED.findall(sentences))


def command_of(words):
    """(the command, its own words)"""
    command = PROGRAM
    while words and hasattr(command, "commands") and words[0] in command.commands:
        command, words = command.commands[words[0]], words[1:]
    return command, words


def commands(group=PROGRAM, before=()):
    """Every command, as it is typed."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            if command.invoke_without_command:
                yield " ".join((*before, name))
            yield from commands(command, (*before, name))
        else:
            yield " ".join((*before, name))


WRITTEN = {(page.stem, *words) for page in (*PAGES, *DOCUMENTS) for words in typed(page)}


@pytest.mark.parametrize("told", sorted(WRITTEN), ids=lambda told: f"{told[0]}: {' '.join(told[1:])}")
def test_a_command_that_is_written_exists(told):
    command, words = command_of(told[1:])
    if words and words[0] in ("COMMANDE", "--help"):
        return
    assert command.name != "enquete", words
    assert not hasattr(command, "commands") or command.invoke_without_command, words
    known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
    assert {word for word in words if word.startswith("--")} <= known


@pytest.mark.parametrize("name", list(commands()))
def test_every_command_is_written_somewhere(name):
    """Where a table goes on with the last word alone (« `enquete coffre creer`, `ajouter-cle` »), it is enough."""
    *group, last = name.split()
    text = " ".join(" ".join(page.read_text(encoding="utf-8").split()) for page in PAGES)
    whole = re.search(rf"enquete {re.escape(name)}\b", text)
    assert whole or (group and re.search(rf"enquete {' '.join(group)} [^|]*`{last}`", text)), name
