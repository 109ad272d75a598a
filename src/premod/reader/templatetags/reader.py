"""Filters of the readers' pages."""

from __future__ import annotations

from django import template

from premod.domain.guidelines import Translated
from premod.reader.moments import date_in_words, moment_in_words, moment_pattern, month_names

register = template.Library()
register.filter("moment", moment_in_words)
register.filter("day", date_in_words)
register.simple_tag(moment_pattern, name="moment_pattern")


@register.filter
def in_language(translated: Translated, language: str) -> str:
    return translated.in_language(language)


@register.simple_tag
def months() -> str:
    """Return the twelve months for the page's script."""
    return "|".join(month_names())
