"""``premod judge`` as its users type it, with the judges and the guidelines that ship."""

from __future__ import annotations

import csv
import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from premod.cli import main
from premod.defaults import DEFAULT_GUIDELINES_SOURCE
from support.server import wait_for

ABUSE = "You fucking idiot, go to hell"
FAIR = "The ferry should keep running meanwhile."
COLUMNS = ["id", "decision", "guidelines", "scores", "evidence", "lang", "reason"]


def judge(*arguments: str | Path, given: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["judge", *map(str, arguments)], input=given)


def started(*arguments: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "premod", "judge", *map(str, arguments)]
    # Which would hide that something waits in a buffer.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment)


def line(number: int | str, text: str = FAIR, **context: str) -> bytes:
    return json.dumps({"id": number, "text": text, **context}, ensure_ascii=False).encode() + b"\n"


def words(text: str, evidence: Sequence[dict[str, int]]) -> set[str]:
    return {text[span["start"] : span["end"]] for span in evidence}


def test_a_text_is_shown_with_decision_guidelines_evidence_scores_and_language():
    shown = judge(ABUSE)
    assert shown.exit_code == 0
    first, *rest = shown.output.splitlines()
    assert first.startswith("reject")
    assert any(item.startswith("  profanity: ") for item in rest)
    assert ABUSE in rest
    assert any(item.startswith("  4:") and item.endswith("profanity: fucking") for item in rest)
    assert any(item.startswith("  lexicon: ") and "profanity 0.9" in item for item in rest)
    assert "  language: en" in rest


def test_json_is_one_object_and_nothing_else():
    found = json.loads(judge("--json", ABUSE).stdout)
    assert [*found] == COLUMNS[1:]
    assert found["decision"] == "reject"
    assert "fucking" in words(ABUSE, found["evidence"])
    assert found["scores"]["profanity"] > 0.9


def test_the_words_at_fault_are_marked_on_a_terminal_in_the_right_place():
    text = f"\x1b[2J\r😀 {ABUSE}"
    primary, secondary = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "NO_COLOR": ""}
    command = [sys.executable, "-m", "premod", "judge", text]
    process = subprocess.Popen(command, stdout=secondary, env=environment)
    os.close(secondary)
    shown = b""
    while chunk := _read(primary):
        shown += chunk
    os.close(primary)
    assert process.wait() == 0
    assert b"\x1b[1;7mfucking" in shown
    assert b"\x1b[2J" not in shown
    assert "␛[2J␍😀".encode() in shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:
        # What Linux answers when the other end of a terminal was closed.
        return b""


def test_a_long_text_is_shown_without_new_line_ends():
    text = "word " * 100 + "\n  and indented"
    assert text in judge(text).output


def test_the_context_reaches_the_judges():
    alone = json.loads(judge("--json", "So he is an idiot?").stdout)
    answer = json.loads(judge("--json", "--parent-text", "He is an idiot.", "So he is an idiot?").stdout)
    assert answer["scores"]["personal_attack"] < alone["scores"]["personal_attack"]
    named = json.loads(judge("--json", "--publisher", "Zagros Gate", "Zagros Gate lies.").stdout)
    assert named["scores"]["publisher_criticism"] > 0.5


def test_the_language_may_be_given():
    assert json.loads(judge("--json", "--lang", "kmr", "Ok").stdout)["lang"] == "kmr"


def test_other_guidelines_may_be_given(tmp_path: Path):
    lax = tmp_path / "lax.toml"
    lax.write_text(DEFAULT_GUIDELINES_SOURCE.replace('code = "profanity"', 'code = "cursing"'))
    assert "profanity" not in json.loads(judge("--json", "--guidelines", lax, "What the fuck.").stdout)["guidelines"]
    lax.write_text("languages = []")
    refused = judge("--guidelines", lax, "hello")
    assert refused.exit_code == 1
    assert "lax.toml: 'languages' must list" in refused.stderr


def test_a_file_without_an_output_is_told_to_add_one(tmp_path: Path):
    source = tmp_path / "in.jsonl"
    source.write_bytes(line(1))
    for argument in (source, "-"):
        refused = judge(argument)
        assert refused.exit_code == 2
        assert "is a file: add --output OUT" in " ".join(refused.stderr.split())


@pytest.mark.parametrize("text", ["x" * 5000, "😀" * 2000, "a/b", "nul\0", ""])
def test_a_text_that_can_be_no_file_is_judged(text: str):
    assert judge("--json", text).exit_code == 0


