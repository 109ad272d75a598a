"""Which listed word a masked one stands for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from premod.judges.disguise import MASKED_WORD_LETTERS, masked_words
from premod.judges.finder import Found
from premod.judges.letters import skeleton
from premod.judges.normalise import Normalised
from premod.judges.terms import NO_AFFIXES, Affixes, Match, Term

# A weak hint behind a mask would be a guess about a guess.
_MASKED_FROM_SEVERITY = 2
_MASKED_FROM_LETTERS = 3
_LETTERS_SHOWN = 2
_SHARE_SHOWN = 1 / 3


class MaskedTerms:
    """Finds the term of one word that a masked word such as "s**t" fits, each "*" standing for one letter."""

    def __init__(self, terms: Iterable[Term], affixes: Mapping[str, Affixes]) -> None:
        self._terms: dict[str, Term] = {}
        # The gravest first: where a mask fits several words, the one meant is the one worth masking.
        for term in sorted(terms, key=lambda term: -term.severity):
            if term.severity >= _MASKED_FROM_SEVERITY and term.match is not Match.ALLOW and term.text.isalpha():
                for form in _forms(term, affixes.get(term.language, NO_AFFIXES).suffixes):
                    self._terms.setdefault(form, term)
        by_length: defaultdict[int, list[str]] = defaultdict(list)
        for form in self._terms:
            by_length[len(form)].append(form)
        self._forms = {length: "\n".join(forms) for length, forms in by_length.items()}

    def find(self, plain: Normalised) -> Iterator[Found]:
        for word in masked_words(plain):
            if term := self._term(skeleton(word.pattern)):
                yield Found(term, word.start, word.end)

    def _term(self, pattern: str) -> Term | None:
        shown = len(pattern) - pattern.count("*")
        if shown < max(_LETTERS_SHOWN, len(pattern) * _SHARE_SHOWN) or len(pattern) < _MASKED_FROM_LETTERS:
            return None
        expression = re.compile("^" + pattern.replace("*", "[^\\n]") + "$", re.MULTILINE)
        fit = expression.search(self._forms.get(len(pattern), ""))
        return self._terms[fit.group()] if fit else None


def _forms(term: Term, suffixes: Sequence[str]) -> Iterator[str]:
    endings = [""] if term.match is Match.WORD else ["", *suffixes]
    for ending in endings:
        form = skeleton(term.text + ending)
        if _MASKED_FROM_LETTERS <= len(form) <= MASKED_WORD_LETTERS:
            yield form
