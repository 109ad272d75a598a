"""Letters that stand for one another: case, script variants, look-alikes, missing diacritics."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

# One spelling for letters that Arabic and Kurdish keyboards exchange freely. Final ه, ة and ە are confused most of all.
ARABIC_VARIANTS = str.maketrans("أإآٱىيكڪةەھہۀے", "ااااییککههههه" + "ی")

# Sorani letters, and what is written for them on a keyboard that lacks them; Latin letters that do not decompose.
_PLAIN_SPELLING = {"ێ": "ی", "ۆ": "و", "ڵ": "ل", "ڕ": "ر", "ؤ": "و", "ئ": "ی", "ı": "i", "ø": "o", "đ": "d", "ł": "l"}

# Unicode's canonical combining classes: overlays, Hebrew and Arabic points, marks attached to or set around a letter.
_DECORATION_CLASSES = frozenset({1, *range(10, 37), *range(200, 241)})

_PUNCTUATION = str.maketrans("‘’ʼ‛′`´“”„«»″‐‑‒–—―−", "'''''''\"\"\"\"\"\"-------")

_TURKISH_CASE = str.maketrans("Iİ", "ıi")


class _Skeleton(dict[int, int]):
    """A translate() table that finds a letter's bare form when first asked, and keeps it."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        bare = _PLAIN_SPELLING.get(letter) or unicodedata.normalize("NFD", letter)[0]
        # A bounded table: a hostile text has at most as many letters as Unicode.
        self[code] = ord(bare)
        return self[code]


_SKELETON = _Skeleton()


def skeleton(text: str) -> str:
    """Return ``text`` with each letter bare of diacritics; as long as ``text``, position for position."""
    return text.translate(_SKELETON)


def fold_case(text: str, language: str) -> str:
    """Fold case by the rules of ``language``: in Turkish the capital of ı is I. The length may change."""
    return (text.translate(_TURKISH_CASE) if language == "tr" else text).casefold()


def plain_letters(text: str) -> str:
    """Unify Arabic-script variants, quotation marks and dashes, letter for letter."""
    return text.translate(ARABIC_VARIANTS).translate(_PUNCTUATION)


@cache
def lookalikes(kind: str) -> dict[int, str]:
    """Return a translate() table of the look-alike letters of one kind: "always" or "mixed" (see lookalikes.tsv)."""
    source = files("premod.judges").joinpath("lookalikes.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in source.splitlines() if line and not line.startswith("#")]
    return {ord(letter): latin for letter, latin, its_kind in rows[1:] if its_kind == kind}


@lru_cache(maxsize=8192)
def is_ignorable(character: str) -> bool:
    """Tell whether readers do not see ``character``: format and control characters, tatweel, fillers, stray marks."""
    if character in "\u0640\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0" or "\ufe00" <= character <= "\ufe0f":
        return True
    category = unicodedata.category(character)
    return category in {"Cf", "Me"} or (category == "Cc" and not character.isspace()) or is_decoration(character)


def is_decoration(character: str) -> bool:
    """Tell whether ``character`` is a mark that words can be told apart without, as Indic vowel signs cannot."""
    return unicodedata.combining(character) in _DECORATION_CLASSES
