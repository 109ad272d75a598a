"""What an advert is made of: offers, prices and ways to get in touch, each where it stands in the reader's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from premod.judges.contacts import find_addresses, find_handles, find_numbers
from premod.judges.finder import Spans, TermFinder
from premod.judges.language import LANGUAGES
from premod.judges.links import Kind, Link, find_links
from premod.judges.normalise import Normalised, normalise
from premod.judges.terms import Match, Term, is_comment, read_affixes


class Cue(StrEnum):
    """What a span says: docs/promotion.md describes each, in this order."""

    OFFER = "offer"
    SALE = "sale"
    CALL = "call"
    CHANNEL = "channel"
    OWN = "own"
    SELF = "self"
    WARNING = "warning"
    PRICE = "price"
    RATE = "rate"
    CODE = "code"
    NUMBER = "number"
    ADDRESS = "address"
    HANDLE = "handle"
    STALL = "stall"
    SITE = "site"
    LINK = "link"


class Mark(NamedTuple):
    """A cue at ``[start:end]`` of the reader's text."""

    start: int
    end: int
    cue: Cue


_TERM_CUES = tuple(Cue)[: tuple(Cue).index(Cue.PRICE)]
_SIGNS = "[£$€₹₺]"
# As normalise() spells them.
_CURRENCIES = (
    "tl|lira|liraya|liradan|lire|lireye|eur|euros?|euroya|ewro|usdt?|gbp|dollars?|dolar|dolara|dolari|dolaran|"
    "dinars?|d[iî]nar|iqd|naira|ksh|kes|rupees|quid|pounds|sek|kr|nok|"
    "دولار|دولارا|دولارات|دینار|ریال|لیره|الفا?|یۆرۆ|دۆلار|ههزار|هزار|تومان"
)
_PRICE = re.compile(
    rf"{_SIGNS} ?\d[\d.,]{{0,12}}k?|"
    rf"(?<![\w.,])\d[\d.,]{{0,12}} ?k? ?(?:{_SIGNS}|(?:{_CURRENCIES})(?!\w))"
)
_RATE = re.compile(r"\d{1,4} ?%|% ?\d{1,4}")
# As in "code ZAGROS10" and "comment YES": in capitals, to be typed, so it is sought in the reader's own spelling.
_CODE = re.compile(
    r"(?<!\w)(?i:codes?|promo|coupon|voucher|quote|kod|kodu|kodum|koda|kodê|kodî|كود|کود|کۆد|کۆدی|"
    r"comment|type|text|reply|write|dm|yaz|yazana|اكتب|بنووسە)(?:\W{1,3})[A-Z][A-Z0-9]{1,14}(?![a-z])"
)


class CueFinder:
    """Finds every cue of a comment; a link to a source is none."""

    def __init__(self, folder: Traversable | None = None) -> None:
        """Read the lists in ``folder``, by default the packaged ones."""
        folder = folder or files("premod.judges").joinpath("promotion_terms")
        affixes = read_affixes(files("premod.judges").joinpath("lexicons", "affixes.tsv"))
        everywhere = _read(folder.joinpath("any.tsv"), "")
        self._finders = {
            language: TermFinder([*everywhere, *_read(folder.joinpath(f"{language}.tsv"), language)], affixes)
            for language in LANGUAGES
        }

    def find(self, text: str, language: str) -> list[Mark]:
        """Return the cues in the order they stand, one for each thing said: "free, free, free" is one."""
        copy = normalise(text, language)
        links = find_links(copy.text)
        marks = [*_leading_elsewhere(links), *_contacts(copy.text), *_figures(copy.text)]
        # A word of an address says nothing: "shop.example" may be a newspaper.
        taken = Spans([*((link.start, link.end) for link in links), *((mark.start, mark.end) for mark in marks)])
        marks += [mark for mark in self._terms(copy, language) if not taken.cover(mark.start, mark.end)]
        placed = [Mark(*copy.span(mark.start, mark.end), mark.cue) for mark in marks]
        placed = [
            mark for mark in placed if mark.cue is not Cue.SITE or not _joins_sentences(text[mark.start : mark.end])
        ]
        placed += [Mark(*match.span(), Cue.CODE) for match in _CODE.finditer(text)]
        said = {(mark.cue, text[mark.start : mark.end].casefold()): mark for mark in _apart(placed)}
        return sorted(said.values())

    def _terms(self, copy: Normalised, language: str) -> Iterator[Mark]:
        found = self._finders.get(language, self._finders["en"]).find(copy)
        reached = 0
        for item in sorted(found, key=lambda item: (item.start, -item.end, _TERM_CUES.index(item.term.guideline))):
            # A term within another is no further cue: "Telegram" in "on Telegram".
            if item.end > reached:
                reached = item.end
                yield Mark(item.start, item.end, Cue(item.term.guideline))


def _leading_elsewhere(links: list[Link]) -> Iterator[Mark]:
    for link in links:
        if link.kind is not Kind.SOURCE:
            cue = Cue.STALL if link.kind is Kind.CHANNEL else Cue.SITE if link.bare else Cue.LINK
            yield Mark(link.start, link.end, cue)


def _contacts(text: str) -> Iterator[Mark]:
    for cue, spans in (
        (Cue.NUMBER, find_numbers(text)),
        (Cue.ADDRESS, find_addresses(text)),
        (Cue.HANDLE, find_handles(text)),
    ):
        yield from (Mark(*span, cue) for span in spans)


def _figures(text: str) -> Iterator[Mark]:
    yield from (Mark(*match.span(), Cue.PRICE) for match in _PRICE.finditer(text))
    yield from (Mark(*match.span(), Cue.RATE) for match in _RATE.finditer(text))


def _read(path: Traversable, language: str) -> list[Term]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not is_comment(line)]
    return [Term(normalise(text, language).text, language, Cue(cue), 1, Match(match)) for text, cue, match in rows[1:]]


def _joins_sentences(site: str) -> bool:
    """Tell whether a site's name, as the reader wrote it, is rather an end and a start: "the section.You know"."""
    _, _, ending = site.rpartition(".")
    return ending[:1].isupper() and not site.isupper()


def _apart(marks: list[Mark]) -> Iterator[Mark]:
    """Yield the marks but those that overlap an earlier one of their kind: "follow my page" says one thing."""
    reached: dict[Cue, int] = {}
    for mark in sorted(set(marks), key=lambda mark: (mark.start, -mark.end)):
        if mark.start >= reached.get(mark.cue, 0):
            reached[mark.cue] = mark.end
            yield mark
