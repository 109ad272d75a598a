"""Which format a file has, by the end of its name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from premod.files.rows import BadRow, Row, Write

STANDARD_STREAM = Path("-")

# Imported when one is asked for: pyarrow takes longer to load than most texts take to judge.
_MODULES = {
    ".jsonl": "premod.files.json_lines",
    ".ndjson": "premod.files.json_lines",
    ".csv": "premod.files.comma_separated",
    ".parquet": "premod.files.parquet",
}


class UnknownFormatError(ValueError):
    """The file's name ends in none of .jsonl, .ndjson, .csv and .parquet."""


class Format(Protocol):
    """What the module of each format offers; reading and writing hold a batch of rows at a time."""

    def read(self, file: BinaryIO, /) -> Iterator[Row | BadRow]: ...

    def writing(self, file: BinaryIO, /) -> AbstractContextManager[Write]: ...

    def count_rows(self, file: BinaryIO, /) -> int: ...


def format_of(path: Path) -> Format:
    """Return what reads and writes a file of this name; a standard stream is JSON Lines. Raise UnknownFormatError."""
    suffix = ".jsonl" if path == STANDARD_STREAM else path.suffix.lower()
    if suffix not in _MODULES:
        raise UnknownFormatError(f"{path}: the name must end in .jsonl, .ndjson, .csv or .parquet")
    return cast("Format", import_module(_MODULES[suffix]))


def count_rows(path: Path) -> int | None:
    """Return about how many rows a file has, for a progress bar; None for what can be read only once, or not at all."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            return format_of(path).count_rows(file)
    except (OSError, ValueError):
        return None
