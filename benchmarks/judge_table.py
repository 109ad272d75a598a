"""What ``premod judge`` decides on labelled comments, and where it is wrong, as a Markdown table.

Live traffic is not like these sets: half of their comments breach a guideline, and most are hard on purpose.
The lexicon's and the publisher judge's scores were set on the train split, so ``--split dev`` is the fairer reading.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SETS = ("newsroom", "contrast")
LABELS = ("approve", "reject")
DECISIONS = ("approve", "reject", "refer")
HEAD = """\
| set | language | fair | approved | **rejected (wrong)** | referred \
| breaching | **approved (wrong)** | rejected | referred | decided by machine | of these wrong |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""

# How many comments of one label got one decision.
Counts = Counter[tuple[str, str]]


@click.command()
@click.option("--data", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DATA, show_default=True)
@click.option("--split", type=click.Choice(["all", "train", "dev"]), default="all", show_default=True)
@click.option("--tell-language", is_flag=True, help="Give the judges each comment's language; live, they must tell it.")
def main(data: Path, split: str, *, tell_language: bool) -> None:
    """Judge the labelled sets with the installed premod and print what it decided."""
    articles = {name: article for part in SETS for name, article in _read_articles(data / part).items()}
    print(f"Split: {split}. Language: {'given' if tell_language else 'told from the text'}.\n")
    print(HEAD)
    for name in SETS:
        cases = _read_lines(data / name / f"{name}.jsonl")
        chosen = [case for case in cases if split in {"all", case["split"]}]
        for language, counts in _tally(chosen, _judged(chosen, articles, tell_language=tell_language)).items():
            print(_line(name, language, counts))


def _read_articles(folder: Path) -> Mapping[str, Mapping[str, str]]:
    articles: Mapping[str, Mapping[str, str]] = json.loads((folder / "articles.json").read_text(encoding="utf-8"))
    return articles


def _read_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def _judged(
    cases: Iterable[Mapping[str, Any]], articles: Mapping[str, Mapping[str, str]], *, tell_language: bool
) -> dict[str, str]:
    """Return each case's decision by its id, from a run of the command itself."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "in.jsonl"), Path(folder, "out.jsonl")
        with source.open("w", encoding="utf-8") as file:
            for case in cases:
                row = _row(case, articles.get(case["article"], {}), tell_language=tell_language)
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        subprocess.run([sys.executable, "-m", "premod", "judge", source, "--output", target], check=True)
        return {row["id"]: row["decision"] for row in _read_lines(target)}


def _row(case: Mapping[str, Any], article: Mapping[str, str], *, tell_language: bool) -> dict[str, str]:
    return {
        "id": case["id"],
        "text": case["text"],
        "article_title": article.get("title", ""),
        "article_summary": article.get("summary", ""),
        "publisher": article.get("publisher", ""),
        "lang": case["lang"] if tell_language else "",
    }


def _tally(cases: Iterable[Mapping[str, Any]], decisions: Mapping[str, str]) -> Mapping[str, Counts]:
    """Count by language, and all of them; a case without a decision is a KeyError, so that none goes uncounted."""
    found: defaultdict[str, Counts] = defaultdict(Counter)
    for case in cases:
        for language in (case["lang"], "all"):
            found[language][case["decision"], decisions[case["id"]]] += 1
    return {language: found[language] for language in sorted(found, key=lambda name: (name == "all", name))}


def _line(name: str, language: str, counts: Counts) -> str:
    total = {label: sum(counts[label, decision] for decision in DECISIONS) for label in LABELS}
    wrong = counts["approve", "reject"] + counts["reject", "approve"]
    decided = sum(counts[label, decision] for label in LABELS for decision in LABELS)
    cells = [name, language]
    for label in LABELS:
        cells += [f"{total[label]:,}", *(f"{counts[label, decision]:,}" for decision in DECISIONS)]
    cells += [f"{decided:,} ({_share(decided, total.values())})", f"{wrong:,} ({_share(wrong, [decided])})"]
    return f"| {' | '.join(cells)} |"


def _share(part: int, whole: Iterable[int]) -> str:
    of = sum(whole)
    return f"{part / of:.1%}" if of else "–"


if __name__ == "__main__":
    main()
