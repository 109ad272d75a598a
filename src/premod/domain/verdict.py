"""What a judge may see of a comment, and what it may say about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Submission:
    """A comment as judges see it: the reader's exact text and its context, without any name or address.

    ``language`` is a BCP 47 primary tag ("en", "ar", "tr", "ckb", "kmr"), or empty when it is not known.
    """

    text: str
    article_title: str = ""
    article_summary: str = ""
    parent_text: str = ""
    language: str = ""
    publisher: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A span ``text[start:end]`` of the submitted text, in code points, that a guideline's score rests on."""

    guideline: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"evidence for {self.guideline} spans {self.start}:{self.end}, which is no span")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judge's finding on one submission.

    ``scores`` maps a guideline's code, or one of the signals a policy knows, to the probability in [0, 1] that it
    applies. A guideline the judge has no opinion on is left out: absence never means "clean".
    ``error`` says in one line why the judge could not answer, and is None when it did.

    Raises ValueError when a score is not a number in [0, 1].
    """

    judge: str
    scores: Mapping[str, float] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    error: str | None = None

    def __post_init__(self) -> None:
        for code, score in self.scores.items():
            # NaN fails every comparison, so the range test refuses it too.
            if not 0.0 <= score <= 1.0:
                raise ValueError(f"judge {self.judge} scored {code} {score}, outside 0 to 1")
        object.__setattr__(self, "scores", MappingProxyType(dict(self.scores)))
