"""Every sentence that readers and moderators see is there in every language."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from premod import console, reader

ROOTS = {name: Path(package.__file__).parent for name, package in (("console", console), ("reader", reader))}
LANGUAGES = ["ar", "tr", "ckb", "kmr"]
KEYWORDS = {"gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
# Arabic has words for one and for two of a thing.
NAMED_BY_THE_FORM = {"%(count)d", "%(waiting)s", "%(counter)s", "{count}"}


every_catalogue = pytest.mark.parametrize(
    ("surface", "language"), [(surface, language) for surface in ROOTS for language in LANGUAGES]
)


def sentences(surface: str) -> set[tuple[str | None, str]]:
    found: set[tuple[str | None, str]] = set()
    for path in [*ROOTS[surface].rglob("*.py"), *ROOTS[surface].rglob("*.html")]:
        source = path.read_text()
        if path.suffix == ".html":
            source = "\n".join(line.strip() for line in templatize(source).splitlines())
        for _, message, _, context in extract("python", BytesIO(source.encode()), KEYWORDS):
            found.add((context, message if isinstance(message, str) else message[0]))
    return found


def catalogue(surface: str, language: str) -> Catalog:
    with (ROOTS[surface] / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file)


def compiled(surface: str, language: str) -> Catalog:
    with (ROOTS[surface] / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return read_mo(file)


def strings(known: Catalog) -> dict[tuple[str | None, str], tuple[str, ...]]:
    return {
        (message.context, message.id if isinstance(message.id, str) else message.id[0]): (
            (message.string,) if isinstance(message.string, str) else tuple(message.string)
        )
        for message in known
        if message.id
    }


def slots(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text))


@every_catalogue
def test_every_sentence_is_translated_and_none_is_left_over(surface: str, language: str):
    known = strings(catalogue(surface, language))
    assert set(known) == sentences(surface)
    assert all(text for texts in known.values() for text in texts)


@every_catalogue
def test_what_is_filled_in_is_filled_in_everywhere(surface: str, language: str):
    for (_context, sentence), texts in strings(catalogue(surface, language)).items():
        for text in texts:
            assert slots(text) <= slots(sentence)
            assert slots(sentence) - slots(text) <= NAMED_BY_THE_FORM, text


@every_catalogue
def test_the_compiled_catalogue_is_that_of_the_sources(surface: str, language: str):
    assert strings(compiled(surface, language)) == strings(catalogue(surface, language))
