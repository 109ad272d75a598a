"""The docs are true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from premod.cli import COMMANDS
from premod.comments.models import LedgerOutcome, Status
from premod.configuration import SETTINGS
from premod.judges.registry import DEFAULT_JUDGES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def test_every_status_has_a_heading():
    concepts = (DOCS / "concepts.md").read_text()
    for status in Status:
        assert f"### {status}\n" in concepts


def test_every_command_has_a_heading():
    commands = (DOCS / "cli.md").read_text()
    for name in COMMANDS:
        assert f"## premod {name}\n" in commands


def test_every_setting_is_in_the_table_and_there_are_few():
    table = (DOCS / "settings.md").read_text()
    assert all(f"`{name}`" in table for name in SETTINGS)
    assert len(SETTINGS) <= 20


def test_every_judge_that_runs_by_default_is_in_the_glossary():
    concepts = (DOCS / "concepts.md").read_text()
    assert all(f"`{name}`" in concepts for name in DEFAULT_JUDGES)


def test_every_outcome_of_the_ledger_is_documented():
    ledger = (DOCS / "ledger.md").read_text()
    assert all(f"`{outcome}`" in ledger for outcome in LedgerOutcome)


@pytest.mark.parametrize("page", sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")]), ids=lambda page: page.name)
def test_every_link_within_the_docs_leads_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
        assert (page.parent / target).exists(), target
