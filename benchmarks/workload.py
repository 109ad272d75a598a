"""The comments that both servers are filled with: who wrote what, where, when, and in answer to what."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from texts import paragraphs

SEED = 20_261_128
DAY_SECONDS = 86_400.0
YEAR_SECONDS = 365 * DAY_SECONDS
REPLIES = 0.4
COMMENTERS = 50_000
BACKGROUND_ARTICLE_COMMENTS = 20
HELD_ARTICLES = 1_000


class Fate(StrEnum):
    APPROVED = "approved"
    REJECTED = "rejected"
    REFERRED = "referred"


_FATES = (Fate.APPROVED,) * 92 + (Fate.REJECTED,) * 5 + (Fate.REFERRED,) * 3


@dataclass(frozen=True, slots=True)
class Thread:
    """An article and how many comments it gets; ``measured`` threads have approved comments only, for exact sizes."""

    slug: str
    comments: int
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One comment: ``number`` counts from 1 in order of submission, ``parent`` is the number of an approved one."""

    number: int
    thread: int
    parent: int | None
    commenter: int
    text: str
    seconds: float
    fate: Fate


SHORT = Thread("thread-of-50", 50, measured=True)
LONG = Thread("thread-of-5000", 5_000, measured=True)


def threads(background: int) -> list[Thread]:
    """Return the two measured threads, and as many articles of 20 comments as the background takes."""
    count = max(HELD_ARTICLES, background // BACKGROUND_ARTICLE_COMMENTS)
    return [SHORT, LONG, *(Thread(background_slug(number), BACKGROUND_ARTICLE_COMMENTS) for number in range(count))]


def background_slug(number: int) -> str:
    return f"article-{number}"


def plan(wanted: Sequence[Thread]) -> Iterator[Planned]:
    """Yield every comment of the threads in order of submission: an article's come within days, amid all others'."""
    dice = random.Random(SEED)  # noqa: S311 - repeatable, and no secret.
    texts = paragraphs()
    roots: defaultdict[int, list[int]] = defaultdict(list)
    for number, (seconds, thread) in enumerate(_arrivals(wanted, dice), start=1):
        fate = Fate.APPROVED if wanted[thread].measured else dice.choice(_FATES)
        parent = dice.choice(roots[thread]) if roots[thread] and dice.random() < REPLIES else None
        if parent is None and fate is Fate.APPROVED:
            roots[thread].append(number)
        yield Planned(number, thread, parent, dice.randrange(COMMENTERS), texts[number % len(texts)], seconds, fate)


def _arrivals(wanted: Sequence[Thread], dice: random.Random) -> list[tuple[float, int]]:
    found: list[tuple[float, int]] = []
    for index, thread in enumerate(wanted):
        published = dice.uniform(0, YEAR_SECONDS)
        found.extend((published + dice.expovariate(1 / DAY_SECONDS), index) for _ in range(thread.comments))
    return sorted(found)
