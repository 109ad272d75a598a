"""Everything a service refuses, with what a client needs to put it right; turned into HTTP in one place, the API."""

from __future__ import annotations

from http import HTTPStatus


class ServiceError(Exception):
    """A refusal: a stable ``code``, a sentence for humans, the field it is about and the limit it breaks, if any."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
        field: str | None = None,
        limit: int | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.field = field
        self.limit = limit


class DuplicateComment(ServiceError):  # noqa: N818 - named for what happened, as Django names its own.
    """The same commenter submitted the same text shortly before; ``receipt`` is the first one's."""

    def __init__(self, receipt: str) -> None:
        super().__init__(
            "duplicate",
            "You have already submitted this comment; here is its receipt.",
            status=HTTPStatus.CONFLICT,
            field="text",
        )
        self.receipt = receipt


class RateLimited(ServiceError):  # noqa: N818
    """Too many comments in a minute; another is welcome after ``retry_after_seconds``."""

    def __init__(self, limit: int, retry_after_seconds: int) -> None:
        super().__init__(
            "rate_limited",
            f"You may post {limit} comments a minute. Please try again in {retry_after_seconds} seconds.",
            status=HTTPStatus.TOO_MANY_REQUESTS,
            limit=limit,
        )
        self.retry_after_seconds = retry_after_seconds


class AlreadyDecided(ServiceError):  # noqa: N818
    """Somebody else decided on the comment first; their decision stands."""

    def __init__(self) -> None:
        super().__init__(
            "already_decided",
            "Somebody else has already decided on this comment. Their decision stands; yours was not recorded.",
            status=HTTPStatus.CONFLICT,
        )
