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
# A reader who hides the end of a number still means it to be called: "0750xxxxxxx", "05** 441".
_HIDDEN = re.compile(r"(?<![\w.,/+-])0\d{1,4}[ .-]?[x×*]{2,8}(?:[ .-]?[\dx×*]){0,8}(?!\w)")
# The digits as words of the five languages, spelled as normalise() spells them, with and without diacritics.
_DIGIT_WORDS = re.compile(
    "zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|treble|"
    "sıfır|bir|iki|üç|uc|dört|dort|beş|bes|altı|alti|yedi|sekiz|dokuz|"
    "sifir|yek|du|s[eê]|[cç]ar|p[eê]nc|[sş]e[sş]|heft|he[sş]t|neh|"
    "صفر|واحد|اثنین|ثلاثه|اربعه|خمسه|سته|سبعه|ثمانیه|تسعه|سفر|یهک|دوو|سێ|چوار|پێنج|شهش|حهوت|ههشت|نۆ"
)
_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[ ,.-]{1,2}")
_SPELT_GROUPS = 6
_SPELT_WORDS = 3
_SPELT_GROUP_DIGITS = 5
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}(?!\w)")
# As in "name at gmail" and "name(at)mail dot com".
_SPELT_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{2,64} ?"
    r"(?:[(\[] ?at ?[)\]] ?[\w-]{2,63}| at (?:[gy]mail|hotmail|yahoo|outlook|proton(?:mail)?))(?!\w)"
)
_HANDLE = re.compile(r"(?<![\w@.])@[^\W\d_][\w.]{2,29}(?!\w)")
_ADDRESSED = re.compile(r"(?:[\s,]*@\w{1,64})*")
_SHORTEST_NUMBER_DIGITS = 9


def find_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of telephone numbers in a normalised text, whose digits are 0 to 9 whatever the reader wrote."""
    yield from _dialled(text)
    yield from (match.span() for match in _HIDDEN.finditer(text))
    yield from _spelt(text)


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of e-mail addresses in a normalised text."""
    yield from (match.span() for match in _SPELT_EMAIL.finditer(text))
    if "@" in text:
        yield from (match.span() for match in _EMAIL.finditer(text))


def find_handles(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of handles such as "@name", but of those at its start, whom a normalised text is addressed to."""
    if "@" in text and (addressed := _ADDRESSED.match(text)):
        yield from (match.span() for match in _HANDLE.finditer(text, addressed.end()))


def _dialled(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for match in sorted([*_INTERNATIONAL.finditer(text), *_DIALLED.finditer(text)], key=lambda match: match.start()):
        if match.start() >= done and _is_number(match.group()):
            done = match.end()
            yield match.span()


def _spelt(text: str) -> Iterator[tuple[int, int]]:
    """Yield runs such as "zero seven five oh, 123, double four": some digits as words, more than anybody counts up."""
    run: list[re.Match[str]] = []
    for word in [*_WORD.finditer(text), None]:
        goes_on = word is not None and _is_digits(word.group())
        if word is not None and goes_on and (not run or _GAP.fullmatch(text, run[-1].end(), word.start())):
            run.append(word)
            continue
        if len(run) >= _SPELT_GROUPS and sum(not piece.group().isdecimal() for piece in run) >= _SPELT_WORDS:
            yield run[0].start(), run[-1].end()
        run = [word] if word is not None and goes_on else []


def _is_digits(word: str) -> bool:
    return bool(_DIGIT_WORDS.fullmatch(word)) or (word.isdecimal() and len(word) <= _SPELT_GROUP_DIGITS)


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
            return not _is_helpline(dialled)
    return False


def _is_helpline(dialled: str) -> bool:
    """Tell whether a number costs the caller nothing in one of the regions: mostly a public body's or a charity's."""
    numbers = (phonenumbers.parse(dialled, region) for region in _REGIONS)
    return any(phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.TOLL_FREE for number in numbers)
