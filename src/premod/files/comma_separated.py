"""CSV in UTF-8 with a header; what is nested is written as JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from premod.files.lines import LongLineError, count_lines, read_lines
from premod.files.rows import CONTEXT, OUTPUT_COLUMNS, REQUIRED, BadRow, Row, Write, read_row

# A quote that is never closed takes in all that follows, up to this.
LONGEST_FIELD_CHARACTERS = 1 << 20

# Lines may be fewer, where a text has several.
count_rows = count_lines


def read(file: BinaryIO) -> Iterator[Row | BadRow]:
    """Yield each row's comment; every character between quotes, line ends too, is kept as it stands."""
    try:
        yield from _rows(_records(file))
    except LongLineError as error:
        yield BadRow(error.place, error.problem, ends=True)


def _rows(records: Iterator[tuple[str, list[str] | None]]) -> Iterator[Row | BadRow]:
    place, header = next(records, ("line 1", []))
    problem = _header_problem(header)
    if header is None or problem:
        # Without a header, the next comment would be taken for one.
        yield BadRow(place, problem or "not valid CSV", ends=True)
        return
    for where, cells in records:
        if cells is None:
            yield BadRow(where, "not valid CSV")
        elif len(cells) != len(header):
            yield BadRow(where, f"{len(cells)} columns, where the header has {len(header)}")
        else:
            yield read_row(where, dict(zip(header, cells, strict=True)))


def _header_problem(header: list[str] | None) -> str | None:
    if header is None:
        return None
    missing = [name for name in REQUIRED if name not in header]
    repeated = [name for name in (*REQUIRED, *CONTEXT) if header.count(name) > 1]
    if missing:
        return f"the header has no column {missing[0]}"
    return f"the header has the column {repeated[0]} twice" if repeated else None


def _records(file: BinaryIO) -> Iterator[tuple[str, list[str] | None]]:
    """Yield each record's place and its cells, or None for one that is not valid CSV; empty ones are passed over."""
    # The limit is one for the whole process.
    csv.field_size_limit(LONGEST_FIELD_CHARACTERS)
    # Bytes that are not UTF-8 become surrogates, so that one bad row does not end the reading of the others.
    records = csv.reader((line.decode("utf-8", "surrogateescape") for line in read_lines(file)), strict=True)
    cells: list[str] | None
    while True:
        first = records.line_num + 1
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if cells != []:
            last = records.line_num
            yield f"line {first}" if first >= last else f"lines {first} to {last}", cells


@contextmanager
def writing(file: BinaryIO) -> Iterator[Write]:
    class Encoded:
        def write(self, line: str) -> int:
            return file.write(line.encode())

    table = csv.DictWriter(Encoded(), OUTPUT_COLUMNS)
    table.writeheader()

    def write(rows: list[dict[str, Any]]) -> None:
        table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)

    yield write


def _cell(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
