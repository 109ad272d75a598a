"""A file of comments judged into a file of decisions."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from premod.domain.decision import Policy, highest_scores
from premod.files import STANDARD_STREAM, BadRow, Row, format_of
from premod.judges.base import Judge
from premod.pipeline import Assessment, assess


class BadRowError(ValueError):
    """A row of the input holds no comment; the message names the file and the row, and never quotes it."""


@dataclass(slots=True)
class Tally:
    """How many comments got each decision, and how many rows were skipped."""

    decisions: Counter[str] = field(default_factory=Counter)
    skipped: int = 0


def judge_file(
    source: Path,
    target: Path,
    judges: Sequence[Judge],
    policy: Policy,
    *,
    batch_size: int = 64,
    skip: Callable[[BadRow], object] | None = None,
    advance: Callable[[int], object] = lambda _: None,
) -> Tally:
    """Judge every comment of ``source`` into ``target``, either of which may be STANDARD_STREAM.

    ``target`` appears only when it is complete; a stream gets each batch when it is judged. ``skip`` is told each bad
    row, which is then left out; without it, and for a row that nothing can be read after, BadRowError is raised.
    ``advance`` is told after each batch how many rows were read. UnknownFormatError and OSError pass through, the
    latter also when ``target`` would replace ``source``.
    """
    tally = Tally()
    reading, written = format_of(source), format_of(target)
    _refuse_replacing(source, target)
    with _opened(source) as file, _complete(target) as out, written.writing(out) as write:
        rows = reading.read(file)
        while batch := list(islice(rows, batch_size)):
            good = _good_rows(source, batch, skip)
            if good:
                assessments = assess([row.submission for row in good], judges, policy)
                write([{"id": row.id, **as_output(found)} for row, found in zip(good, assessments, strict=True)])
                out.flush()
                tally.decisions.update(str(found.decision.outcome) for found in assessments)
            tally.skipped += len(batch) - len(good)
            advance(len(batch))
    return tally


def as_output(assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as plain values: decision, guidelines, scores, evidence, lang and reason.

    Scores and evidence are all that judges gave, on the signals of a policy too, not only on the guidelines decided by.
    """
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


def _good_rows(source: Path, batch: list[Row | BadRow], skip: Callable[[BadRow], object] | None) -> list[Row]:
    good = []
    for row in batch:
        if isinstance(row, Row):
            good.append(row)
        elif skip is None or row.ends:
            raise BadRowError(f"{source}, {row.place}: {row.problem}")
        else:
            skip(row)
    return good


def _refuse_replacing(source: Path, target: Path) -> None:
    if STANDARD_STREAM in {source, target}:
        return
    if target.exists() and source.exists() and target.samefile(source):
        raise shutil.SameFileError(f"{target}: the output would replace the comments")


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
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(target.parent))
    unfinished = target.with_name(f".premod-{secrets.token_hex(8)}")
    try:
        with unfinished.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
