"""The sample news site's articles, read from the file they are written in."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class SampleArticle:
    slug: str
    title: str
    summary: str
    dateline: str
    date: date
    source: str
    lang: str
    section: str
    body: str

    @property
    def paragraphs(self) -> list[str]:
        return [paragraph.strip() for paragraph in re.split(r"\n\s*\n", self.body) if paragraph.strip()]


@dataclass(frozen=True, slots=True)
class Newspaper:
    slug: str
    name: str
    articles: tuple[SampleArticle, ...]

    def article(self, slug: str) -> SampleArticle | None:
        return next((article for article in self.articles if article.slug == slug), None)


@cache
def sample_newspaper() -> Newspaper:
    source = (files("premod.reader") / "sample" / "articles.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(source)
    articles = tuple(_article(entry) for entry in tables["article"])
    return Newspaper(tables["site"]["slug"], tables["site"]["name"], articles)


def _article(entry: dict[str, str | date]) -> SampleArticle:
    known = {name: str(entry.get(name, "")) for name in SampleArticle.__slots__ if name != "date"}
    day = entry["date"]
    return SampleArticle(date=day if isinstance(day, date) else date.fromisoformat(day), **known)
