"""What every judge is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from premod.domain.verdict import Submission, Verdict


class Judge(Protocol):
    """Scores submissions. It returns numbers and spans; it has no way to return text."""

    name: str

    def judge(self, submissions: Sequence[Submission]) -> Sequence[Verdict]:
        """Return one verdict for each submission, in the same order.

        A judge that cannot score a submission returns a Verdict with ``error`` set. It may raise: every comment of the
        batch is then referred.
        """
        ...
