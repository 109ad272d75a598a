"""Comments in files: JSON Lines, CSV and Parquet, read and written row by row."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from premod.domain.verdict import Submission

Form = TypeVar("Form")

STANDARD_STREAM = Path("-")
_OPTIONAL = {
    "lang": "language",
    "article_title": "article_title",
    "article_summary": "article_summary",
    "parent_text": "parent_text",
    "publisher": "publisher",
}
_SPAN = pa.struct([("guideline", pa.string()), ("start", pa.int64()), ("end", pa.int64())])
OUTPUT_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("decision", pa.string()),
        ("guidelines", pa.list_(pa.string())),
        ("scores", pa.map_(pa.string(), pa.float64())),
        ("evidence", pa.list_(_SPAN)),
        ("lang", pa.string()),
        ("reason", pa.string()),
    ]
)
_NESTED = ("guidelines", "scores", "evidence")


class UnknownFormatError(ValueError):
    """The file's name ends in none of .jsonl, .ndjson, .csv and .parquet."""


@dataclass(frozen=True, slots=True)
class Row:
    """One comment of a file: where it stands, its own id, and what judges may see of it."""

    place: str
    id: str
    submission: Submission


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that holds no comment: where it stands and why, without quoting it."""

    place: str
    problem: str


Read = Callable[[BinaryIO], Iterator[Row | BadRow]]
Write = Callable[[list[dict[str, Any]]], None]
Writer = Callable[[BinaryIO], AbstractContextManager[Write]]


def reader_of(path: Path) -> Read:
    """Return what reads a file of this name. Raise UnknownFormatError."""
    return _format(path, {".jsonl": _read_json_lines, ".csv": _read_csv, ".parquet": _read_parquet})


def writer_of(path: Path) -> Writer:
    """Return what writes a file of this name. Raise UnknownFormatError."""
    return _format(path, {".jsonl": _json_lines_writer, ".csv": _csv_writer, ".parquet": _parquet_writer})


def count_rows(path: Path) -> int | None:
    """Return about how many rows a file has, for a progress bar; None for a stream."""
    if path == STANDARD_STREAM:
        return None
    if path.suffix == ".parquet":
        return int(pq.ParquetFile(path).metadata.num_rows)
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _format(path: Path, formats: Mapping[str, Form]) -> Form:
    suffix = ".jsonl" if path == STANDARD_STREAM or path.suffix == ".ndjson" else path.suffix
    if suffix not in formats:
        raise UnknownFormatError(f"{path}: the name must end in .jsonl, .ndjson, .csv or .parquet")
    return formats[suffix]


def _read_json_lines(file: BinaryIO) -> Iterator[Row | BadRow]:
    for number, line in enumerate(file, start=1):
        place = f"line {number}"
        if line.isspace():
            continue
        try:
            values = json.loads(line.decode())
        except UnicodeDecodeError:
            yield BadRow(place, "not valid UTF-8")
        except (ValueError, RecursionError):
            yield BadRow(place, "not valid JSON")
        else:
            yield _row(place, values) if isinstance(values, dict) else BadRow(place, "not a JSON object")


def _read_csv(file: BinaryIO) -> Iterator[Row | BadRow]:
    csv.field_size_limit(sys.maxsize)
    # Bytes that are not UTF-8 become surrogates, so that one bad row does not end the reading of the others.
    lines = (line.decode("utf-8", "surrogateescape") for line in file)
    rows = csv.reader(_without_byte_order_mark(lines), strict=True)
    header: list[str] | None = None
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            yield BadRow(f"line {rows.line_num}", "not valid CSV")
            continue
        if header is None:
            header = cells
        elif cells:
            place = f"line {rows.line_num}"
            same = len(cells) == len(header)
            yield (
                _row(place, dict(zip(header, cells, strict=True)))
                if same
                else BadRow(place, f"{len(cells)} columns, where the header has {len(header)}")
            )


def _without_byte_order_mark(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield line.removeprefix("\ufeff") if number == 0 else line


def _read_parquet(file: BinaryIO) -> Iterator[Row | BadRow]:
    table = pq.ParquetFile(file)
    columns = [name for name in ("id", "text", *_OPTIONAL) if name in table.schema_arrow.names]
    number = 0
    for batch in table.iter_batches(batch_size=1024, columns=columns):
        for values in batch.to_pylist():
            number += 1
            yield _row(f"row {number}", values)


def _row(place: str, values: Mapping[str, Any]) -> Row | BadRow:
    if values.get("id") in {None, ""}:
        return BadRow(place, "id is missing")
    context = {field: values.get(name) or "" for name, field in _OPTIONAL.items()}
    for name, value in {"text": values.get("text"), **context}.items():
        if not isinstance(value, str):
            return BadRow(place, f"{name} is missing" if value is None else f"{name} is not a string")
        if any("\ud800" <= character <= "\udfff" for character in value):
            return BadRow(place, f"{name} is not valid UTF-8")
    return Row(place, str(values["id"]), Submission(values["text"], **context))


@contextmanager
def _json_lines_writer(file: BinaryIO) -> Iterator[Write]:
    def write(rows: list[dict[str, Any]]) -> None:
        file.writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)

    yield write


@contextmanager
def _csv_writer(file: BinaryIO) -> Iterator[Write]:
    class Encoded:
        def write(self, line: str) -> int:
            return file.write(line.encode())

    rows_out = csv.DictWriter(Encoded(), OUTPUT_SCHEMA.names)
    rows_out.writeheader()

    def write(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            nested = {name: json.dumps(row[name], ensure_ascii=False) for name in _NESTED}
            rows_out.writerow({**row, **nested})

    yield write


@contextmanager
def _parquet_writer(file: BinaryIO) -> Iterator[Write]:
    with pq.ParquetWriter(file, OUTPUT_SCHEMA) as table:

        def write(rows: list[dict[str, Any]]) -> None:
            flat = [{**row, "scores": list(row["scores"].items())} for row in rows]
            table.write_table(pa.Table.from_pylist(flat, OUTPUT_SCHEMA))

        yield write
