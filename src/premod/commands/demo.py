"""``premod demo``: a living system on the first start, filled through the same API that readers use."""

from __future__ import annotations

import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from premod import configuration
from premod.comments.models import Comment, Moderator, Site, Status
from premod.comments.services import create_site, record_moderation, save_article, update_site
from premod.domain.decision import Outcome
from premod.reader.newspaper import sample_newspaper

DECISION_SECONDS = 60


@click.command()
@click.option(
    "--url", default=lambda: f"http://127.0.0.1:{configuration.text('PREMOD_PORT')}", help="Where premod answers."
)
@click.option("--once", is_flag=True, help="Do nothing if the sample site has comments already.")
def demo(url: str, *, once: bool) -> None:
    """Fill the sample site with comments written for it, posted through the API of a running server.

    Its worker judges them, and a moderator named "demo" decides on most of what it refers; the rest waits in the queue.
    """
    site = _sample_site(url)
    moderator = _demo_moderator()
    if once and Comment.objects.filter(article__site=site).exists():
        return
    source = (files("premod.reader") / "sample" / "comments.jsonl").read_text(encoding="utf-8")
    with _without_limit(site):
        Cast(url, moderator).play([json.loads(line) for line in source.splitlines()])
    counts = ", ".join(
        f"{Comment.objects.filter(article__site=site, status=status).count()} {status}" for status in Status
    )
    click.echo(f"The sample site has comments: {counts}.")


class Cast:
    """The readers of the sample, and a moderator who decides on what is referred as the sample says."""

    def __init__(self, url: str, moderator: Moderator) -> None:
        self._url = url
        self._moderator = moderator
        self._posted: dict[int, int] = {}

    def play(self, lines: list[dict[str, Any]]) -> None:
        """Post every line. Replies come in a later round than what they answer, which must be approved by then."""
        waiting = dict(enumerate(lines))
        with Progress(console=Console(stderr=True)) as progress:
            bar = progress.add_task("Posting comments", total=len(lines))
            while True:
                round_ = {index: line for index, line in waiting.items() if self._can_be_posted(line)}
                if not round_:
                    return
                for index, line in round_.items():
                    self._posted[index] = self._post(index, line)
                    progress.advance(bar)
                for index, line in round_.items():
                    self._moderate(_decided(self._posted[index]), line["moderator"])
                waiting = {index: line for index, line in waiting.items() if index not in round_}

    def _can_be_posted(self, line: dict[str, Any]) -> bool:
        if line["reply_to"] is None:
            return True
        parent = self._posted.get(line["reply_to"])
        return parent is not None and Comment.objects.filter(pk=parent, status=Status.APPROVED).exists()

    def _post(self, index: int, line: dict[str, Any]) -> int:
        parent = None if line["reply_to"] is None else self._posted[line["reply_to"]]
        body = {"text": line["text"], "name": line["name"], "email": line["email"], "parent": parent}
        return _post(f"{self._url}/api/v1/articles/{line['article']}/comments", body, key=f"demo-{index}")

    def _moderate(self, comment: Comment, script: str) -> None:
        outcome, _, code = script.partition(":")
        if comment.status == Status.REFERRED and outcome != "leave":
            record_moderation(comment, Outcome(outcome), by=self._moderator, guidelines=[code] if code else [])


def _sample_site(url: str) -> Site:
    newspaper = sample_newspaper()
    site = Site.objects.filter(slug=newspaper.slug).first()
    if site is None:
        languages = ["en", "ckb", "ar", "tr", "kmr"]
        site = create_site(newspaper.slug, newspaper.name, languages=languages, origins=["http://localhost:*"])
        # All of the sample's readers post from this machine, as does whoever tries it out.
        update_site(site, address_posts_per_minute=0)
    for article in newspaper.articles:
        save_article(
            site,
            article.slug,
            article.title,
            summary=article.summary,
            body="\n\n".join(article.paragraphs),
            url=f"{url}/sample/{article.slug}",
            language=article.lang,
        )
    return site


def _demo_moderator() -> Moderator:
    """Return the moderator "demo", whose password is made on the first start, kept beside the database, and told."""
    path = configuration.data_folder() / "demo-password"
    moderator = Moderator.objects.filter(username="demo").first()
    if moderator is None:
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12))
        moderator = Moderator.objects.create_user("demo", password=path.read_text())
    if path.exists():
        click.echo(f"Sign in to the console as demo, password {path.read_text()}")
    return moderator


@contextmanager
def _without_limit(site: Site) -> Iterator[None]:
    """Lift the limit of a commenter's posts: some of the sample's readers say several things in the same minute."""
    usual = site.commenter_posts_per_minute
    update_site(site, commenter_posts_per_minute=0)
    try:
        yield
    finally:
        update_site(site, commenter_posts_per_minute=usual)


def _post(url: str, body: dict[str, Any], *, key: str) -> int:
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    request = urllib.request.Request(url, json.dumps(body).encode(), headers)  # noqa: S310 - the operator's own server.
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return int(json.load(response)["id"])
    except urllib.error.HTTPError as error:
        with error:
            raise click.ClickException(
                f"{url} answered {error.code}: {json.load(error)['error']['message']}"
            ) from error
    except urllib.error.URLError as error:
        raise click.ClickException(f"{url} does not answer; start it with: premod serve") from error


def _decided(number: int) -> Comment:
    """Return the comment once a worker has decided on it."""
    deadline = time.monotonic() + DECISION_SECONDS
    while time.monotonic() < deadline:
        comment = Comment.objects.select_related("article__site", "decision").get(pk=number)
        if comment.status != Status.HELD:
            return comment
        time.sleep(0.1)
    raise click.ClickException(f"comment {number} is still held after {DECISION_SECONDS} s: does a worker run?")
