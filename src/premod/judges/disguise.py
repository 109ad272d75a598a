"""What a text reads as once its disguises are off: signs for letters, spaced, split and stretched words, masks.

Each reading is one more chance for a listed word to be found, beside the plain text and never in its place: taking
"4" for "a" everywhere would mangle innocent texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from premod.judges import letters
from premod.judges.normalise import Normalised, normalise

_LETTER = r"[^\W\d_]"
_LATIN_SIGNS = str.maketrans("@$!¡|€£¢01345789+", "asiiielcoieastbgt")
# Digits as Arabic is written on a Latin keypad; the other signs are only in the way.
_ARABIC_SIGNS = str.maketrans("3579", "عخحق")
_TOKEN = re.compile(r"[^\s.,;:?\"()]+")
_SIGN = re.compile(r"[@$!¡|€£¢0-9+]")
_HAS_ARABIC = re.compile(r"[ء-ۿ]")
_DIGIT = re.compile(r"\d")
_HAS_LETTER = re.compile(_LETTER)
_CYRILLIC_OR_GREEK_WORD = re.compile(r"[\u0370-\u03ff\u0400-\u052f]+")
_LATIN = re.compile(r"[a-zß-ɏ]")

_SEPARATOR = r"[.\-_*·•/|,~+×^:;=#]"
# One and the same separator throughout, so that "a t.w.a.t" gives "a twat".
_SPACED = re.compile(rf"(?<![^\W_]){_LETTER}( ?{_SEPARATOR}{{1,4}} ?| ){_LETTER}(?:\1{_LETTER})+(?![^\W_])")
_SPLIT = re.compile(rf"(?<={_LETTER})[.\-_*·•/|~+×^=#]{{1,3}}(?={_LETTER})")
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_SPACES = re.compile(r" {2,}")
_MASK = r"[*#_%✱×?•.\-@!&$^(∪\u2600-\u27bf\U0001f300-\U0001faff]"
_MASKED = re.compile(rf"(?<![^\W_])(?:[^\W_]+{_MASK}|(?<![*#@$])[*#@$]{{1,12}}[^\W_])(?:[^\W_]|{_MASK})*")
# What ends a masked word rather than masking its last letter, and what ends a sentence rather than masking one within.
_MASK_TAIL = re.compile(rf"(?:(?![*#]){_MASK})+$")
_PAUSE = re.compile(r"[.\-?]{2}")
_INITIALS = re.compile(r"\w?[.\-]\w?")

# The longest word with masked letters that is looked up.
MASKED_WORD_LETTERS = 24


@dataclass(frozen=True, slots=True)
class MaskedWord:
    """A word at ``[start:end]`` of the plain reading some letters of which are masked: ``pattern`` has "*" for each."""

    pattern: str
    start: int
    end: int


def readings(text: str, language: str = "") -> tuple[Normalised, ...]:
    """Return the plain reading first, then each undisguised one that differs. Linear in the length; never raises."""
    plain = normalise(text, language)
    bare = _split_words_joined(_signs_read(_lookalike_words_read(plain)))
    found = [_single_spaced(plain)]
    for repeats in (1, 2):
        reading = _single_spaced(_unstretched(bare, repeats))
        if all(reading.text != other.text for other in found):
            found.append(reading)
    return tuple(found)


def unspaced(reading: Normalised) -> Normalised:
    """Return ``reading`` without its spaces, in which words split by a space are found across the gap."""
    return _without(reading, {position for position, character in enumerate(reading.text) if character == " "})


def masked_words(plain: Normalised) -> Iterator[MaskedWord]:
    """Yield the words of a plain reading in which signs stand for letters, such as "s**t"."""
    for match in _MASKED.finditer(plain.text):
        word = _MASK_TAIL.sub("", match.group()) if len(match.group()) <= MASKED_WORD_LETTERS else ""
        pattern = "".join(_masked_letter(character) for character in word)
        if "*" in pattern and _is_maskable(word):
            yield MaskedWord(pattern, match.start(), match.start() + len(word))


def _is_maskable(word: str) -> bool:
    digits, letter_count = len(_DIGIT.findall(word)), len(_HAS_LETTER.findall(word))
    return letter_count > digits and not _PAUSE.search(word) and not _INITIALS.fullmatch(word)


def _masked_letter(character: str) -> str:
    read = character.translate(_LATIN_SIGNS) if character.isdigit() else character
    return read if read.isalpha() else "*"


def _lookalike_words_read(reading: Normalised) -> Normalised:
    """Read a word written in look-alikes throughout as Latin, where the text is mostly Latin otherwise."""
    foreign = sum(len(word) for word in _CYRILLIC_OR_GREEK_WORD.findall(reading.text))
    if not foreign or len(_LATIN.findall(reading.text)) <= foreign:
        return reading
    return reading.replaced(reading.text.translate(letters.lookalikes("mixed")))


def _signs_read(reading: Normalised) -> Normalised:
    return reading.replaced(_TOKEN.sub(_token_read, reading.text)) if _SIGN.search(reading.text) else reading


def _token_read(token: re.Match[str]) -> str:
    found = token.group()
    digits, letter_count = len(_DIGIT.findall(found)), len(_HAS_LETTER.findall(found))
    # A token with more digits than letters is a number or a code.
    if not (_SIGN.search(found) and letter_count and digits <= letter_count):
        return found
    if _HAS_ARABIC.search(found):
        return re.sub(r"[@$!|0-9+]", "-", found.translate(_ARABIC_SIGNS))
    # An exclamation mark that ends a word is one.
    body = found.rstrip("!¡")
    return body.translate(_LATIN_SIGNS) + found[len(body) :]


def _split_words_joined(reading: Normalised) -> Normalised:
    dropped: set[int] = set()
    for match in _SPACED.finditer(reading.text):
        dropped.update(position for position in range(*match.span()) if not reading.text[position].isalpha())
    for match in _SPLIT.finditer(reading.text):
        dropped.update(range(*match.span()))
    return _without(reading, dropped)


def _unstretched(reading: Normalised, repeats: int) -> Normalised:
    """Cut a letter that stands three times or more in a row down to ``repeats``."""
    dropped: set[int] = set()
    for match in _STRETCHED.finditer(reading.text):
        dropped.update(range(match.start() + repeats, match.end()))
    return _without(reading, dropped)


def _single_spaced(reading: Normalised) -> Normalised:
    dropped: set[int] = set()
    for match in _SPACES.finditer(reading.text):
        dropped.update(range(match.start() + 1, match.end()))
    return _without(reading, dropped)


def _without(reading: Normalised, dropped: set[int]) -> Normalised:
    if not dropped:
        return reading
    return reading.kept([position for position in range(len(reading.text)) if position not in dropped])
