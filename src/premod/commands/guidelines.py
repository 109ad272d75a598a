"""``premod guidelines``: read and publish a site's rules."""

from __future__ import annotations

from pathlib import Path

import click

from premod.commands.sites import find_site
from premod.comments.models import GuidelinesVersion
from premod.comments.services import publish_guidelines
from premod.domain.guidelines import GuidelinesError


@click.group()
def guidelines() -> None:
    """Read and publish the rules of a site, in numbered versions."""


@guidelines.command()
@click.argument("site")
@click.option("--version", "number", type=int, help="An earlier version; without it, the one in force.")
def show(site: str, number: int | None) -> None:
    """Print a version as the TOML file it was published from: edit a copy, then publish it."""
    versions = GuidelinesVersion.objects.filter(site=find_site(site)).order_by("-number")
    version = versions.filter(number=number).first() if number else versions.first()
    if version is None:
        raise click.BadParameter(f"site {site} has no version {number}", param_hint="--version")
    click.echo(version.source, nl=False)


@guidelines.command()
@click.argument("site")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def publish(site: str, file: Path) -> None:
    """Publish FILE as the site's next version; decisions from now on name it."""
    try:
        version = publish_guidelines(find_site(site), file.read_bytes().decode())
    except (GuidelinesError, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(f"Published version {version.number} of the guidelines of {site}.")
