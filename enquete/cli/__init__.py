"""The command line: options, one action, one printed result."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command; any error that a user can mend becomes one French message and an exit code."""
    from enquete.cli.app import app
    from enquete.cli.run import run

    sys.exit(run(app))
