from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import rfc8785

from premod.comments import ledger
from premod.comments.models import Comment, DecisionRecord, Site
from premod.comments.services import erase_comment
from premod.domain.decision import Outcome

ROOT = Path(__file__).parents[2]


@pytest.fixture
def decided(site: Site, submit: Callable[..., Comment], decide: Callable[..., Comment]) -> Site:
    decide(submit("Approved."), Outcome.APPROVE)
    decide(submit("Rejected."), Outcome.REJECT, "threat")
    decide(submit("Referred."), Outcome.REFER)
    submit("Held.")
    site.refresh_from_db()
    return site


def test_an_untouched_ledger_verifies(decided: Site):
    assert ledger.verify(decided) is None


def test_each_record_holds_the_hash_of_the_one_before(decided: Site):
    records = list(DecisionRecord.objects.order_by("sequence"))
    assert [record.previous_hash for record in records] == [ledger.GENESIS, records[0].hash, records[1].hash]


def test_an_export_holds_neither_names_nor_text(decided: Site):
    exported = b"".join(ledger.export(decided)).decode()
    assert "Bob" not in exported
    assert "Approved." not in exported
    assert "192.0.2.7" not in exported


def test_an_export_can_be_verified_with_nothing_but_json_and_sha_256(decided: Site):
    previous = "0" * 64
    for line in ledger.export(decided):
        record = json.loads(line)
        stated = record.pop("hash")
        assert record["previous"] == previous
        assert hashlib.sha256(rfc8785.dumps(record)).hexdigest() == stated
        previous = stated


@pytest.mark.skipif(shutil.which("node") is None, reason="the verifier in docs/ is written for Node")
def test_the_verifier_in_the_docs_accepts_an_export_and_names_the_altered_line(decided: Site, tmp_path: Path):
    exported = tmp_path / "ledger.jsonl"
    exported.write_bytes(b"".join(ledger.export(decided)))
    verifier = ["node", str(ROOT / "docs" / "verify-ledger.mjs"), str(exported)]
    accepted = subprocess.run(verifier, capture_output=True, text=True, check=True)
    assert "3 records" in accepted.stdout
    exported.write_bytes(exported.read_bytes().replace(b'"threat"', b'"thread"'))
    refused = subprocess.run(verifier, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "line 2" in refused.stderr


def test_after_an_erasure_the_chain_verifies_and_nothing_is_left(
    site: Site, submit: Callable[..., Comment], decide: Callable[..., Comment]
):
    erased = decide(submit("Forget me.", email="bob@example.org"), Outcome.APPROVE)
    commitment = erased.commitment
    erase_comment(erased)
    row = Comment.objects.get(pk=erased.pk)
    assert (row.text, bytes(row.salt), row.name, row.email, row.address, row.commenter_key) == ("", b"", "", "", "", "")
    assert row.commitment == commitment
    assert not row.verdicts.exists()
    assert row.decisions.order_by("sequence").last().outcome == "erase"
    site.refresh_from_db()
    assert ledger.verify(site) is None
