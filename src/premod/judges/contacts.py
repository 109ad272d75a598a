"""Ways to reach somebody that a comment gives: telephone numbers, handles and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

# Where the readers of the five languages mostly are; a number in international form is found from anywhere.
_REGIONS = ("IQ", "TR", "SY", "IR", "GB", "DE", "US")
# What a number that is not in international form must look like at least, so that sums and dates are left alone.
_DIALLED = re.compile(r"(?<![\w.,/+-])\(?0\d(?:[ ()./-]?\d){7,12}(?![\w/]|[.,]\d)")
_INTERNATIONAL = re.compile(r"(?<!\w)(?:\+|00)\d(?:[ ()./-]?\d){7,14}(?!\w)")
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}(?!\w)")
_HANDLE = re.compile(r"(?<![\w@.])@[^\W\d_][\w.]{2,29}(?!\w)")
_SHORTEST_NUMBER_DIGITS = 9


def find_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of telephone numbers in a normalised text, whose digits are 0 to 9 whatever the reader wrote."""
    done = 0
    for match in sorted([*_INTERNATIONAL.finditer(text), *_DIALLED.finditer(text)], key=lambda match: match.start()):
        if match.start() >= done and _is_number(match.group()):
            done = match.end()
            yield match.span()


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of e-mail addresses in a normalised text."""
    if "@" in text:
        yield from (match.span() for match in _EMAIL.finditer(text))


def find_handles(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of handles such as "@name" in a normalised text: they also address another reader."""
    if "@" in text:
        yield from (match.span() for match in _HANDLE.finditer(text))


def _is_number(written: str) -> bool:
    digits = "".join(character for character in written if character.isdecimal())
    if len(digits) < _SHORTEST_NUMBER_DIGITS:
        return False
    dialled = f"+{digits[2:]}" if digits.startswith("00") else f"+{digits}" if written.startswith("+") else digits
    for region in _REGIONS:
        try:
            parsed = phonenumbers.parse(dialled, region)
        except phonenumbers.NumberParseException:
            return False
        if phonenumbers.is_possible_number(parsed):
            return True
    return False
