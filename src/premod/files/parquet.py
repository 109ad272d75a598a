"""Parquet, read and written by record batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from premod.files.rows import CONTEXT, REQUIRED, BadRow, Row, Write, read_row

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
_ROWS_READ_AT_ONCE = 256
_READ_BUFFER_BYTES = 1 << 20

# Small row groups make a file large and slow to read; this many rows of output take a few MiB.
ROWS_IN_A_GROUP = 50_000


def count_rows(file: BinaryIO) -> int:
    return int(pq.ParquetFile(file).metadata.num_rows)


def read(file: BinaryIO) -> Iterator[Row | BadRow]:
    number = 0
    try:
        # Otherwise Arrow takes a whole row group into memory, and many files are a single one.
        table = pq.ParquetFile(file, pre_buffer=False, buffer_size=_READ_BUFFER_BYTES)
        names = table.schema_arrow.names
        missing = [name for name in REQUIRED if name not in names]
        if missing:
            yield BadRow("row 1", f"there is no column {missing[0]}", ends=True)
            return
        known = [name for name in (*REQUIRED, *CONTEXT) if name in names]
        for batch in table.iter_batches(batch_size=_ROWS_READ_AT_ONCE, columns=known):
            for values in _values(batch):
                number += 1
                place = f"row {number}"
                yield BadRow(place, "not valid UTF-8") if values is None else read_row(place, values)
    except (pa.ArrowException, OSError):
        # Arrow's own messages name no file, and may quote what they could not read.
        yield BadRow(f"row {number + 1}", "cannot be read as Parquet", ends=True)


def _values(batch: pa.RecordBatch) -> Iterator[Mapping[str, Any] | None]:
    """Yield each row's values, or None for a row with a string that is not valid UTF-8."""
    try:
        yield from batch.to_pylist()
    except UnicodeDecodeError:
        for index in range(batch.num_rows):
            yield _row_values(batch.slice(index, 1))


def _row_values(row: pa.RecordBatch) -> Mapping[str, Any] | None:
    try:
        values: Mapping[str, Any] = row.to_pylist()[0]
    except UnicodeDecodeError:
        return None
    return values


@contextmanager
def writing(file: BinaryIO) -> Iterator[Write]:
    with pq.ParquetWriter(file, OUTPUT_SCHEMA) as table:
        waiting: list[pa.RecordBatch] = []

        def write(rows: list[dict[str, Any]]) -> None:
            flat = [{**row, "scores": list(row["scores"].items())} for row in rows]
            waiting.append(pa.RecordBatch.from_pylist(flat, OUTPUT_SCHEMA))
            if sum(batch.num_rows for batch in waiting) >= ROWS_IN_A_GROUP:
                write_group()

        def write_group() -> None:
            table.write_table(pa.Table.from_batches(waiting, OUTPUT_SCHEMA))
            waiting.clear()

        yield write
        if waiting:
            write_group()
