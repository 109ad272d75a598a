"""The app that owns every table, and the system checks of its settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from premod.judges.registry import UnknownJudgeError, find_judges


class CommentsConfig(AppConfig):
    name = "premod.comments"
    label = "comments"


@checks.register("premod")
def check_judges(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401, ARG001
    if not settings.JUDGES:
        return [
            checks.Error("PREMOD_JUDGES names no judge.", id="premod.E001", hint="Every comment would be referred.")
        ]
    try:
        find_judges(settings.JUDGES)
    except UnknownJudgeError as error:
        return [checks.Error(f"PREMOD_JUDGES: {error}", id="premod.E002")]
    return []


@checks.register("premod")
def check_numbers(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ANN401, ARG001
    """Each of these numbers must be at least 1: none of them has a meaning at 0."""
    names = {
        "PREMOD_BATCH_SIZE": settings.BATCH_SIZE,
        "PREMOD_LEASE_SECONDS": settings.LEASE_SECONDS,
        "PREMOD_JUDGE_TIMEOUT_SECONDS": settings.JUDGE_TIMEOUT_SECONDS,
    }
    errors: list[checks.CheckMessage] = [
        checks.Error(f"{name} must be at least 1.", id="premod.E003") for name, value in names.items() if value < 1
    ]
    if settings.LEASE_SECONDS <= settings.JUDGE_TIMEOUT_SECONDS:
        hint = "Otherwise a second worker takes comments that a slow judge is still busy with."
        errors.append(
            checks.Error("PREMOD_LEASE_SECONDS must exceed PREMOD_JUDGE_TIMEOUT_SECONDS.", id="premod.E004", hint=hint)
        )
    return errors
