"""``premod migrate`` and ``premod check``: the database brought up to date, the settings looked over."""

from __future__ import annotations

import io

import click
from django.core.management import call_command
from django.core.management.base import SystemCheckError


@click.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    try:
        call_command("check", "--tag", "premod", stdout=io.StringIO())
    except SystemCheckError as error:
        raise click.ClickException(str(error)) from error
    call_command("migrate", verbosity=0, interactive=False)