def test_a_text_that_is_no_utf_8_is_refused():
    command = [sys.executable, "-m", "premod", "judge", b"\xff"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"TEXT is not valid UTF-8" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["text", "--skip-errors"], "--skip-errors needs --output"),
        (["text", "--batch-size", "2"], "--batch-size needs --output"),
        (["in.jsonl", "--output", "out.csv", "--json"], "--json needs no --output"),
        (["in.jsonl", "--output", "out.csv", "--lang", "en"], "--lang needs no --output"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(arguments: list[str], told: str):
    refused = judge(*arguments)
    assert refused.exit_code == 2
    assert told in refused.stderr


def test_json_lines_become_csv(tmp_path: Path):
    source, target = tmp_path / "in.ndjson", tmp_path / "out.csv"
    source.write_bytes(line("a", ABUSE) + line(2, FAIR, lang="en", publisher="Gazette"))
    done = judge(source, "--output", target)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr == "2 judged: 0 approve, 1 reject, 1 refer\n"
    with target.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [*rows[0]] == COLUMNS
    assert [(row["id"], row["decision"], row["lang"]) for row in rows] == [("a", "reject", "en"), ("2", "refer", "en")]
    assert "fucking" in words(ABUSE, json.loads(rows[0]["evidence"]))
    assert json.loads(rows[0]["scores"])["profanity"] > 0.9


def test_parquet_has_maps_and_lists(tmp_path: Path):
    pq.write_table(pa.table({"id": [1], "text": [ABUSE]}), tmp_path / "in.parquet")
    assert judge(tmp_path / "in.parquet", "--output", tmp_path / "out.parquet").exit_code == 0
    table = pq.read_table(tmp_path / "out.parquet")
    assert table.column_names == COLUMNS
    assert table.schema.field("scores").type == pa.map_(pa.string(), pa.float64())
    (row,) = table.to_pylist()
    assert "fucking" in words(ABUSE, row["evidence"])
    assert "profanity" in row["guidelines"]


def test_standard_input_and_output_are_json_lines():
    done = judge("-", "--output", "-", "--batch-size", "1", given=line(1, ABUSE) + line(2))
    assert [json.loads(item)["id"] for item in done.stdout.splitlines()] == ["1", "2"]
    assert done.stderr == "2 judged: 0 approve, 1 reject, 1 refer\n"


def test_each_batch_is_passed_on_when_it_is_judged():
    process = started("-", "--output", "-", "--batch-size", "1")
    assert process.stdin
    assert process.stdout
    process.stdin.write(line(1))
    process.stdin.flush()
    ready, _, _ = select.select([process.stdout], [], [], 30)
    told, _ = process.communicate()
    assert ready
    assert json.loads(told)["id"] == "1"
    assert process.returncode == 0


def test_a_reader_that_goes_away_ends_the_run_without_a_word():
    process = started("-", "--output", "-", "--batch-size", "1")
    assert process.stdout
    process.stdout.close()
    process.stdout = None
    _, told = process.communicate(line(1) * 50)
    assert process.returncode == 1
    assert told == b""


def test_a_bad_line_leaves_no_output_file(tmp_path: Path):
    source = tmp_path / "in.jsonl"
    source.write_bytes(line(1) + b'{"id": 2, "text": "secret", \n')
    refused = judge(source, "--output", tmp_path / "out.csv")
    assert refused.exit_code == 1
    assert refused.stderr == f"Error: {source}, line 2: not valid JSON; nothing was written\n"
    assert list(tmp_path.iterdir()) == [source]


def test_a_bad_line_on_its_way_to_standard_output_claims_nothing():
    refused = judge("-", "--output", "-", "--batch-size", "1", given=line(1) + b"{\n")
    assert refused.exit_code == 1
    assert refused.stderr == "Error: -, line 2: not valid JSON\n"


def test_skipped_lines_are_named_and_counted(tmp_path: Path):
    source = tmp_path / "in.jsonl"
    source.write_bytes(line(1) + b"{\n" + line(3) + b'{"id": 4, "text": ["secret"]}\n')
    done = judge(source, "--output", tmp_path / "out.jsonl", "--skip-errors")
    assert done.exit_code == 0
    assert done.stderr == (
        f"{source}, line 2: not valid JSON; skipped\n"
        f"{source}, line 4: text is not a string; skipped\n"
        "2 judged: 0 approve, 0 reject, 2 refer; 2 skipped\n"
    )
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("in.txt", "out.csv", "in.txt: the name must end in"),
        ("in.jsonl", "out.xlsx", "out.xlsx: the name must end in"),
        ("missing.jsonl", "out.csv", "missing.jsonl"),
        ("in.jsonl", "in.jsonl", "would replace the comments"),
        ("in.jsonl", "nowhere/out.csv", "there is no such folder"),
        ("junk.parquet", "out.csv", "junk.parquet, row 1: cannot be read as Parquet"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, target: str, told: str
):
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_bytes(line(1))
    Path("junk.parquet").write_bytes(b"junk")
    refused = judge(source, "--output", target)
    assert refused.exit_code == 1
    assert told in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "junk.parquet"]


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 1), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_run_that_is_ended_leaves_what_stood_there_and_nothing_else(
    tmp_path: Path, sign: signal.Signals, code: int, suffix: str
):
    target = tmp_path / f"out.{suffix}"
    target.write_text("before")
    process = started("-", "--output", target, "--batch-size", "1")
    assert process.stdin
    process.stdin.write(line(1) * 3)
    process.stdin.flush()
    wait_for(lambda: len(list(tmp_path.iterdir())) == 2, "an unfinished file")
    process.send_signal(sign)
    process.communicate()
    assert process.returncode == code
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_text() == "before"


@pytest.mark.parametrize(("option", "shown"), [([], False), (["--progress"], True)])
def test_progress_is_shown_off_a_terminal_only_when_asked_for(tmp_path: Path, option: list[str], *, shown: bool):
    (tmp_path / "in.jsonl").write_bytes(line(1) * 3)
    done = judge(tmp_path / "in.jsonl", "--output", tmp_path / "out.jsonl", *option)
    assert ("3/3" in done.stderr) is shown
    assert done.stdout == ""
