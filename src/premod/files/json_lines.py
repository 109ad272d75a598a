"""JSON Lines: an object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from premod.files.lines import LongLineError, count_lines, read_lines
from premod.files.rows import BadRow, Row, Write, read_row

count_rows = count_lines


def read(file: BinaryIO) -> Iterator[Row | BadRow]:
    """Yield each line's comment; blank lines are passed over."""
    try:
        for number, line in enumerate(read_lines(file), start=1):
            if line.strip():
                yield _row(f"line {number}", line)
    except LongLineError as error:
        yield BadRow(error.place, error.problem, ends=True)


def _row(place: str, line: bytes) -> Row | BadRow:
    try:
        values = json.loads(line.decode())
    except UnicodeDecodeError:
        return BadRow(place, "not valid UTF-8")
    except (ValueError, RecursionError):
        return BadRow(place, "not valid JSON")
    return read_row(place, values) if isinstance(values, dict) else BadRow(place, "not a JSON object")


@contextmanager
def writing(file: BinaryIO) -> Iterator[Write]:
    def write(rows: list[dict[str, Any]]) -> None:
        file.writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)

    yield write
