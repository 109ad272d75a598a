"""Numbers that stand in an address or are typed into a field."""

from __future__ import annotations

_MOST_DIGITS = 18


def number_in(text: str) -> int | None:
    """Read the number of a row, in any script's digits; None for what cannot be one."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else None
