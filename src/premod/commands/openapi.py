"""``premod openapi``: the API's contract."""

from __future__ import annotations

import json

import click

from premod.api.views import api


@click.command()
def openapi() -> None:
    """Print the OpenAPI document that the server gives at /api/v1/openapi.json."""
    click.echo(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), indent=2, ensure_ascii=False, sort_keys=True))
