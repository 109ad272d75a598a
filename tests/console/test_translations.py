"""Every sentence moderators see is there in every language."""

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

from premod import console

ROOT = Path(console.__file__).parent
LANGUAGES = ["ar", "tr", "ckb", "kmr"]
KEYWORDS = {"gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
# Arabic has words for one and for two of a thing.
NAMED_BY_THE_FORM = {"%(count)d", "%(waiting)s"}


def sentences() -> set[tuple[str | None, str]]:
    found: set[tuple[str | None, str]] = set()
    for path in [*ROOT.rglob("*.py"), *ROOT.rglob("*.html")]:
        source = path.read_text()
        if path.suffix == ".html":
            source = "\n".join(line.strip() for line in templatize(source).splitlines())
        for _, message, _, context in extract("python", BytesIO(source.encode()), KEYWORDS):
            found.add((context, message if isinstance(message, str) else message[0]))
    return found


def catalogue(language: str) -> Catalog:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file)


def compiled(language: str) -> Catalog:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
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
    return set(re.findall(r"%\(\w+\)[sd]", text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_left_over(language: str):
    known = strings(catalogue(language))
    assert set(known) == sentences()
    assert all(text for texts in known.values() for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_filled_in_everywhere(language: str):
    for (_context, sentence), texts in strings(catalogue(language)).items():
        for text in texts:
            assert slots(text) <= slots(sentence)
            assert slots(sentence) - slots(text) <= NAMED_BY_THE_FORM, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_sources(language: str):
    assert strings(compiled(language)) == strings(catalogue(language))
