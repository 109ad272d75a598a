"""Files of comments judged into files of decisions."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from shutil import SameFileError

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from premod.defaults import default_guidelines
from premod.domain.decision import Policy
from premod.domain.verdict import Evidence, Submission, Verdict
from premod.files import BadRow, UnknownFormatError
from premod.judging import BadRowError, judge_file
from support.judges import BrokenJudge, FakeJudge

POLICY = Policy(default_guidelines())
CODES = POLICY.guidelines.codes
TEXTS = [
    "plain",
    "  spaces around, and a tab\t ",
    'a "quoted" line\nand, another\r\nand a third\r',
    "😀👩‍👩‍👧 e\u0301 ئەم هەواڵە\u200c \u202e نص عربي مُشَكَّل",
    "x" * 5000,
]


class LongJudge:
    """Takes what is longer than 100 characters for a threat, with its first ten characters as evidence."""

    name = "long"

    def __init__(self) -> None:
        self.seen: list[Submission] = []

    def judge(self, submissions: Sequence[Submission]) -> list[Verdict]:
        self.seen.extend(submissions)
        return [self._verdict(item.text) for item in submissions]

    def _verdict(self, text: str) -> Verdict:
        if len(text) <= 100:
            return Verdict(self.name, dict.fromkeys(CODES, 0.0))
        return Verdict(self.name, {**dict.fromkeys(CODES, 0.0), "threat": 1.0}, (Evidence("threat", 0, 10),))


def write_json_lines(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))


def write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def write_parquet(path: Path, rows: list[dict[str, str]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path)


def read(path: Path) -> list[dict[str, object]]:
    if path.suffix == ".parquet":
        rows = pq.read_table(path).to_pylist()
        return [{**row, "scores": dict(row["scores"])} for row in rows]
    if path.suffix == ".csv":
        with path.open(newline="") as file:
            nested = ("guidelines", "scores", "evidence")
            return [{**row, **{name: json.loads(row[name]) for name in nested}} for row in csv.DictReader(file)]
    return [json.loads(line) for line in path.read_text().splitlines()]


FORMATS = {"jsonl": write_json_lines, "csv": write_csv, "parquet": write_parquet}


@pytest.mark.parametrize("written", FORMATS)
@pytest.mark.parametrize("wanted", FORMATS)
def test_every_format_is_read_and_written_without_touching_the_text(tmp_path: Path, written: str, wanted: str):
    source, target = tmp_path / f"in.{written}", tmp_path / f"out.{wanted}"
    FORMATS[written](source, [{"id": f"c{number}", "text": text} for number, text in enumerate(TEXTS)])
    judge = LongJudge()
    tally = judge_file(source, target, [judge], POLICY, batch_size=2)
    assert [item.text for item in judge.seen] == TEXTS
    assert tally.decisions == {"approve": 4, "reject": 1}
    rows = read(target)
    assert [row["id"] for row in rows] == [f"c{number}" for number in range(len(TEXTS))]
    assert rows[-1]["decision"] == "reject"
    assert rows[-1]["guidelines"] == ["threat"]
    assert rows[-1]["scores"] == {**dict.fromkeys(CODES, 0.0), "threat": 1.0}
    assert rows[-1]["evidence"] == [{"guideline": "threat", "start": 0, "end": 10}]


def test_judges_are_given_the_context(tmp_path: Path):
    row = {
        "id": "1", "text": "Yes.", "lang": "tr", "article_title": "Liman", "article_summary": "Rıhtım",
        "parent_text": "Peki?", "publisher": "Gazete", "unknown": "ignored",
    }  # fmt: skip
    write_csv(tmp_path / "in.csv", [row])
    judge = FakeJudge({})
    judge_file(tmp_path / "in.csv", tmp_path / "out.jsonl", [judge], POLICY)
    assert judge.asked == [Submission("Yes.", "Liman", "Rıhtım", "Peki?", "tr", "Gazete")]
    assert read(tmp_path / "out.jsonl")[0]["lang"] == "tr"


BAD_LINES = {
    b'{"id": 1, "text": ': "line 2: not valid JSON",
    b"[" * 100_000: "line 2: not valid JSON",
    b'["id", "text"]': "line 2: not a JSON object",
    b'{"text": "secret"}': "line 2: id is missing",
    b'{"id": "2"}': "line 2: text is missing",
    b'{"id": "2", "text": 7}': "line 2: text is not a string",
    b'{"id": "2", "text": "\xff"}': "line 2: not valid UTF-8",
    b'{"id": "2", "text": "\\ud83d"}': "line 2: text is not valid UTF-8",
    b'{"id": "2", "text": "secret", "lang": ["en"]}': "line 2: lang is not a string",
}


@pytest.mark.parametrize("wanted", FORMATS)
@pytest.mark.parametrize("line", BAD_LINES, ids=BAD_LINES.values())
def test_a_bad_line_leaves_no_output_file(tmp_path: Path, line: bytes, wanted: str):
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"id": "1", "text": "fine"}\n' + line + b"\n")
    with pytest.raises(BadRowError) as stopped:
        judge_file(source, tmp_path / f"out.{wanted}", [FakeJudge({})], POLICY, batch_size=1)
    assert str(stopped.value) == f"{source}, {BAD_LINES[line]}"
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.parametrize("wanted", FORMATS)
def test_bad_lines_may_be_skipped_and_are_told(tmp_path: Path, wanted: str):
    source, target = tmp_path / "in.jsonl", tmp_path / f"out.{wanted}"
    source.write_bytes(b"\n".join([b'{"id": "1", "text": "fine"}', *BAD_LINES, b'{"id": "9", "text": "fine"}']))
    told: list[BadRow] = []
    tally = judge_file(source, target, [FakeJudge({})], POLICY, batch_size=2, skip=told.append)
    assert tally.skipped == len(BAD_LINES)
    assert [row.place for row in told] == [f"line {number}" for number in range(2, 2 + len(BAD_LINES))]
    assert [row["id"] for row in read(target)] == ["1", "9"]


def test_a_row_that_nothing_can_be_read_after_is_not_skipped(tmp_path: Path):
    (tmp_path / "in.csv").write_text("number,text\n1,secret\n")
    with pytest.raises(BadRowError, match=r"in\.csv, line 1: the header has no column id$"):
        judge_file(tmp_path / "in.csv", tmp_path / "out.csv", [FakeJudge({})], POLICY, skip=lambda _: None)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("wanted", FORMATS)
def test_a_file_without_comments_gives_one_without_decisions(tmp_path: Path, wanted: str):
    (tmp_path / "in.jsonl").write_text("")
    judge = FakeJudge({})
    assert not judge_file(tmp_path / "in.jsonl", tmp_path / f"out.{wanted}", [judge], POLICY).decisions
    assert read(tmp_path / f"out.{wanted}") == []


def test_the_comments_are_never_replaced_by_the_decisions_on_them(tmp_path: Path):
    source, alias = tmp_path / "in.jsonl", tmp_path / "alias.jsonl"
    write_json_lines(source, [{"id": "1", "text": "one"}])
    alias.hardlink_to(source)
    for target in (source, alias):
        with pytest.raises(SameFileError, match="would replace the comments"):
            judge_file(source, target, [FakeJudge({})], POLICY)
    assert "one" in source.read_text()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    write_json_lines(tmp_path / "in.jsonl", [{"id": "1", "text": "one"}])
    with pytest.raises(FileNotFoundError, match=r"there is no such folder: '.*/nowhere'"):
        judge_file(tmp_path / "in.jsonl", tmp_path / "nowhere" / "out.jsonl", [FakeJudge({})], POLICY)


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.jsonl"])
def test_a_broken_judge_refers_and_its_message_is_kept_out(tmp_path: Path, name: str):
    write_json_lines(tmp_path / "in.jsonl", [{"id": "1", "text": "secret"}])
    judge_file(tmp_path / "in.jsonl", tmp_path / name, [BrokenJudge()], POLICY)
    assert read(tmp_path / name)[0]["decision"] == "refer"
    assert b"secret" not in (tmp_path / name).read_bytes()


@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError])
def test_an_interrupted_run_keeps_what_stood_there_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: type[BaseException]
):
    write_json_lines(tmp_path / "in.jsonl", [{"id": "1", "text": "one"}, {"id": "2", "text": "two"}])
    target = tmp_path / "out.jsonl"
    target.write_text("before")

    def interrupt(count: int) -> None:
        raise failure

    with pytest.raises(failure):
        judge_file(tmp_path / "in.jsonl", target, [FakeJudge({})], POLICY, batch_size=1, advance=interrupt)
    assert target.read_text() == "before"
    assert len(list(tmp_path.iterdir())) == 2


def test_an_unknown_format_is_refused_before_anything_is_read_or_written(tmp_path: Path):
    for source, target in (("in.txt", "out.jsonl"), ("in.jsonl", "out.txt")):
        with pytest.raises(UnknownFormatError, match="must end in"):
            judge_file(tmp_path / source, tmp_path / target, [], POLICY)
    assert list(tmp_path.iterdir()) == []


def test_the_progress_is_told(tmp_path: Path):
    write_json_lines(tmp_path / "in.jsonl", [{"id": str(number), "text": "x"} for number in range(5)])
    told: list[int] = []
    advance: Callable[[int], None] = told.append
    judge_file(tmp_path / "in.jsonl", tmp_path / "o.csv", [FakeJudge({})], POLICY, batch_size=2, advance=advance)
    assert told == [2, 2, 1]
