"""What is wrong in a questionnaire: pyxform's errors and warnings in French, and what only a study can tell."""

from __future__ import annotations

from enquete.survey.questionnaire.sheets import Book, Fault


def first_faults(book: Book) -> list[Fault]:
    """The errors of a book, quickly."""
    from pyxform.errors import PyXFormError

    from enquete.survey.questionnaire.reading import parsed

    if book.faults:
        return list(book.faults)
    try:
        parsed(book)
    except PyXFormError as error:
        return [Fault(str(error))]
    return []
