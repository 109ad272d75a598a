"""Which of the languages premod judges a comment is written in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from premod.judges.normalise import normalise

LANGUAGES = ("en", "ar", "tr", "ckb", "kmr")

# Longer texts say nothing more about their language, and a hostile one only costs time.
_LETTERS_READ = 2000

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")

# Letters and endings that tell languages apart, with what each counts beside a function word of one language, which
# counts 1. Hand-set, then adjusted on the train split of newsroom.jsonl and contrast.jsonl.
_SIGNS = [
    (("ckb",), 1.0, re.compile("[ێۆڵڕ]")),
    # Older Sorani fonts wrote ة for ە, which Arabic never has within a word, and ؤ for ۆ.
    (("ckb",), 1.0, re.compile("ة(?=[ء-ۿ])|ؤ(?![ء-ۿ])")),
    (("ckb", "fa"), 0.1, re.compile("[ەیک]")),
    (("kmr",), 0.7, re.compile("[êîû]|xw")),
    # Badini, the Kurmanji of Iraq, is written in Arabic letters.
    (("kmr",), 2.0, re.compile("ڤ")),
    (("kmr", "tr"), 0.3, re.compile("ş")),
    (("tr",), 0.6, re.compile(r"[ğı]|(?:lar|ler|yor|dır|dir|mış|miş|acak|ecek|ları|leri|ım|nın|nin|sın|siniz)\b")),
    # Turkish is often typed without its own letters.
    (("tr",), 0.5, re.compile(r"[iu]yor|(?:[dsm]?iniz|lari|leri|larin|lerin|acak|ecek|imiz|dilar|diler)\b")),
    (("tr", "de"), 0.3, re.compile("[öü]")),
    (("ar",), 0.4, re.compile("(?<![ء-ۿ])ال[ء-ۿ]{3}|[ةأإىضصثذظط]")),
    (("ar",), 0.12, re.compile("[ء-غف-ي]{3,}")),
    # Arabic in Latin letters, with digits for the letters that Latin lacks.
    (
        ("ar",),
        2.0,
        re.compile(r"(?<![^\W_])(?=[a-z]*[37])[a-z]{1,8}[37][a-z]{1,8}(?![^\W_])|(?<![^\W_])[37][a-z]{2,8}"),
    ),
    (
        ("en",),
        0.25,
        re.compile(r"(?:ing|tion|ed|ly|'s|'t|ous|ness|able|ity)\b|(?<![^\W_])(?:th|wh|sh)[aeiou]|ck|ough|ee"),
    ),
    (("fa",), 0.2, re.compile("[پچگژ]")),
    (("ur",), 2.0, re.compile("[ٹڈڑںے]")),
    (("az",), 2.0, re.compile("ə")),
    (("de",), 1.0, re.compile("[äß]")),
    (("fr",), 0.6, re.compile("[èàœùôë]")),
    (("es",), 0.6, re.compile("[ñ¿¡áíóú]")),
    (("sv",), 1.0, re.compile("å")),
    (("pl",), 1.0, re.compile("[łąęśżźćń]")),
    (("pt",), 1.0, re.compile("[ãõ]")),
]
# One word or sign repeated often says no more than a few of them.
_WORD_REPEATS_COUNTED = 3
_SIGN_REPEATS_COUNTED = 10

_ARABIC_LETTER = re.compile("[ء-ۿ]")
_LATIN_LETTER = re.compile("[A-Za-zÀ-ɏ]")
_PRIOR_WEIGHT = 0.4
_EVIDENCE_NEEDED = 0.5


def identify_language(text: str, prior: Sequence[str] = ()) -> str:
    """Return the tag of the language ``text`` is written in, one of LANGUAGES, or "" for any other or none.

    ``prior`` lists the site's languages, the likeliest first. It decides where the text leaves doubt, never against
    the script: a text without a known word is taken to be in the first of them that is written in its letters.
    """
    scores = _scores(text[:_LETTERS_READ])
    for language in prior:
        if scores.get(language):
            scores[language] += _PRIOR_WEIGHT
    # In a fixed order, so that equal scores always give the same answer.
    best = max(sorted(scores), key=lambda language: (scores[language], language in prior), default="")
    if scores.get(best, 0.0) >= _EVIDENCE_NEEDED:
        return best if best in LANGUAGES else ""
    return next((language for language in prior if _script(language).search(text[:_LETTERS_READ])), "")


def _script(language: str) -> re.Pattern[str]:
    return _ARABIC_LETTER if language in {"ar", "ckb"} else _LATIN_LETTER


def _scores(text: str) -> dict[str, float]:
    scores: defaultdict[str, float] = defaultdict(float)
    for word, count in Counter(_WORD.findall(normalise(text).text)).items():
        for language, weight in _function_words().get(word, {}).items():
            scores[language] += weight * min(count, _WORD_REPEATS_COUNTED)
    lowered = text.replace("İ", "i").lower()
    for languages, weight, pattern in _SIGNS:
        if found := len(pattern.findall(lowered)):
            for language in languages:
                scores[language] += weight * min(found, _SIGN_REPEATS_COUNTED)
    return scores


@cache
def _function_words() -> Mapping[str, Mapping[str, float]]:
    """Return for each word its weight by language: the fewer languages share it, the more it says."""
    source = files("premod.judges").joinpath("function_words.tsv").read_text(encoding="utf-8")
    languages: defaultdict[str, set[str]] = defaultdict(set)
    for line in source.splitlines():
        if not line.startswith(("#", "language\t")):
            language, words = line.split("\t")
            for word in words.split():
                languages[normalise(word).text].add(language)
    return {word: dict.fromkeys(sharing, 1 / len(sharing)) for word, sharing in languages.items()}
