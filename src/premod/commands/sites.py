"""``premod site`` and ``premod article``: what a publisher sets up."""

from __future__ import annotations

import click

from premod.comments.errors import ServiceError
from premod.comments.models import Site
from premod.comments.services import close_article, create_site, save_article, update_site


def find_site(slug: str) -> Site:
    """Return the site, or end the command naming those there are."""
    site = Site.objects.filter(slug=slug).first()
    if site is None:
        known = ", ".join(Site.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise click.BadParameter(f"there is no site {slug!r}; known: {known}", param_hint="site")
    return site


@click.group()
def site() -> None:
    """Publications that use this installation."""


@site.command("add")
@click.argument("slug")
@click.option("--name", required=True, help="The publication's name, as readers know it.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    default=("en",),
    help="Readers' language, the usual one first; may be repeated.",
)
@click.option(
    "--origin",
    "origins",
    multiple=True,
    help="Origin that may embed the widget, as https://www.example.org; may be repeated.",
)
def add_site(slug: str, name: str, languages: tuple[str, ...], origins: tuple[str, ...]) -> None:
    """Add a publication with the default guidelines."""
    try:
        added = create_site(slug, name, languages=languages, origins=origins)
    except ServiceError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"Added site {added.slug}. Next: premod article add {added.slug} SLUG --title TITLE")


@site.command("set")
@click.argument("slug")
@click.option("--name")
@click.option("--language", "languages", multiple=True, help="Replaces the languages; may be repeated.")
@click.option("--origin", "origins", multiple=True, help="Replaces the origins; may be repeated.")
@click.option("--email-required/--email-optional", default=None, help="Whether a comment needs an e-mail address.")
@click.option("--text-limit", type=int, help="Longest comment, up to 5000 characters.")
@click.option("--commenter-posts-per-minute", type=int, help="0 sets no limit.")
@click.option("--address-posts-per-minute", type=int, help="0 sets no limit.")
def set_site(slug: str, **changes: object) -> None:
    """Change what is decided about a publication; what is not named stays as it is."""
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in changes.items()}
    given = {name: value for name, value in given.items() if value not in (None, [])}
    try:
        changed = update_site(find_site(slug), **given)
    except ServiceError as error:
        raise click.ClickException(error.message) from error
    for name in (*changes,):
        click.echo(f"{name}\t{getattr(changed, name)}")


@site.command("list")
def list_sites() -> None:
    """List the publications."""
    for entry in Site.objects.order_by("slug"):
        click.echo(f"{entry.slug}\t{entry.name}\t{' '.join(entry.origins)}")


@click.group()
def article() -> None:
    """Articles that readers may comment on."""


@article.command("add")
@click.argument("site_slug", metavar="SITE")
@click.argument("slug")
@click.option("--title", required=True)
@click.option("--summary", default="", help="A sentence or two: judges and moderators read it beside the comment.")
@click.option("--url", default="", help="Where the article stands.")
@click.option("--language", default="en", show_default=True)
def add_article(site_slug: str, slug: str, title: str, summary: str, url: str, language: str) -> None:
    """Add an article, or bring its title, summary and address up to date."""
    try:
        saved = save_article(find_site(site_slug), slug, title, summary=summary, url=url, language=language)
    except ServiceError as error:
        raise click.ClickException(error.message) from error
    click.echo(
        f'Saved. Embed it with: <script src="https://YOUR-PREMOD/embed.js" data-article="{saved.slug}" async></script>'
    )


@article.command("close")
@click.argument("slug")
def close(slug: str) -> None:
    """Take no more comments on an article; what stands there stays."""
    if not close_article(slug):
        raise click.BadParameter(f"there is no article {slug!r}", param_hint="slug")
    click.echo(f"Closed {slug}.")
