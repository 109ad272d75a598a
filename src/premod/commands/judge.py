"""``premod judge``: a text, or a file of comments."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from click.core import ParameterSource
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.text import Text

from premod import configuration
from premod.defaults import default_guidelines
from premod.domain.decision import Outcome, Policy
from premod.domain.guidelines import GuidelinesError, parse_guidelines
from premod.domain.verdict import Evidence, Submission, Verdict
from premod.files import STANDARD_STREAM, BadRow, UnknownFormatError, count_rows
from premod.judges.base import Judge
from premod.judges.registry import UnknownJudgeError, load_judges
from premod.judging import BadRowError, Tally, as_output, judge_file
from premod.pipeline import Assessment, assess

_STYLES = {Outcome.APPROVE: "bold green", Outcome.REJECT: "bold red", Outcome.REFER: "bold yellow"}
_FOR_FILES = ("batch_size", "skip_errors", "progress")
_FOR_TEXTS = ("as_json", "language", "article_title", "article_summary", "parent_text", "publisher")

# A hostile text may hold what moves a terminal's cursor; each sign stands for one character, so that spans still fit.
_CONTROLS_SHOWN = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\n\t"}
_CONTROLS_SHOWN |= {0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}


@click.command()
@click.argument("text_or_file", metavar="TEXT|IN")
@click.option("--output", metavar="OUT", type=click.Path(dir_okay=False, path_type=Path),
              help="Judge the file IN into this file.")  # fmt: skip
@click.option("--guidelines", "guidelines_file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A guidelines file; without it, the shipped one.")  # fmt: skip
@click.option("--lang", "language", default="", help="Language of TEXT; without it, it is told from the text.")
@click.option("--article-title", default="", help="Title of the article that TEXT comments on.")
@click.option("--article-summary", default="", help="Its summary.")
@click.option("--parent-text", default="", help="The comment that TEXT answers.")
@click.option("--publisher", default="", help="Name of the publisher, as readers may call it.")
@click.option("--json", "as_json", is_flag=True, help="Print the finding on TEXT as one JSON object.")
@click.option("--batch-size", type=click.IntRange(1), default=64, show_default=True, help="Rows of IN judged at once.")
@click.option("--skip-errors", is_flag=True, help="Report bad rows of IN and go on, instead of stopping.")
@click.option("--progress", is_flag=True, help="Show progress even where standard error is no terminal.")
@click.pass_context
def judge(  # noqa: PLR0913 - one for each option.
    command: click.Context,
    /,
    text_or_file: str,
    output: Path | None,
    guidelines_file: Path | None,
    *,
    as_json: bool,
    batch_size: int,
    skip_errors: bool,
    progress: bool,
    **context: str,
) -> None:
    """Judge TEXT, or with --output the comments in the file IN.

    Files are JSON Lines, CSV or Parquet by the end of their names: .jsonl or .ndjson, .csv, .parquet; "-" is standard
    input or output as JSON Lines. IN has id and text and, where given, lang, article_title, article_summary,
    parent_text and publisher. OUT has id, decision, guidelines, scores, evidence, lang and reason; it appears only when
    it is complete.
    """
    _refuse_options(command, _FOR_TEXTS if output else _FOR_FILES, "needs no --output" if output else "needs --output")
    policy = _policy(guidelines_file)
    if output:
        _judge_file(Path(text_or_file), output, policy, batch_size, skip_errors=skip_errors, progress=progress)
        return
    _refuse_files(text_or_file)
    submission = Submission(text_or_file, **context)
    (found,) = assess([submission], _judges(), policy)
    if as_json:
        click.echo(json.dumps(as_output(found), ensure_ascii=False))
    else:
        _show(found, submission.text, policy)


def _refuse_options(command: click.Context, names: tuple[str, ...], reason: str) -> None:
    for option in command.command.params:
        given = option.name in names and command.get_parameter_source(option.name) is not ParameterSource.DEFAULT
        if given:
            raise click.UsageError(f"{option.opts[0]} {reason}")


def _refuse_files(text: str) -> None:
    """Refuse what was meant as a file, and what is no text."""
    try:
        text.encode()
        is_file = Path(text) == STANDARD_STREAM or Path(text).is_file()
    except UnicodeEncodeError as error:
        raise click.UsageError("TEXT is not valid UTF-8") from error
    except (OSError, ValueError):
        # Too long for a name, or with a character that names cannot have.
        return
    if is_file:
        raise click.UsageError(
            f"{text} is a file: add --output OUT to judge the comments in it, or --output - to print"
        )


def _judges() -> list[Judge]:
    try:
        return load_judges(configuration.words("PREMOD_JUDGES"))
    except UnknownJudgeError as error:
        raise click.ClickException(f"PREMOD_JUDGES: {error}") from error


def _policy(path: Path | None) -> Policy:
    try:
        return Policy(parse_guidelines(path.read_text(encoding="utf-8"), number=0) if path else default_guidelines())
    except (GuidelinesError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{path}: {error}") from error


def _judge_file(
    source: Path, target: Path, policy: Policy, batch_size: int, *, skip_errors: bool, progress: bool
) -> None:
    console = Console(stderr=True, force_terminal=True if progress else None)
    columns = (*Progress.get_default_columns()[:-1], MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, disable=not console.is_terminal)

    def skip(row: BadRow) -> None:
        console.print(Text(f"{source}, {row.place}: {row.problem}; skipped"), soft_wrap=True)

    def advance(count: int) -> None:
        bar.advance(task, count)

    try:
        with _ended_by_signals(), bar:
            task = bar.add_task("Judging", total=None if bar.disable else count_rows(source))
            tally = judge_file(source, target, _judges(), policy,
                               batch_size=batch_size, skip=skip if skip_errors else None, advance=advance)  # fmt: skip
    except BrokenPipeError:
        # Whoever read has read enough: click ends the command without a word.
        raise
    except (BadRowError, UnknownFormatError, OSError) as error:
        rest = "" if target == STANDARD_STREAM else "; nothing was written"
        raise click.ClickException(f"{error}{rest}") from error
    _report(tally)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the run as Ctrl-C does, so that no unfinished file stays behind."""

    def end(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    # What nohup told to be ignored stays so.
    default = [sign for sign in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(sign) is signal.SIG_DFL]
    for sign in default:
        signal.signal(sign, end)
    try:
        yield
    finally:
        for sign in default:
            signal.signal(sign, signal.SIG_DFL)


def _report(tally: Tally) -> None:
    counts = ", ".join(f"{tally.decisions[outcome]} {outcome}" for outcome in Outcome)
    skipped = f"; {tally.skipped} skipped" if tally.skipped else ""
    click.echo(f"{tally.decisions.total()} judged: {counts}{skipped}", err=True)


def _show(found: Assessment, text: str, policy: Policy) -> None:
    decision, shown = found.decision, text.translate(_CONTROLS_SHOWN)
    spans = sorted({span for verdict in found.verdicts for span in verdict.evidence})
    marked = Text(shown)
    for span in spans:
        marked.stylize("bold reverse", span.start, span.end)
    console = Console()
    for line in (
        Text.assemble((str(decision.outcome), _STYLES[decision.outcome]), f"  {decision.reason}"),
        *[
            Text(f"  {code}: {policy.guidelines.guideline(code).title.in_language('en')}")
            for code in decision.guidelines
        ],
        Text(),
        marked,
        Text(),
        *[Text(f"  {span.start}:{span.end} {span.guideline}: {_words(shown, span)}") for span in spans],
        *[Text(f"  {verdict.judge}: {verdict.error or _scores(verdict)}", "dim") for verdict in found.verdicts],
        Text(f"  language: {found.language or 'not known'}", "dim"),
    ):
        # The terminal wraps, so that a text copied from it has no line ends that it did not have before.
        console.print(line, soft_wrap=True)


def _words(text: str, span: Evidence) -> str:
    return " ".join(text[span.start : span.end].split())


def _scores(verdict: Verdict) -> str:
    return ", ".join(f"{code} {score:.2f}" for code, score in sorted(verdict.scores.items())) or "no opinion"
