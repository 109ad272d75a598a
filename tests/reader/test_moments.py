from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from premod.reader.moments import date_in_words, month_names


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("en", "15 January 2021"), ("ar", "15 كانون الثاني 2021"), ("tr", "15 Ocak 2021"),
        ("ckb", "15 کانوونی دووەم 2021"), ("kmr", "15 çile 2021"),
    ],
)  # fmt: skip
def test_dates_are_written_in_every_language(language: str, day: str):
    with translation.override(language):
        assert date_in_words(date(2021, 1, 15)) == day
        assert len(set(month_names())) == 12
