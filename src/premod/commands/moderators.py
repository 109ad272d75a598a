"""``premod createmoderator``: the people who decide."""

from __future__ import annotations

import sys

import click
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from premod.comments.models import Moderator


@click.command()
@click.option("--username", prompt=True)
@click.option("--email", default="")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def createmoderator(username: str, email: str, *, password_stdin: bool) -> None:
    """Add a moderator who may sign in to the console. The password has at least 12 characters."""
    if Moderator.objects.filter(username=username).exists():
        raise click.ClickException(f"there is already a moderator {username!r}")
    password = (
        sys.stdin.readline().rstrip("\n")
        if password_stdin
        else click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    moderator = Moderator(username=username, email=email)
    try:
        moderator.full_clean(exclude={"password"})
        validate_password(password, moderator)
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    moderator.set_password(password)
    moderator.save()
    click.echo(f"Added moderator {username}. Sign in at /console/.")
