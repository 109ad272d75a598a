"""A file of comments judged into a file of decisions."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from premod.domain.decision import Policy, highest_scores
from premod.files import STANDARD_STREAM, BadRow, Row, reader_of, writer_of
from premod.judges.base import Judge
from premod.pipeline import Assessment, assess


class BadRowError(ValueError):
    """A row of the input holds no comment; the message names the file and the row."""


@dataclass(slots=True)
class Tally:
    """How many comments got each decision, and the rows that were skipped."""

    decisions: Counter[str] = field(default_factory=Counter)
    skipped: list[BadRow] = field(default_factory=list)


def judge_file(
    source: Path,
    target: Path,
    judges: Sequence[Judge],
    policy: Policy,
    *,
    batch_size: int = 64,
    skip_errors: bool = False,
    advance: Callable[[int], object] = lambda _: None,
) -> Tally:
    """Judge every comment of ``source`` into ``target``; ``advance`` is told after each batch how many rows were read.

    ``target`` appears only when it is complete. Raise BadRowError at the first bad row, unless ``skip_errors``;
    UnknownFormatError, OSError and pyarrow's errors pass through.
    """
    tally = Tally()
    read, write_into = reader_of(source), writer_of(target)
    with _opened(source) as file, _complete(target) as out, write_into(out) as write:
        rows = read(file)
        while batch := list(islice(rows, batch_size)):
            good = [row for row in batch if isinstance(row, Row)]
            bad = [row for row in batch if isinstance(row, BadRow)]
            if bad and not skip_errors:
                raise BadRowError(f"{source}, {bad[0].place}: {bad[0].problem}")
            tally.skipped.extend(bad)
            assessments = assess([row.submission for row in good], judges, policy)
            tally.decisions.update(str(found.decision.outcome) for found in assessments)
            write([{"id": row.id, **as_output(found)} for row, found in zip(good, assessments, strict=True)])
            advance(len(batch))
    return tally


def as_output(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as plain values: decision, guidelines, scores, evidence, lang and reason."""
    decision = assessment.decision
    spans = sorted({span for verdict in assessment.verdicts for span in verdict.evidence})
    return {
        "decision": str(decision.outcome),
        "guidelines": list(decision.guidelines),
        "scores": highest_scores(assessment.verdicts),
        "evidence": [{"guideline": span.guideline, "start": span.start, "end": span.end} for span in spans],
        "lang": assessment.language,
        "reason": decision.reason,
    }


@contextmanager
def _opened(source: Path) -> Iterator[BinaryIO]:
    if source == STANDARD_STREAM:
        yield sys.stdin.buffer
        return
    with source.open("rb") as file:
        yield file


@contextmanager
def _complete(target: Path) -> Iterator[BinaryIO]:
    """Yield a file that becomes ``target`` when all went well, and is removed when it did not."""
    if target == STANDARD_STREAM:
        yield sys.stdout.buffer
        return
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
