"""``premod worker``: judge held comments until told to stop."""

from __future__ import annotations

import logging
import signal
import time

import click
from django.conf import settings
from django.db import DatabaseError, connection

from premod.comments.services import judge_held_comments
from premod.judges.base import Judge
from premod.judges.registry import load_judges
from premod.project.parent import end_with_supervisor

logger = logging.getLogger("premod.worker")

IDLE_SECONDS = 0.2
AFTER_ERROR_SECONDS = 2.0


@click.command()
@click.option("--once", is_flag=True, help="Judge what is held now, then stop.")
def worker(*, once: bool) -> None:
    """Judge held comments, oldest first.

    Any number of workers may run on PostgreSQL; on SQLite one is enough. SIGTERM stops it after the batch in hand.
    """
    stop = Stop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop.request)
    end_with_supervisor()
    judges = load_judges(settings.JUDGES)
    logger.info("judging with %s", ", ".join(judge.name for judge in judges))
    while not stop.requested:
        pause = _judge_batch(judges)
        if once and pause == IDLE_SECONDS:
            return
        time.sleep(pause)


class Stop:
    """Whether a signal has asked to stop.

    A flag and no threading.Event: setting one takes a lock, and a second signal during that would wait for it for ever.
    """

    requested = False

    def request(self, *_: object) -> None:
        self.requested = True


def _judge_batch(judges: list[Judge]) -> float:
    """Judge one batch and return the seconds to wait before the next."""
    try:
        claimed = judge_held_comments(judges, limit=settings.BATCH_SIZE)
    except DatabaseError as error:
        # The class alone: a database's message may quote a row. The claim ends by itself and the batch is taken again.
        logger.error("the database failed: %s", type(error).__name__)  # noqa: TRY400
        connection.close()
        return AFTER_ERROR_SECONDS
    # Comments that come one by one are left to gather: a batch of one costs nearly as much as one of thirty.
    return 0.0 if claimed == settings.BATCH_SIZE else IDLE_SECONDS
