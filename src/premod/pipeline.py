"""The one way a comment is judged: worker, scoring API, command line and bulk job all call assess()."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from premod.domain.decision import Decision, Policy
from premod.domain.verdict import Submission, Verdict
from premod.judges.base import Judge
from premod.judges.language import identify_language

JUDGE_TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Assessment:
    """Every judge's verdict on one submission, the decision they led to, and the language it was judged in."""

    decision: Decision
    verdicts: tuple[Verdict, ...]
    language: str


def assess(
    submissions: Sequence[Submission],
    judges: Sequence[Judge],
    policy: Policy,
    *,
    languages: Sequence[str] = (),
    timeout_seconds: float = JUDGE_TIMEOUT_SECONDS,
) -> list[Assessment]:
    """Judge each submission and decide on it; the answer is in the same order and never raises for a judge's fault.

    A submission without a language gets the one it seems to be written in; ``languages``, the site's own with the usual
    one first, break ties. A judge that raises, takes longer than
    ``timeout_seconds`` for the batch, or returns another number of verdicts than submissions counts as an error on
    every one of them, which the policy refers.
    """
    known = [
        item if item.language else replace(item, language=identify_language(item.text, languages))
        for item in submissions
    ]
    columns = [_verdicts(judge, known, timeout_seconds) for judge in judges]
    rows = [tuple(column[index] for column in columns) for index in range(len(known))]
    return [Assessment(policy.decide(row), row, item.language) for item, row in zip(known, rows, strict=True)]


def _verdicts(judge: Judge, submissions: Sequence[Submission], timeout_seconds: float) -> Sequence[Verdict]:
    found: Sequence[Verdict] | str
    answer: queue.SimpleQueue[Sequence[Verdict] | str] = queue.SimpleQueue()

    def call() -> None:
        try:
            answer.put(judge.judge(submissions))
        except Exception as error:  # noqa: BLE001 - whatever a judge does wrong, its comments go to a human.
            # The class alone: a message may quote the comment, and this line is stored and logged.
            answer.put(f"raised {type(error).__name__}")

    # A daemon thread, since Python cannot stop a judge that hangs: it is left behind and the comments are referred.
    threading.Thread(target=call, daemon=True, name=f"judge-{judge.name}").start()
    try:
        found = answer.get(timeout=timeout_seconds)
    except queue.Empty:
        found = f"no answer within {timeout_seconds:g} seconds"
    fault = found if isinstance(found, str) else _fault(found, submissions)
    if fault is not None:
        return [Verdict(judge.name, error=fault)] * len(submissions)
    return cast("Sequence[Verdict]", found)


def _fault(verdicts: Sequence[Verdict], submissions: Sequence[Submission]) -> str | None:
    if len(verdicts) != len(submissions):
        return f"{len(verdicts)} verdicts for {len(submissions)} submissions"
    for verdict, submission in zip(verdicts, submissions, strict=True):
        if not isinstance(verdict, Verdict):
            return f"returned {type(verdict).__name__} for a verdict"
        if any(span.end > len(submission.text) for span in verdict.evidence):
            return "evidence past the end of the text"
    return None
