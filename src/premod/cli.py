"""The ``premod`` command. Each command's module is imported when it is run, so that ``premod --help`` is quick."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module
from typing import cast

import click
from click.formatting import HelpFormatter


@dataclass(frozen=True, slots=True)
class _Command:
    """Where a command is defined, its one-line help, and whether Django must be set up before it is imported."""

    target: str
    help: str
    tables: bool = True


COMMANDS = {
    "serve": _Command("premod.commands.serve:serve", "Serve readers, moderators and the API, and judge.", tables=False),
    "worker": _Command("premod.commands.worker:worker", "Judge held comments until told to stop."),
    "judge": _Command("premod.commands.judge:judge", "Judge a text, or a file of comments.", tables=False),
    "site": _Command("premod.commands.sites:site", "Publications that use this installation."),
    "article": _Command("premod.commands.sites:article", "Articles that readers may comment on."),
    "guidelines": _Command("premod.commands.guidelines:guidelines", "Read and publish a site's rules."),
    "createmoderator": _Command("premod.commands.moderators:createmoderator", "Add a person who decides."),
    "ledger": _Command("premod.commands.ledger:ledger", "Prove that nothing was altered or dropped."),
    "erase": _Command("premod.commands.erase:erase", "Erase a comment and everything about its commenter."),
    "demo": _Command("premod.commands.demo:demo", "Fill the sample site with comments."),
    "migrate": _Command("premod.commands.database:migrate", "Bring the database's tables up to date."),
    "openapi": _Command("premod.commands.openapi:openapi", "Print the API's contract."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and help, and imports one only when it is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        if entry.tables:
            _set_up_django()
        module, _, name = entry.target.partition(":")
        return cast("click.Command", getattr(import_module(module), name))

    def format_commands(self, ctx: click.Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premod.project.settings")
    import_module("django").setup()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="premod")
def main() -> None:
    """Comments for news publishers: every one is judged before it is published, and none is ever edited."""
