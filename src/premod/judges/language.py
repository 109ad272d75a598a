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

# A function word counts 1. Letters that hardly any other language uses count by how sure they are.
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ARABIZI_WORD = re.compile(r"(?<![^\W_])(?=[a-z]*[37])[a-z]{1,8}[37][a-z]{1,8}(?![^\W_])|(?<![^\W_])[37][a-z]{2,8}")
_LETTERS = {
    # Older Sorani fonts wrote ة for ە: in Arabic it never stands within a word.
    "ckb": (re.compile("[ێۆڵڕ]|ة(?=[ء-ۿ])|ؤ(?![ء-ۿ])"), 1.0),
    "kmr": (re.compile("[êîû]|xw"), 0.7),
    "kmr/": (re.compile("ڤ"), 2.0),
    "tr": (re.compile("[ğı]|(?:lar|ler|yor|dır|dir|mış|miş|acak|ecek|ları|leri|ım|nın|nin|sın|siniz)\\b"), 0.6),
    "tr/kmr": (re.compile("[ş]"), 0.3),
    "tr/de": (re.compile("[öü]"), 0.3),
    "az": (re.compile("ə"), 2.0),
    "fa": (re.compile("[پچگژ]"), 0.2),
    "ur": (re.compile("[ٹڈڑںے]"), 2.0),
    "ckb/fa/": (re.compile("[ەیک]"), 0.1),
    "ar/": (re.compile("[ء-غف-ي]{3,}"), 0.12),
    "tr/": (re.compile("[iu]yor|[dsm]iniz\\b|(?:lari|leri|larin|lerin|acak|ecek|misiniz|imiz|iniz|dilar|diler)\\b"), 0.5),
    "en": (re.compile("(?:ing|tion|ed|ly|'s|'t|ous|ness|able|ity)\\b|(?<![^\\W_])(?:th|wh|sh)[aeiou]|ck|ough|ee"), 0.25),
    "ar": (re.compile("(?<![ء-ۿ])ال[ء-ۿ]{3}|[ةأإىضصثذظط]"), 0.4),
    "de": (re.compile("[äß]"), 1.0),
    "fr": (re.compile("[èàœùôë]"), 0.6),
    "es": (re.compile("[ñ¿¡áíóú]"), 0.6),
    "sv": (re.compile("[å]"), 1.0),
    "pl": (re.compile("[łąęśżźćń]"), 1.0),
    "pt": (re.compile("[ãõ]"), 1.0),
}
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
    lowered = text.replace("İ", "i").lower()
    scores: defaultdict[str, float] = defaultdict(float)
    for word, count in Counter(_WORD.findall(normalise(text).text)).items():
        for language, weight in _function_words().get(word, {}).items():
            scores[language] += weight * min(count, 3)
    for languages, (pattern, weight) in _LETTERS.items():
        found = len(pattern.findall(lowered))
        for language in filter(None, languages.split("/")):
            scores[language] += weight * min(found, 10)
    scores["ar"] += 2.0 * len(_ARABIZI_WORD.findall(lowered))
    return {language: score for language, score in scores.items() if score}


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
