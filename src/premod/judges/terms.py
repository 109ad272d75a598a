"""Lists of terms, and of the affixes that terms may carry. Their format is in docs/lexicons.md."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable

from premod.judges.letters import skeleton
from premod.judges.normalise import normalise

COLUMNS = ("term", "guideline", "severity", "match", "note")
SEVERITIES = (1, 2, 3)

_LONGEST_AFFIX_CHAIN = 3
# Shorter words of one language are innocent words of another, and fall together by chance across a gap.
_LONG_FROM_LETTERS = 6


class TermListError(ValueError):
    """A term list breaks its format; the message names the file and the line."""


class Match(StrEnum):
    WORD = "word"
    STEM = "stem"
    PREFIX = "prefix"
    ENDING = "ending"
    ANYWHERE = "anywhere"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a list. ``text`` is in the form that normalise() gives."""

    text: str
    language: str
    guideline: str
    severity: int
    match: Match


def read_terms(path: Traversable, language: str) -> list[Term]:
    """Read one list. Raise TermListError for a row that breaks the format."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    rows = [(number, line.split("\t")) for number, line in lines if not is_comment(line)]
    return [_term(cells, language, f"{path.name}, line {number}") for number, cells in rows[1:]]


def _term(cells: list[str], language: str, place: str) -> Term:
    try:
        text, guideline, severity, match = cells[: len(COLUMNS) - 1]
        term = Term(normalise(text, language).text, language, guideline, int(severity), Match(match))
    except ValueError as error:
        raise TermListError(f"{place}: {error}") from error
    if not (term.text and term.guideline.isidentifier() and term.severity in SEVERITIES):
        raise TermListError(f"{place}: a row needs a term, a guideline and a severity of 1, 2 or 3")
    return term


def is_comment(line: str) -> bool:
    """Tell whether a line of a list says nothing: it is empty, or starts with "# "."""
    return not line.strip() or line.startswith("# ")


@dataclass(frozen=True, slots=True)
class Affixes:
    """What stems of one language may carry, as patterns for the whole of what stands before and behind one."""

    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    suffixes: tuple[str, ...]


def read_affixes(path: Traversable) -> dict[str, Affixes]:
    """Read the affixes of every language; a language without any is left out."""
    listed: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not is_comment(line)]
    for language, kind, affixes in rows[1:]:
        listed[language, kind] += [normalise(affix, language).text for affix in affixes.split()]
    return {
        language: Affixes(
            _chain(listed[language, "prefix"]), _chain(listed[language, "suffix"]), tuple(listed[language, "suffix"])
        )
        for language in {language for language, _ in list(listed)}
    }


def _chain(affixes: Iterable[str]) -> re.Pattern[str]:
    pieces = "|".join(sorted(map(re.escape, {form for affix in affixes for form in (affix, skeleton(affix))})))
    return re.compile(f"(?:{pieces}){{0,{_LONGEST_AFFIX_CHAIN}}}" if pieces else "")


NO_AFFIXES = Affixes(re.compile(""), re.compile(""), ())


def travels(term: Term) -> bool:
    """Tell whether a term counts in texts of any language: allowed phrases do, and grave terms of some length."""
    return term.match in {Match.ALLOW, Match.ANYWHERE} or is_long_and_grave(term)


def is_long_and_grave(term: Term) -> bool:
    return term.severity == max(SEVERITIES) and len(term.text) >= _LONG_FROM_LETTERS and term.match is not Match.ALLOW
