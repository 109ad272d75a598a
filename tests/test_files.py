"""Comments in files, row by row."""

from __future__ import annotations

import csv
import io
import json
import secrets
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from premod.files import BadRow, Row, UnknownFormatError, comma_separated, count_rows, format_of, lines, parquet

TEXTS = [
    "plain",
    "",
    "  spaces around, and a tab\t ",
    'a "quoted" line\nand, another\r\nand a third\rend\n',
    "😀👩‍👩‍👧 🏳️‍🌈 e\u0301 ئەم هەواڵە\u200c \u202e نص عربي مُشَكَّل",
    "no\u2028line\u2029end\x85here\x0b\x0c",
    "\ufeffa mark inside",
    "=1+1",
    "x" * 5000,
    "😀" * 5000,
]


def json_lines(rows: list[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def comma(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, rows[0].keys())
    table.writeheader()
    table.writerows(rows)
    return out.getvalue().encode()


def table(rows: list[dict[str, Any]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


FORMATS: dict[str, Callable[[list[dict[str, Any]]], bytes]] = {"jsonl": json_lines, "csv": comma, "parquet": table}


def read(suffix: str, content: bytes) -> list[Row | BadRow]:
    return list(format_of(Path(f"in.{suffix}")).read(io.BytesIO(content)))


def bad(suffix: str, content: bytes) -> list[str]:
    return [f"{row.place}: {row.problem}" for row in read(suffix, content) if isinstance(row, BadRow)]


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_text_is_read_as_it_stands(suffix: str):
    found = read(suffix, FORMATS[suffix]([{"id": f"c{n}", "text": text} for n, text in enumerate(TEXTS)]))
    assert [row.submission.text for row in found if isinstance(row, Row)] == TEXTS


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_id_may_be_a_number_and_unknown_fields_are_ignored(suffix: str):
    (row,) = read(suffix, FORMATS[suffix]([{"id": 7, "text": "x", "author": "Zoe", "publisher": "Gazette"}]))
    assert isinstance(row, Row)
    assert row.id == "7"
    assert row.submission.publisher == "Gazette"


@pytest.mark.parametrize("suffix", ["jsonl", "parquet"])
def test_a_field_that_is_null_counts_as_left_out(suffix: str):
    rows = [{"id": "1", "text": "x", "lang": None}, {"id": "2", "text": "x", "lang": "tr"}]
    found = read(suffix, FORMATS[suffix](rows))
    assert [row.submission.language for row in found if isinstance(row, Row)] == ["", "tr"]


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_a_byte_order_mark_is_no_part_of_the_first_line(suffix: str):
    (row,) = read(suffix, b"\xef\xbb\xbf" + FORMATS[suffix]([{"id": "1", "text": "x"}]))
    assert isinstance(row, Row)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"id": [], "text": "secret"}', "id is neither a string nor a whole number"),
        (b'{"id": 1.5, "text": "secret"}', "id is neither a string nor a whole number"),
        (b'{"id": true, "text": "secret"}', "id is neither a string nor a whole number"),
        (b'{"id": "", "text": "secret"}', "id is missing"),
        (b'{"id": "\\ud83d", "text": "secret"}', "id is not valid UTF-8"),
        (b'{"id": "1", "text": null}', "text is missing"),
        (b'{"id": "1", "text": "secret", "lang": false}', "lang is not a string"),
        (b'{"id": "1", "text": "secret", "parent_text": "\\udc00"}', "parent_text is not valid UTF-8"),
        (b"null", "not a JSON object"),
        (b"\x00", "not valid JSON"),
        (b'{"id": ' + b"9" * 5000 + b', "text": "secret"}', "not valid JSON"),
    ],
)
def test_a_bad_line_is_named_and_those_around_it_are_read(line: bytes, problem: str):
    fine = b'{"id": "1", "text": "fine"}'
    content = b"\n".join([fine, b"", line, fine])
    assert bad("jsonl", content) == [f"line 3: {problem}"]
    assert len(read("jsonl", content)) == 3


def test_lines_end_where_json_lines_says_and_nowhere_else():
    content = '{"id": "1", "text": "a\\nb"}\r\n{"id": "2", "text": "\u2028\x85"}\r\n7'.encode()
    assert bad("jsonl", content) == ["line 3: not a JSON object"]
    assert len(read("jsonl", content)) == 3


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_large_file_is_not_held_in_memory(tmp_path: Path, suffix: str):
    path = tmp_path / f"in.{suffix}"
    # Random, so that Parquet cannot keep it small.
    path.write_bytes(FORMATS[suffix]([{"id": number, "text": secrets.token_hex(4000)} for number in range(5_000)]))
    before = most = pa.total_allocated_bytes()
    tracemalloc.start()
    with path.open("rb") as file:
        for _ in format_of(path).read(file):
            most = max(most, pa.total_allocated_bytes())
    held = most - before + tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 38_000_000
    assert held < 28_000_000


@pytest.mark.parametrize("suffix", ["jsonl", "csv"])
def test_a_file_that_is_one_endless_line_is_not_taken_into_memory(suffix: str, monkeypatch: pytest.MonkeyPatch):
    class Endless(io.RawIOBase):
        def readline(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert 0 < size <= 2 << 20
            return b"x" * size

    monkeypatch.setattr(lines, "LONGEST_LINE_MIB", 1)
    (row,) = format_of(Path(f"in.{suffix}")).read(Endless())  # type: ignore[arg-type]
    assert isinstance(row, BadRow)
    assert row.place == "line 1"
    assert row.ends


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (b"id,text\n1,fine\n2,one,secret\n3,fine\n", ["line 3: 3 columns, where the header has 2"]),
        (b"id,text\n1,fine\n2\n3,fine\n", ["line 3: 1 columns, where the header has 2"]),
        (b'id,text\n1,"a\nb"\n2,"c\nd",secret\n3,fine\n', ["lines 4 to 5: 3 columns, where the header has 2"]),
        (b'id,text\n1,fine\n2,"secret" words\n3,fine\n', ["line 3: not valid CSV"]),
        (b'id,text\n1,fine\n\n3,"open\nand on\n', ["lines 4 to 5: not valid CSV"]),
        (b"id,text\n1,fine\n\xff,secret\n3,fine\n", ["line 3: id is not valid UTF-8"]),
        (b"id,text\n1,fine\n3,\xe2\x82\n3,fine\n", ["line 3: text is not valid UTF-8"]),
        (b"id,text\n1,fine\n,secret\n3,fine\n", ["line 3: id is missing"]),
    ],
)
def test_a_bad_csv_row_is_named_by_its_lines_and_those_around_it_are_read(content: bytes, problems: list[str]):
    assert bad("csv", content) == problems
    assert any(isinstance(row, Row) for row in read("csv", content))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the header has no column id"),
        (b"number,text\n1,secret\n", "the header has no column id"),
        (b"id;text\n1;secret\n", "the header has no column id"),
        (b"id,body\n1,secret\n", "the header has no column text"),
        (b"id,text,text\n1,secret,x\n", "the header has the column text twice"),
        (b'"i"d,text\nid,text\n1,secret\n', "not valid CSV"),
    ],
)
def test_without_a_good_header_no_csv_row_is_read(content: bytes, problem: str):
    assert read("csv", content) == [BadRow("line 1", problem, ends=True)]


