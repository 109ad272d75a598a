"""One comment of a file, and one row that holds none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from premod.domain.verdict import Submission

REQUIRED = ("id", "text")

# What a file calls it, and what a submission does.
CONTEXT = {
    "lang": "language",
    "article_title": "article_title",
    "article_summary": "article_summary",
    "parent_text": "parent_text",
    "publisher": "publisher",
}

OUTPUT_COLUMNS = ("id", "decision", "guidelines", "scores", "evidence", "lang", "reason")

Write = Callable[[list[dict[str, Any]]], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One comment of a file: where it stands, its own id, and what judges may see of it."""

    place: str
    id: str
    submission: Submission


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that holds no comment: where it stands and why, without quoting it.

    ``ends`` says that nothing after it can be read either, so that there is no skipping it.
    """

    place: str
    problem: str
    ends: bool = False


def read_row(place: str, values: Mapping[str, Any]) -> Row | BadRow:
    """Take the known fields of ``values``, each as it stands. An id may be a string or a whole number."""
    problem = _problem(values)
    if problem is not None:
        return BadRow(place, problem)
    context = {field: values.get(name) or "" for name, field in CONTEXT.items()}
    return Row(place, str(values["id"]), Submission(values["text"], **context))


def _problem(values: Mapping[str, Any]) -> str | None:
    if values.get("id") is None or values["id"] == "":
        return "id is missing"
    # True and False are whole numbers to Python.
    if isinstance(values["id"], bool) or not isinstance(values["id"], str | int):
        return "id is neither a string nor a whole number"
    if values.get("text") is None:
        return "text is missing"
    strings = {"id": str(values["id"]), **{name: values.get(name) for name in ("text", *CONTEXT)}}
    faults = (_string_problem(value) for value in strings.values())
    return next((f"{name} {fault}" for name, fault in zip(strings, faults, strict=True) if fault), None)


def _string_problem(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        return "is not a string"
    try:
        value.encode()
    except UnicodeEncodeError:
        # A lone surrogate: JSON can spell one, and bytes of a CSV file that are not UTF-8 are read as some.
        return "is not valid UTF-8"
    return None
