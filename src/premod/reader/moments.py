"""Dates in words, in every language of the readers."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils.translation import pgettext

# Django has no Kurmanji, and names Kurdish solar months for Gregorian ones in Sorani: the months are our own.


def month_names() -> list[str]:
    """Return the twelve months in the language in force."""
    return [
        pgettext("month", "January"), pgettext("month", "February"), pgettext("month", "March"),
        pgettext("month", "April"), pgettext("month", "May"), pgettext("month", "June"),
        pgettext("month", "July"), pgettext("month", "August"), pgettext("month", "September"),
        pgettext("month", "October"), pgettext("month", "November"), pgettext("month", "December"),
    ]  # fmt: skip


def moment_pattern() -> str:
    """Return how a moment is written in the language in force; the page's script fills in local time the same way."""
    return pgettext("moment", "{day} {month} {year}, {time}")


def moment_in_words(moment: datetime) -> str:
    """Write a moment in UTC, which is what a page that every reader shares can know."""
    there = moment.astimezone(UTC)
    time = f"{there:%H:%M} UTC"
    return moment_pattern().format(day=there.day, month=month_names()[there.month - 1], year=there.year, time=time)


def date_in_words(day: date) -> str:
    pattern = pgettext("date", "{day} {month} {year}")
    return pattern.format(day=day.day, month=month_names()[day.month - 1], year=day.year)
