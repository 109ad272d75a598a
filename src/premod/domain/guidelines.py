"""The publisher's rules, as one numbered version."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class GuidelinesError(ValueError):
    """The guidelines file breaks its format; the message names the entry."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A reader-facing text by language; every text has at least the site's first language."""

    texts: Mapping[str, str]

    def in_language(self, language: str) -> str:
        """Return the text in ``language``, or else in the first language the guidelines were written in."""
        return self.texts.get(language) or next(iter(self.texts.values()))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Approve up to ``approve_below``, reject from ``reject_above`` on, refer between; both in [0, 1]."""

    approve_below: float
    reject_above: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.approve_below < self.reject_above <= 1.0:
            raise ValueError(
                f"approve_below {self.approve_below} and reject_above {self.reject_above} must be in order, from 0 to 1"
            )


@dataclass(frozen=True, slots=True)
class Guideline:
    """One published rule: its stable code, what readers are told, and the scores at which a policy acts."""

    code: str
    title: Translated
    text: Translated
    thresholds: Thresholds


@dataclass(frozen=True, slots=True)
class Welcome:
    """One thing the publisher invites; a protected one is never rejected by machine."""

    code: str
    title: Translated
    text: Translated
    protected: bool


@dataclass(frozen=True, slots=True)
class Guidelines:
    """One version of the published rules. ``digest`` is the SHA-256 of the file's bytes, in hexadecimal."""

    number: int
    digest: str
    introduction: Translated
    welcome: tuple[Welcome, ...]
    guidelines: tuple[Guideline, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(guideline.code for guideline in self.guidelines)

    @property
    def protected(self) -> frozenset[str]:
        return frozenset(entry.code for entry in self.welcome if entry.protected)

    def guideline(self, code: str) -> Guideline:
        """Raise KeyError when no guideline has this code."""
        for guideline in self.guidelines:
            if guideline.code == code:
                return guideline
        raise KeyError(code)


def parse_guidelines(source: str, *, number: int) -> Guidelines:
    """Read one version of the guidelines from its TOML source. Raise GuidelinesError naming what is wrong."""
    try:
        tables = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise GuidelinesError(f"not valid TOML: {error}") from error
    languages = tables.get("languages") or []
    if not (isinstance(languages, list) and languages):
        raise GuidelinesError("'languages' must list at least one language")
    entries = [_guideline(entry, languages) for entry in tables.get("guideline", [])]
    if not entries:
        raise GuidelinesError("there is no [[guideline]]: such a policy would approve everything")
    _refuse_repeats([entry.code for entry in entries])
    return Guidelines(
        number=number,
        digest=hashlib.sha256(source.encode()).hexdigest(),
        introduction=_translated(tables, "introduction", "the file", languages),
        welcome=tuple(_welcome(entry, languages) for entry in tables.get("welcome", [])),
        guidelines=tuple(entries),
    )


def _guideline(entry: Mapping[str, Any], languages: list[str]) -> Guideline:
    code = _code(entry)
    try:
        thresholds = Thresholds(float(entry["approve_below"]), float(entry["reject_above"]))
    except (KeyError, TypeError, ValueError) as error:
        raise GuidelinesError(f"guideline {code}: thresholds are missing or out of order ({error})") from error
    return Guideline(
        code, _translated(entry, "title", code, languages), _translated(entry, "text", code, languages), thresholds
    )


def _welcome(entry: Mapping[str, Any], languages: list[str]) -> Welcome:
    code = _code(entry)
    return Welcome(
        code,
        _translated(entry, "title", code, languages),
        _translated(entry, "text", code, languages),
        protected=bool(entry.get("protected", False)),
    )


def _code(entry: Mapping[str, Any]) -> str:
    code = entry.get("code")
    if not (isinstance(code, str) and code.isidentifier() and code == code.lower()):
        raise GuidelinesError(f"code {code!r} must be lower-case letters, digits and underscores")
    return code


def _translated(entry: Mapping[str, Any], key: str, owner: str, languages: list[str]) -> Translated:
    texts = entry.get(key)
    if not isinstance(texts, dict):
        raise GuidelinesError(f"{owner}: '{key}' must give a text for each of {', '.join(languages)}")
    missing = [language for language in languages if not str(texts.get(language, "")).strip()]
    if missing:
        raise GuidelinesError(f"{owner}: '{key}' has no text in {', '.join(missing)}")
    return Translated({language: texts[language] for language in languages})


def _refuse_repeats(codes: list[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise GuidelinesError(f"guideline {code} stands twice")
