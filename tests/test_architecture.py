"""The rooms of the house: who may import whom."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "enquete"
CORE = {"model", "offsets", "errors", "toml_lines"}
PURE = {
    "readers", "tables", "survey", "pseudonyms", "language", "codebook", "themes", "coding", "findings", "disclosure",
    "config", "kits", "wording", "page",
}  # fmt: skip
OUTER = {"store", "vault", "reports", "exchange"}
RANKS = [CORE, PURE, OUTER, {"actions"}, {"cli", "web"}]


def rank(package):
    return next(number for number, names in enumerate(RANKS) if package in names)


def imports(path):
    """(line, package of ours) of each import, those inside functions and under TYPE_CHECKING too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "enquete" and len(parts) > 1 and not parts[1].startswith("__"):
                yield node.lineno, parts[1]


MODULES = sorted(path for path in ROOT.rglob("*.py") if path != ROOT / "__init__.py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_the_ranks(path):
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    for line, other in imports(path):
        if other == package:
            continue
        assert rank(other) <= rank(package), f"{path.name}:{line}: {package} imports {other}"
        assert not (rank(package) == 2 and rank(other) == 2), f"{path.name}:{line}: {package} imports {other}"
        assert (package, other) != ("web", "vault"), f"{path.name}:{line}: what browsers reach opens no vault"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_store_knows_sql_and_only_the_vault_knows_age(path):
    package = path.relative_to(ROOT).parts[0].removesuffix(".py")
    text = path.read_text(encoding="utf-8")
    assert package == "vault" or "pyrage" not in text
    assert package in {"store", "actions"} or "sqlite3" not in text
    assert package == "store" or ".execute(" not in text


def test_every_package_has_a_rank():
    for path in ROOT.iterdir():
        if path.suffix == ".py" or (path / "__init__.py").exists():
            name = path.stem
            assert name == "__init__" or rank(name) >= 0
