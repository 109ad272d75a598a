"""Words the publisher does not print, listed per language (docs/lexicons.md)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from premod.domain.verdict import Evidence, Submission, Verdict
from premod.judges.disguise import readings, unspaced
from premod.judges.finder import Spans, TermFinder
from premod.judges.language import LANGUAGES, identify_language
from premod.judges.masks import MaskedTerms
from premod.judges.normalise import Normalised
from premod.judges.terms import Match, Term, read_affixes, read_terms, travels

# The share of comments that breach some guideline, by the language and severity of their gravest unquoted term:
# newsroom.jsonl and contrast.jsonl, train split, 3,181 comments with a term, half of the set breaching. Severity 3 was
# right in 1,274 of 1,275, but the lists were pruned on the same rows, so it is set lower; Turkish at what tweets of
# another source gave (offenseval_tr: 553 of 578).
SCORES = {
    "en": {1: 0.75, 2: 0.87, 3: 0.98},
    "ar": {1: 0.80, 2: 0.90, 3: 0.98},
    "tr": {1: 0.67, 2: 0.84, 3: 0.96},
    "ckb": {1: 0.75, 2: 0.86, 3: 0.98},
    "kmr": {1: 0.76, 2: 0.88, 3: 0.97},
}

# A term that the comment quotes, or that the article or the parent comment used first, is mostly there to be answered:
# 43 of 118 such comments breached (the same rows).
QUOTED_SCORE = 0.36

_QUOTED = re.compile(r"\"[^\"]{1,300}\"|(?<![^\W_])'[^']{1,300}'(?![^\W_])")


class Hit(NamedTuple):
    """A term found at ``[start:end]`` of the reader's text."""

    term: Term
    start: int
    end: int


class LexiconJudge:
    """Scores only the guidelines a listed term points to; the absence of terms never counts as clean.

    A score is the measured share of comments with such a term that breach some guideline (SCORES, by language and
    severity). Evidence is the term with its affixes, in the reader's own text.
    """

    name = "lexicon"

    def __init__(self, folder: Traversable | None = None) -> None:
        """Read the lists in ``folder``, by default the packaged ones. Raise TermListError for a faulty row."""
        folder = folder or files("premod.judges").joinpath("lexicons")
        affixes = read_affixes(folder.joinpath("affixes.tsv"))
        terms = [term for language in LANGUAGES for term in read_terms(folder.joinpath(f"{language}.tsv"), language)]
        self._finders: dict[str, tuple[TermFinder, MaskedTerms]] = {}
        for language in (*LANGUAGES, ""):
            chosen = [term for term in terms if term.language == language or travels(term)]
            self._finders[language] = (TermFinder(chosen, affixes), MaskedTerms(chosen, affixes))

    def judge(self, submissions: Sequence[Submission]) -> Sequence[Verdict]:
        return [self._verdict(submission) for submission in submissions]

    def _verdict(self, submission: Submission) -> Verdict:
        language = submission.language or identify_language(submission.text)
        language = language if language in self._finders else ""
        copies = readings(submission.text, language)
        scores: dict[str, float] = {}
        evidence: set[Evidence] = set()
        if hits := self._hits(copies, language):
            quoted = Spans(copies[0].span(*match.span()) for match in _QUOTED.finditer(copies[0].text))
            answered = self._context_terms(submission, language)
            for term, start, end in hits:
                score = SCORES[term.language][term.severity]
                if term.text in answered or quoted.cover(start, end):
                    score = min(score, QUOTED_SCORE)
                scores[term.guideline] = max(score, scores.get(term.guideline, 0.0))
                evidence.add(Evidence(term.guideline, start, end))
        return Verdict(self.name, scores, tuple(sorted(evidence)))

    def _hits(self, copies: Sequence[Normalised], language: str) -> list[Hit]:
        finder, masked = self._finders[language]
        gapless = unspaced(copies[-1])
        found = [Hit(item.term, *copy.span(item.start, item.end)) for copy in copies for item in finder.find(copy)]
        found += [Hit(item.term, *gapless.span(item.start, item.end)) for item in finder.find_split(gapless)]
        found += [Hit(item.term, *copies[0].span(item.start, item.end)) for item in masked.find(copies[0])]
        allowed = Spans((hit.start, hit.end) for hit in found if hit.term.match is Match.ALLOW)
        return [hit for hit in found if hit.term.match is not Match.ALLOW and not allowed.cover(hit.start, hit.end)]

    def _context_terms(self, submission: Submission, language: str) -> set[str]:
        context = f"{submission.article_title}\n{submission.article_summary}\n{submission.parent_text}"
        if not context.strip():
            return set()
        return {hit.term.text for hit in self._hits(readings(context, language), language)}
