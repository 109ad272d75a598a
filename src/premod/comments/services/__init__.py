"""Every write. Interfaces, the worker and the command line change the tables through these functions only."""

from __future__ import annotations

from premod.comments.services.deciding import TRANSITIONS, record_decision, record_decisions, record_moderation
from premod.comments.services.erasing import erase_comment, withdraw_comment
from premod.comments.services.judging import judge_held_comments
from premod.comments.services.publishing import (
    close_article,
    create_site,
    publish_guidelines,
    save_article,
    update_site,
)
from premod.comments.services.submitting import Draft, submit_comment

__all__ = [
    "TRANSITIONS",
    "Draft",
    "close_article",
    "create_site",
    "erase_comment",
    "judge_held_comments",
    "publish_guidelines",
    "record_decision",
    "record_decisions",
    "record_moderation",
    "save_article",
    "submit_comment",
    "update_site",
    "withdraw_comment",
]
