from __future__ import annotations

import re

import pytest

from premod.defaults import DEFAULT_GUIDELINES_SOURCE, default_guidelines
from premod.domain.guidelines import GuidelinesError, parse_guidelines

CODES = (
    "profanity", "threat", "personal_attack", "vulgarity", "sexism", "racism", "homophobia", "xenophobia",
    "other_abuse", "commercial_promotion", "personal_promotion",
)  # fmt: skip


def test_the_shipped_guidelines_have_every_published_rule():
    assert default_guidelines().codes == CODES


@pytest.mark.parametrize("language", ["en", "ar", "tr", "ckb", "kmr"])
def test_every_rule_is_told_in_every_language(language: str):
    guidelines = default_guidelines()
    for entry in (*guidelines.guidelines, *guidelines.welcome):
        assert entry.title.texts[language].strip()
        assert entry.text.texts[language].strip()
    assert guidelines.introduction.texts[language].strip()


def test_criticism_of_the_publisher_is_welcome_and_protected():
    assert default_guidelines().protected == {"publisher_criticism"}


def test_a_reader_of_another_language_is_told_in_the_first():
    guideline = default_guidelines().guideline("threat")
    assert guideline.title.in_language("fr") == guideline.title.texts["en"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("languages = [", "languages = 7 #"), "languages"),
        (('code = "threat"', 'code = "profanity"'), "profanity stands twice"),
        (('code = "threat"', 'code = "Threat!"'), "code 'Threat!'"),
        (("reject_above = 0.95", "reject_above = 0.01"), "thresholds"),
        (("[introduction]", "[introduction"), "not valid TOML"),
        (("[introduction]", "[preface]"), "introduction"),
    ],
)
def test_a_broken_file_is_refused_naming_the_entry(change: tuple[str, str], message: str):
    source = DEFAULT_GUIDELINES_SOURCE
    assert change[0] in source
    with pytest.raises(GuidelinesError, match=re.escape(message)):
        parse_guidelines(source.replace(*change, 1), number=1)


def test_guidelines_without_a_rule_are_refused_since_they_would_approve_everything():
    with pytest.raises(GuidelinesError, match="approve everything"):
        parse_guidelines('languages = ["en"]\n[introduction]\nen = "Welcome."\n', number=1)
