"""Codebooks: found by name, checked, shown, exchanged with Excel."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from enquete import codebook, kits
from enquete.actions.results import Result
from enquete.actions.study import FORMER, Study, open_study
from enquete.actions.writing import write_whole
from enquete.codebook import Codebook
from enquete.codebook.comparing import compared, comparison_lines
from enquete.codebook.editing import edited
from enquete.errors import EnqueteError, Problem
from enquete.findings.material import Grid
from enquete.store.code_changes import use_of
from enquete.wording import n

_YAML = (".yaml", ".yml")
_WORKBOOKS = (".xlsx", ".ods")


def find_codebooks(name: str | None, study: Path | None) -> list[Path]:
    """The files meant by a name: a file, a codebook of the study, one of a kit; without a name, all the study's.

    Raises EnqueteError(UNKNOWN_CODEBOOK, CODEBOOK_IS_WORKBOOK, FILE_NOT_FOUND, NO_STUDY).
    """
    if name is None:
        return open_study(study).codebook_paths()
    path = Path(name)
    if path.suffix.lower() in (*_YAML, *_WORKBOOKS):
        if not path.is_file():
            raise EnqueteError(Problem.FILE_NOT_FOUND, where=name)
        if path.suffix.lower() in _WORKBOOKS:
            raise EnqueteError(Problem.CODEBOOK_IS_WORKBOOK, where=name, name=name, exit_code=2)
        return [path]
    known = _delivered()
    try:
        own = open_study(study).codebook_paths()
    except EnqueteError as error:
        if error.problem is not Problem.NO_STUDY or study is not None:
            raise
        own = []
    known |= {path.stem: path for path in own}
    if name not in known:
        raise EnqueteError(Problem.UNKNOWN_CODEBOOK, name=name, known=", ".join(sorted(known)), exit_code=2)
    return [known[name]]


def _delivered() -> dict[str, Path]:
    """The codebooks of the kits, by name."""
    return {path.stem: path for kit in kits.kits() for part, path in kits.kit_files(kit) if part == "codebooks"}


def load_codebooks(names: Sequence[str], study: Path | None) -> list[Codebook]:
    """The codebooks of these names; without names, all the study's.

    Raises EnqueteError for one that has errors, and NO_CODEBOOK_NAMED without names nor study.
    """
    wanted: Sequence[str | None] = names or [None]
    try:
        paths = [path for name in wanted for path in find_codebooks(name, study)]
    except EnqueteError as error:
        if error.problem is not Problem.NO_STUDY or study is not None:
            raise
        known = ", ".join(sorted(_delivered()))
        raise EnqueteError(Problem.NO_CODEBOOK_NAMED, known=known, exit_code=2) from None
    return [codebook.load(path) for path in paths]


def grid(book: Codebook, used: Collection[str] = ()) -> Grid:
    """A codebook as outputs show it. used: codes with passages; one that is retired is shown with them only."""
    kept = {step.id for code in used for step in book.path(code)}
    codes = tuple(code for code in book.codes if not code.retired or code.id in kept)
    return Grid(book.id, book.label, str(book.version), book.content_hash, codes)


def check_codebooks(name: str | None, study: Path | None) -> Result:
    """A line a remark; problems: those that are errors."""
    result = Result()
    for path in find_codebooks(name, study):
        try:
            book = codebook.load(path)
        except EnqueteError as error:
            result.lines.append(str(error))
            result.problems.append(path.name)
            continue
        remarks = codebook.check(book)
        for remark in remarks:
            severity = "erreur" if remark.is_error else "remarque"
            result.lines.append(f"{path.name}, ligne {remark.line} : {severity} : {remark.message}")
            if remark.is_error:
                result.problems.append(path.name)
        themes = sum(code.parent is None for code in book.codes)
        verdict = n("remarque", len(remarks)) if remarks else "aucune faute"
        below = n("sous-code", len(book.codes) - themes)
        result.lines.append(f"{path.name} : {n('thème', themes)}, {below}, {verdict}.")
    return result


def show_codebooks(name: str | None, study: Path | None) -> Iterator[str]:
    """The tree, a line a code."""
    for path in find_codebooks(name, study):
        book = codebook.load(path)
        yield f"{book.label} ({book.id}, version {book.version})"
        yield from codebook.tree(book)


def export_codebook(name: str | None, output: Path | None, study: Path | None) -> Path:
    """Writes one codebook as a workbook; gives its path."""
    from enquete.codebook import xlsx

    paths = find_codebooks(name, study)
    if len(paths) != 1:
        raise EnqueteError(Problem.WHICH_CODEBOOK, known=", ".join(path.stem for path in paths), exit_code=2)
    book = codebook.load(paths[0])
    output = output or Path(f"{paths[0].stem}.xlsx")
    write_whole(output, xlsx.write(book))
    return output


def import_codebook(file: Path, output: Path | None, study: Path | None) -> Iterator[str]:
    """Reads a workbook back into YAML: the file named, or the study's codebook of that id. Gives lines to print.

    The codebook that stood there is kept beside it, as it was; its comments stay where the codes did not change.
    """
    from enquete.codebook import xlsx

    book = xlsx.read(file)
    opened = open_study(study) if output is None else None
    if opened is not None:
        opened.finish_codebooks()
        folder = opened.folder / "codebooks"
        own = [path for path in sorted(folder.glob("*.yaml")) if not path.stem.endswith(FORMER)]
        known = {codebook.load(path).id: path for path in own}
        output = known.get(book.id, folder / f"{book.id}.yaml")
    output = output or file.with_suffix(".yaml")
    errors = [remark for remark in codebook.check(book) if remark.is_error]
    if errors:
        faults = "".join(f"\n  ligne {remark.line} : {remark.message}" for remark in errors)
        raise EnqueteError(Problem.CODEBOOK_REFUSED, where=file.name, faults=faults)
    before = codebook.load(output) if output.is_file() else None
    if before == book:
        yield f"La grille est déjà celle-là, rien n'a changé : {output}"
        return
    if before is None:
        write_whole(output, codebook.dump(book).encode())
        yield f"Grille écrite : {output} ({n('code', len(book.codes))})."
        return
    data = output.read_bytes()
    former = output.with_name(f"{output.stem}{FORMER}{output.suffix}")
    write_whole(former, data)
    if opened is not None:
        write_whole(opened.version_path(output.stem, before.version), data)
    write_whole(output, edited(data.decode("utf-8-sig"), book).encode())
    yield f"Grille écrite : {output} ({n('code', len(book.codes))})."
    yield f"  L'ancienne est gardée : {former}"
    yield from comparison_lines(compared(before, book), book)
    if before.version == book.version:
        yield f"  La version est restée {book.version} : pensez à l'augmenter."
    if opened is not None:
        yield from _orphans(opened, before, book)


def _orphans(study: Study, before: Codebook, after: Codebook) -> Iterator[str]:
    """Codes that the workbook lost and that something was coded with."""
    with study.database() as db:
        for code in before.codes:
            use = use_of(db, {(before.id, code.id)}) if code.id not in after.by_id else None
            if use and (use.codings or use.settled):
                count = use.codings or use.settled
                coded = n("passage codé", count)
                yield f"  Attention : {coded} avec {code.id}, qui n'est plus dans la grille : rien n'en sera compté."
                yield (
                    f"  Remettez ce code, puis « enquete grille renommer {code.id} … », « fusionner » ou « retirer » : "
                    "les codages suivront."
                )
