"""Comments in files: JSON Lines, CSV and Parquet, read and written row by row."""

from __future__ import annotations

from premod.files.formats import STANDARD_STREAM, UnknownFormatError, count_rows, format_of
from premod.files.rows import BadRow, Row

__all__ = ["STANDARD_STREAM", "BadRow", "Row", "UnknownFormatError", "count_rows", "format_of"]
