"""Every sentence readers see is there in every language."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation.template import templatize

from premod import reader
from premod.reader.moments import date_in_words, month_names

ROOT = Path(reader.__file__).parent
LANGUAGES = ["ar", "tr", "ckb", "kmr"]
KEYWORDS = {"gettext": None, "_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


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


def strings(known: Catalog) -> dict[tuple[str | None, str], object]:
    return {
        (message.context, message.id if isinstance(message.id, str) else message.id[0]): (
            message.string if isinstance(message.string, str) else tuple(message.string)
        )
        for message in known
        if message.id
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_left_over(language: str):
    known = strings(catalogue(language))
    assert set(known) == sentences()
    assert all(all(text) if isinstance(text, tuple) else text for text in known.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_filled_in_everywhere(language: str):
    for message in catalogue(language):
        if isinstance(message.id, str):
            for slot in ("{limit}", "{seconds}", "{count}", "{day}", "{month}", "{year}", "{time}", "%(limit)s"):
                assert (slot in message.id) == (slot in str(message.string)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_sources(language: str):
    # To compile one: pybabel compile -l ku -i …/kmr/LC_MESSAGES/django.po -o …/kmr/LC_MESSAGES/django.mo
    # (Babel knows Kurmanji as "ku"; the other languages by their own code).
    assert strings(compiled(language)) == strings(catalogue(language))


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "15 January 2021"), ("ar", "15 كانون الثاني 2021"), ("tr", "15 Ocak 2021"),
        ("ckb", "15 کانوونی دووەم 2021"), ("kmr", "15 çile 2021"),
    ],
)  # fmt: skip
def test_dates_are_written_in_every_language(language: str, day: str):
    with translation.override(language):
        assert date_in_words(date(2021, 1, 15)) == day
        assert len(set(month_names())) == 12
