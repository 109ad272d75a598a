from __future__ import annotations

import pytest

from premod.judges.contacts import find_addresses, find_handles, find_numbers
from premod.judges.normalise import normalise


@pytest.mark.parametrize(
    "number",
    [
        "+964 750 123 45 67",
        "00964 750 123 4567",
        "0750 123 4567",
        "0532 123 45 67",
        "٠٧٧٠ ١٢٣ ٤٥٦٧",
        "0750xxxxxxx",
        "0750××××",
        "05** 441",
        "zero seven five oh, one two three, 45 67",
        "sıfır beş üç iki 123 45 67",
        "صفر سبعة خمسة صفر 123 45 67",
    ],
)
def test_a_telephone_number_is_found_however_it_is_written(number: str):
    copy = normalise(f"call {number} now")
    assert [copy.text[start:end] for start, end in find_numbers(copy.text)] == [normalise(number).text]


@pytest.mark.parametrize(
    "text",
    [
        "2014-2017 and 12.000.000 dinars",
        "no. 0012/2024",
        "3.14159265358979",
        "1991 2003 2014 2017",
        "15/01/2021 10:30",
        "Law 37 of 2021, article 140",
        "0.75 or 0.80",
        "one, two, three, here we go",
        "between 04.30 and 05.15 on 12.06.2024",
    ],
)
def test_dates_sums_and_laws_are_not_telephone_numbers(text: str):
    assert list(find_numbers(normalise(text).text)) == []


@pytest.mark.parametrize("text", ["0808 808 0000", "0800 111 2222"])
def test_a_line_that_is_free_to_call_is_not_an_adverts_number(text: str):
    assert list(find_numbers(text)) == []


@pytest.mark.parametrize("text", ["zagros@panels.com", "zagros at gmail", "zagros(at)panels dot com"])
def test_an_address_is_found_written_or_spelt(text: str):
    assert len(list(find_addresses(text))) == 1


def test_looking_at_something_is_no_address():
    assert list(find_addresses("look at yahoos in parliament, at the gate @ noon")) == []


def test_a_handle_is_found_but_not_within_an_address():
    assert list(find_handles("find me as @zagros, or a@b.com")) == [(11, 18)]


def test_the_readers_whom_a_comment_is_addressed_to_are_no_handles():
    assert list(find_handles("@rebwar, @hana you are right")) == []
