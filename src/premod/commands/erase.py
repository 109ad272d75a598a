"""``premod erase``: a person's right under the GDPR."""

from __future__ import annotations

import click

from premod.comments.errors import AlreadyDecided
from premod.comments.models import Comment
from premod.comments.services import erase_comment


@click.command()
@click.argument("comment", type=int)
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(comment: int, *, yes: bool) -> None:
    """Blank a comment's text, name, e-mail and address for good, and record that it was done.

    The ledger still verifies afterwards, and nothing can be recovered from it.
    """
    found = Comment.objects.select_related("article__site").filter(pk=comment).first()
    if found is None:
        raise click.BadParameter(f"there is no comment {comment}", param_hint="comment")
    if found.erased_at is not None:
        raise click.ClickException(f"comment {comment} was erased on {found.erased_at:%Y-%m-%d}")
    if not yes:
        click.confirm(f"Erase comment {comment} ({found.status}, on {found.article.slug}) for good?", abort=True)
    try:
        record = erase_comment(found)
    except AlreadyDecided as error:
        raise click.ClickException("the comment changed just now; please try again") from error
    click.echo(f"Erased comment {comment}; ledger record {record.sequence} of site {found.article.site.slug} says so.")