def test_a_quote_that_is_never_closed_takes_in_a_limited_part_of_the_file():
    limit = comma_separated.LONGEST_FIELD_CHARACTERS
    rest = b"".join(b"%d,fine\n" % number for number in range(limit // 8))
    found = read("csv", b'id,text\n1,"open\n' + rest)
    assert isinstance(found[0], BadRow)
    assert found[0].place.startswith("lines 2 to ")
    assert isinstance(found[-1], Row)


def test_a_parquet_row_that_is_not_utf_8_is_named_and_those_around_it_are_read():
    texts = pa.array([b"fine", b"\xff\xfe", b"fine"]).cast(pa.string(), safe=False)
    out = io.BytesIO()
    pq.write_table(pa.table({"id": ["1", "2", "3"], "text": texts}), out)
    assert bad("parquet", out.getvalue()) == ["row 2: not valid UTF-8"]
    assert len(read("parquet", out.getvalue())) == 3


def test_a_parquet_column_of_another_type_is_told():
    assert bad("parquet", table([{"id": "1", "text": b"secret"}])) == ["row 1: text is not a string"]
    assert bad("parquet", table([{"id": "1", "body": "secret"}])) == ["row 1: there is no column text"]


def test_a_parquet_file_is_read_from_dictionaries_and_large_strings():
    columns = {
        "id": pa.array([1]),
        "text": pa.array(["x"], pa.large_string()),
        "lang": pa.array(["tr"]).dictionary_encode(),
    }
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    (row,) = read("parquet", out.getvalue())
    assert isinstance(row, Row)
    assert (row.id, row.submission.language) == ("1", "tr")


@pytest.mark.parametrize("damage", [slice(0, 3), slice(0, -20), slice(20, None)], ids=["short", "cut", "headless"])
def test_what_is_no_parquet_file_is_told(damage: slice):
    content = table([{"id": str(number), "text": "secret"} for number in range(3000)])
    assert bad("parquet", content[damage])[-1].endswith(": cannot be read as Parquet")


def test_parquet_output_is_in_large_row_groups(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parquet, "ROWS_IN_A_GROUP", 100)
    row = {
        "id": "1", "decision": "refer", "guidelines": ["threat"], "scores": {"threat": 0.5},
        "evidence": [{"guideline": "threat", "start": 0, "end": 2}], "lang": "", "reason": "",
    }  # fmt: skip
    out = io.BytesIO()
    with parquet.writing(out) as write:
        for _ in range(21):
            write([row] * 10)
    written = pq.ParquetFile(out)
    groups = [written.metadata.row_group(number).num_rows for number in range(written.num_row_groups)]
    assert groups == [100, 100, 10]
    assert written.schema_arrow.field("scores").type == pa.map_(pa.string(), pa.float64())
    assert written.read().to_pylist()[0] == {**row, "scores": [("threat", 0.5)]}


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_without_comments_is_none(suffix: str):
    empty = {"jsonl": b"", "csv": b"id,text\n", "parquet": table([{"id": "1", "text": "x"}])}[suffix]
    if suffix == "parquet":
        out = io.BytesIO()
        pq.write_table(pq.read_table(io.BytesIO(empty)).slice(0, 0), out)
        empty = out.getvalue()
    assert read(suffix, empty) == []


@pytest.mark.parametrize("name", ["in.ndjson", "IN.JSONL", "a.b.csv", "in.Parquet", "-"])
def test_a_format_is_told_by_the_end_of_the_name(name: str):
    assert format_of(Path(name))


@pytest.mark.parametrize("name", ["in.txt", "in", ".csv", "in.jsonl.gz"])
def test_an_unknown_format_is_refused(name: str):
    with pytest.raises(UnknownFormatError, match="must end in"):
        format_of(Path(name))


@pytest.mark.parametrize("suffix", FORMATS)
def test_rows_are_counted_for_the_progress_bar(tmp_path: Path, suffix: str):
    path = tmp_path / f"in.{suffix}"
    path.write_bytes(FORMATS[suffix]([{"id": str(number), "text": "x"} for number in range(9)]))
    assert count_rows(path) in {9, 10}


def test_rows_of_what_can_be_read_only_once_are_not_counted(tmp_path: Path):
    (tmp_path / "junk.parquet").write_bytes(b"junk")
    assert count_rows(tmp_path / "junk.parquet") is None
    assert count_rows(tmp_path / "missing.csv") is None
    assert count_rows(Path("-")) is None
