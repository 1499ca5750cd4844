"""What Typer says, said in French: its help pages and its complaints about a command's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import typer.core
from typer._click.core import Command

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter

_WORDS = {
    "Arguments": "Arguments ",
    "Options": "Options ",
    "Commands": "Commandes ",
    "default: {default}": "par défaut : {default}",
    "required": "obligatoire",
    "env var: {var}": "variable : {var}",
    "Aborted!": "Interrompu.",
    "Missing command.": "il manque une commande.",
    "No such command {name!r}.": "la commande « {name} » n'existe pas.",
}
_COMPLAINTS = (
    (r"No such option: (\S+).*", r"l'option « \1 » n'existe pas."),
    (r"Got unexpected extra arguments?\s*(?:\(s\))? ?\((.*)\)", r"argument en trop : \1."),
    (r"Option '([^']+)' requires an argument\.?", r"l'option « \1 » attend une valeur."),
    (r"Option '([^']+)' requires .*", r"l'option « \1 » n'a pas le bon nombre de valeurs."),
    (r"Option '([^']+)' does not take a value\.?", r"l'option « \1 » ne prend pas de valeur."),
    (r"Missing argument '([^']+)'.*", r"il manque l'argument « \1 »."),
    (r"Missing option '([^']+)'.*", r"il manque l'option « \1 »."),
    (r"Invalid value for '([^']+)': .*", r"la valeur de « \1 » ne convient pas."),
    (r"Invalid value: (.*)", r"\1"),
    (r"(.*) Did you mean (.*)\?", r"\1 Commandes proches : \2."),
)

# Its own hook for translations, and the Python type that it shows beside an argument's name.
setattr(typer.core, "_", lambda text: _WORDS.get(text, text))  # noqa: B010
setattr(typer.core.TyperArgument, "display_type_rich", lambda *_arguments, **_options: None)  # noqa: B010


def complaint(message: str) -> str:
    """A complaint of the parser, in French; one that is not known comes as it is."""
    for pattern, french in _COMPLAINTS:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            message = match.expand(french)
            break
    return re.sub(r"(?<!\w)'([^']+)'(?!\w)", r"« \1 »", message)


class _French(Command):
    def format_usage(self, ctx: Context, formatter: HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Usage : ")

    def get_short_help_str(self, limit: int = 45) -> str:
        """Its first sentence, whole: one that is cut in a list of commands says nothing."""
        return super().get_short_help_str(max(limit, 1000))

    def get_help_option(self, ctx: Context) -> typer.core.TyperOption | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Affiche cette aide."
        return option


class FrenchCommand(_French, typer.core.TyperCommand):
    """A command whose help page is French."""


class FrenchGroup(_French, typer.core.TyperGroup):
    """A group of commands whose help page is French."""


class VerbGroup(FrenchGroup):
    """A command with an argument of its own that has verbs too: « synthese rsa-v1 », « synthese reprendre FICHIER ».

    A first word that is no verb is the argument; its callback is to do nothing when a verb was called.
    """

    allow_interspersed_args = True

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        return super().collect_usage_pieces(ctx)[:-1]  # the list of verbs says what they take

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        verb = args[:1] if args and args[0] in self.commands else []
        super().parse_args(ctx, [] if verb else args)
        if verb:
            ctx._protected_args, ctx.args = verb, args[1:]
        return ctx.args
