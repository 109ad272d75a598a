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

# The packaged list of public suffixes: judging never asks the network.
_EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
_LINKIFY = LinkifyIt(options={"fuzzy_email": False})
# "shop dot example", "shop (.) com": a reader who writes it so has been filtered before.
_DISGUISED = re.compile(
    r"(?<![^\W_])([a-z0-9-]{2,63}) ?(?: dot |\(dot\)|\[dot\]|\(\.\)|\[\.\]) ?([a-z]{2,10})(?![^\W_])"
)
# Endings that the list of public suffixes does not have, since nobody can register under them.
_RESERVED = ("example", "test", "invalid", "localhost")
_LINKS_READ = 50


class Kind(StrEnum):
    SOURCE = "source"
    CHANNEL = "channel"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Link:
    start: int
    end: int
    domain: str
    kind: Kind


def find_links(text: str) -> list[Link]:
    """Return the first 50 links of a normalised text, with or without a scheme, in any script."""
    found = [*_written(text), *_disguised(text)]
    return sorted(found, key=lambda link: link.start)[:_LINKS_READ]


def _written(text: str) -> Iterator[Link]:
    if "." not in text and "://" not in text:
        return
    for match in _LINKIFY.match(text) or ():
        if domain := registrable_domain(match.url):
            yield Link(match.index, match.last_index, domain, kind_of(match.url))


def _disguised(text: str) -> Iterator[Link]:
    for match in _DISGUISED.finditer(text):
        host = f"{match[1]}.{match[2]}"
        if domain := registrable_domain(host):
            yield Link(match.start(), match.end(), domain, kind_of(host))


def registrable_domain(url: str) -> str:
    """Return what somebody registered: "bbc.co.uk" of "https://www.bbc.co.uk/news". Empty when it is no domain."""
    parts = _EXTRACT(url)
    if parts.domain and parts.suffix:
        return f"{parts.domain}.{parts.suffix}"
    labels = [*parts.subdomain.split("."), parts.domain]
    return ".".join(labels[-2:]).lstrip(".") if labels[-1] in _RESERVED else ""


def kind_of(url: str) -> Kind:
    """Tell a source, a channel and any other host apart by the packaged lists."""
    parts = _EXTRACT(url)
    host = ".".join(part for part in (parts.subdomain, parts.domain, parts.suffix) if part)
    covering = {host[position:] for position in _label_starts(host)}
    if covering & _listed("promotion_sources.txt"):
        return Kind.SOURCE
    if any(f".{label}" in _listed("promotion_sources.txt") for label in parts.suffix.split(".")):
        return Kind.SOURCE
    # "gov.krd" is no public suffix, but nobody else writes "gov" there.
    if f".{parts.domain}" in _listed("promotion_sources.txt"):
        return Kind.SOURCE
    return Kind.CHANNEL if covering & _listed("promotion_channels.txt") else Kind.ELSEWHERE


def _label_starts(host: str) -> list[int]:
    return [0, *(position + 1 for position, character in enumerate(host) if character == ".")]


@cache
def _listed(name: str) -> frozenset[str]:
    lines = files("premod.judges").joinpath(name).read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
