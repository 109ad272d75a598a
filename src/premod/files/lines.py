"""The lines of a file, numbered from 1."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

LONGEST_LINE_MIB = 16


class LongLineError(ValueError):
    """A line is longer than LONGEST_LINE_MIB, as when a file is no lines at all; ``place`` names it."""

    problem = f"longer than {LONGEST_LINE_MIB} MiB"

    def __init__(self, number: int) -> None:
        self.place = f"line {number}"
        super().__init__(f"{self.place}: {self.problem}")


def read_lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield each line with its end, without the byte order mark that some programs put first. Raise LongLineError."""
    longest = LONGEST_LINE_MIB << 20
    number = 0
    while line := file.readline(longest + 1):
        number += 1
        if len(line) > longest:
            raise LongLineError(number)
        yield line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def count_lines(file: BinaryIO) -> int:
    return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
