"""Links in a comment, and where they lead: to a source, to a place where somebody sells or recruits, or elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import tldextract
from linkify_it import LinkifyIt

from premod.judges.normalise import normalise

# The packaged list of public suffixes: judging never asks the network.
_EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
_ENDINGS = frozenset(ending for ending in _EXTRACT.tlds if "." not in ending)
# Endings the list does not have: those nobody can register under, and those that normalise() spells in another way.
_UNLISTED = frozenset({"example", "test", "invalid", "localhost", *(normalise(ending).text for ending in _ENDINGS)})
_LINKIFY = LinkifyIt(options={"fuzzy_email": False}).tlds([*_ENDINGS, *_UNLISTED], keep_old=True)
_MAYBE_LINK = re.compile(r"\w\.\w|://")
# "shop dot example", "shop (.) com": a reader who writes it so has been filtered before.
_DISGUISED = re.compile(
    r"(?<![^\W_])([a-z0-9-]{2,63}) ?(?: dot | nokta | نقطه |[(\[] ?(?:\.|dot|nokta|نقطه) ?[)\]]) ?"
    r"([a-z]{2,10})(?![^\W_])"
)
# A part of the address that pays whoever brought the visitor, or that a sale runs under.
_PAID = re.compile(r"[?&](?:ref|aff|utm|promo|coupon|c|friend)\w*=|/(?:ref|aff|invite|join|promo|sale|signup|offer)\b")
# Countries whose ending is a word of the five languages: "tired.so" is two sentences without a space between.
_WORD_ENDING = re.compile(r"a[mst]|b[eiy]|d[eo]|i[mnst]|ki|l[ai]|m[aey]|n[eo]|pe|s[ao]|to|us|ve")
_SHORTEST_BARE_NAME = 4
_COUNTRY_LETTERS = 2
_LINKS_READ = 50


class Kind(StrEnum):
    SOURCE = "source"
    CHANNEL = "channel"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Link:
    """A link at ``text[start:end]``; a bare one has neither a scheme nor a path: the name of a site, to be typed in."""

    start: int
    end: int
    domain: str
    kind: Kind
    bare: bool


def find_links(text: str) -> list[Link]:
    """Return the first 50 links of a normalised text, with or without a scheme, in any script."""
    found = [*_written(text), *_disguised(text)]
    return sorted(found, key=lambda link: link.start)[:_LINKS_READ]


def _written(text: str) -> Iterator[Link]:
    if not _MAYBE_LINK.search(text):
        return
    for match in _LINKIFY.match(text) or ():
        domain = registrable_domain(match.url)
        if domain and not _joins_sentences(match.raw):
            bare = not match.schema and "/" not in match.raw
            yield Link(match.index, match.last_index, domain, kind_of(match.url), bare)


def _joins_sentences(written: str) -> bool:
    name, _, ending = written.rpartition(".")
    if name.isdecimal():
        return True
    return name.isalpha() and (len(name) < _SHORTEST_BARE_NAME or bool(_WORD_ENDING.fullmatch(ending)))


def _disguised(text: str) -> Iterator[Link]:
    for match in _DISGUISED.finditer(text):
        host = f"{match[1]}.{match[2]}"
        if domain := registrable_domain(host):
            yield Link(match.start(), match.end(), domain, kind_of(host), bare=True)


def registrable_domain(url: str) -> str:
    """Return what somebody registered: "bbc.co.uk" of "https://www.bbc.co.uk/news". Empty for what nobody can."""
    parts = _EXTRACT(url)
    if parts.ipv4:
        return parts.ipv4
    if parts.domain and parts.suffix:
        return f"{parts.domain}.{parts.suffix}"
    labels = [*parts.subdomain.split("."), parts.domain]
    return ".".join(labels[-2:]).lstrip(".") if labels[-1] in _UNLISTED else ""


def kind_of(url: str) -> Kind:
    """Tell a source, a channel and any other host apart by the packaged lists and by what the address pays for."""
    parts = _EXTRACT(url)
    host = ".".join(part for part in (parts.subdomain, parts.domain, parts.suffix) if part)
    covering = {host[position:] for position in _label_starts(host)}
    if (covering | _endings(parts.domain, parts.suffix)) & _listed("promotion_sources.txt"):
        return Kind.SOURCE
    paid = covering & _listed("promotion_channels.txt") or _PAID.search(url)
    return Kind.CHANNEL if paid else Kind.ELSEWHERE


def _endings(domain: str, suffix: str) -> set[str]:
    """Return what a host ends in, as lines of the list write it: ".gov" of "gov", of "gov.uk" and of "gov.krd"."""
    labels = suffix.split(".")[:-1] or [suffix]
    if len(suffix) == _COUNTRY_LETTERS or suffix == "krd":
        # Some countries keep "gov" for themselves without being listed for it. "ac" alone is a country.
        labels = [domain]
    return {f".{label}" for label in labels}


def _label_starts(host: str) -> list[int]:
    return [0, *(position + 1 for position, character in enumerate(host) if character == ".")]


@cache
def _listed(name: str) -> frozenset[str]:
    lines = files("premod.judges").joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
