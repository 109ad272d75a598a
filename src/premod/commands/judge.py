"""``premod judge``: a text, or a file of comments."""

from __future__ import annotations

import json
from pathlib import Path

import click
from pyarrow import ArrowException
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.text import Text

from premod.defaults import default_guidelines
from premod.domain.decision import Outcome, Policy
from premod.domain.guidelines import GuidelinesError, parse_guidelines
from premod.domain.verdict import Submission
from premod.files import UnknownFormatError, count_rows
from premod.judges.registry import load_judges
from premod.judging import BadRowError, Tally, as_output, judge_file
from premod.pipeline import Assessment, assess

_STYLES = {Outcome.APPROVE: "bold green", Outcome.REJECT: "bold red", Outcome.REFER: "bold yellow"}


@click.command()
@click.argument("text_or_file", metavar="TEXT|IN")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Judge the file IN into this file.")
@click.option("--guidelines", "guidelines_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A guidelines file; without it, the shipped one.")  # fmt: skip
@click.option("--lang", default="", help="Language of TEXT; without it, it is told from the text.")
@click.option("--article-title", default="")
@click.option("--article-summary", default="")
@click.option("--parent-text", default="", help="The comment that TEXT answers.")
@click.option("--json", "as_json", is_flag=True, help="Print the finding on TEXT as one JSON object.")
@click.option("--batch-size", type=click.IntRange(1), default=64, show_default=True)
@click.option("--skip-errors", is_flag=True, help="Report bad rows of IN and go on, instead of stopping.")
def judge(  # noqa: PLR0913, PLR0917 - one for each option.
    text_or_file: str,
    output: Path | None,
    guidelines_file: Path | None,
    lang: str,
    article_title: str,
    article_summary: str,
    parent_text: str,
    as_json: bool,  # noqa: FBT001
    batch_size: int,
    skip_errors: bool,  # noqa: FBT001
) -> None:
    """Judge TEXT, or with --output the comments in the file IN.

    Files are JSON Lines, CSV or Parquet by the end of their names; "-" is standard input or output as JSON Lines. IN has
    id and text and, where given, lang, article_title, article_summary, parent_text and publisher. The output has id,
    decision, guidelines, scores, evidence, lang and reason; it appears only when it is complete.
    """
    policy = _policy(guidelines_file)
    if output is not None:
        _judge_file(Path(text_or_file), output, policy, batch_size=batch_size, skip_errors=skip_errors)
        return
    if _is_file(text_or_file):
        raise click.UsageError(f"{text_or_file} is a file: name the file to write with --output, or - to print")
    submission = Submission(text_or_file, article_title, article_summary, parent_text, lang)
    (found,) = assess([submission], load_judges(), policy)
    if as_json:
        click.echo(json.dumps(as_output(found), ensure_ascii=False))
    else:
        _print(found, submission.text, policy)


def _policy(path: Path | None) -> Policy:
    try:
        return Policy(parse_guidelines(path.read_text(encoding="utf-8"), number=0) if path else default_guidelines())
    except (GuidelinesError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path}: {error}") from error


def _is_file(argument: str) -> bool:
    try:
        return Path(argument).is_file()
    except (OSError, ValueError):
        return False


def _judge_file(source: Path, target: Path, policy: Policy, *, batch_size: int, skip_errors: bool) -> None:
    console = Console(stderr=True)
    columns = (*Progress.get_default_columns()[:-1], MofNCompleteColumn(), TimeRemainingColumn())
    try:
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("Judging", total=count_rows(source))
            tally = judge_file(
                source,
                target,
                load_judges(),
                policy,
                batch_size=batch_size,
                skip_errors=skip_errors,
                advance=lambda count: progress.advance(task, count),
            )
    except (BadRowError, UnknownFormatError, OSError, ArrowException) as error:
        raise click.ClickException(f"{error}; nothing was written") from error
    _report(source, tally)


def _report(source: Path, tally: Tally) -> None:
    for row in tally.skipped:
        click.echo(f"{source}, {row.place}: {row.problem}; skipped", err=True)
    counts = ", ".join(f"{tally.decisions[outcome]} {outcome}" for outcome in Outcome)
    skipped = f"; {len(tally.skipped)} skipped" if tally.skipped else ""
    click.echo(f"{tally.decisions.total()} judged: {counts}{skipped}", err=True)


def _print(found: Assessment, text: str, policy: Policy) -> None:
    decision = found.decision
    marked = Text(text)
    for verdict in found.verdicts:
        for span in verdict.evidence:
            marked.stylize("bold reverse", span.start, span.end)
    console = Console()
    console.print(Text(str(decision.outcome), _STYLES[decision.outcome]), Text(f"({decision.reason})"))
    for code in decision.guidelines:
        console.print(Text(f"  {code}: {policy.guidelines.guideline(code).title.in_language('en')}"))
    console.print(marked)
    for verdict in found.verdicts:
        scores = ", ".join(f"{code} {score:.2f}" for code, score in sorted(verdict.scores.items())) or "no opinion"
        console.print(Text(f"  {verdict.judge}: {verdict.error or scores}", "dim"))
