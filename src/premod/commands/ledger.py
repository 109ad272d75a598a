"""``premod ledger``: prove that nothing was altered or dropped."""

from __future__ import annotations

from typing import BinaryIO

import click

from premod.commands.sites import find_site
from premod.comments import ledger as chain
from premod.comments.models import Site


@click.group()
def ledger() -> None:
    """Verify and export the append-only, hash-chained log of decisions."""


@ledger.command()
@click.option("--site", "slug", help="Only this site; without it, every site.")
def verify(slug: str | None) -> None:
    """Check every decision's place in the chain and every comment's text; name the first row that fails.

    Exits with 1 if something was altered or dropped.
    """
    sites = [find_site(slug)] if slug else list(Site.objects.order_by("pk"))
    for site in sites:
        fault = chain.verify(site)
        if fault is not None:
            click.echo(f"{site.slug}: FAILED at {fault.row}: {fault.problem}", err=True)
            raise SystemExit(1)
        click.echo(f"{site.slug}: {site.ledger_length} records and every comment verified")


@ledger.command()
@click.option("--site", "slug", required=True)
@click.option("--output", type=click.File("wb"), default="-", help="A file; without it, standard output.")
def export(slug: str, output: BinaryIO) -> None:
    """Write a site's ledger as JSON Lines that anyone can verify without premod (docs/ledger.md)."""
    output.writelines(chain.export(find_site(slug)))
