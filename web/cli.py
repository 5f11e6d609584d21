"""The command group ``podshivka``: each command's module is imported when it is called for."""

from difflib import get_close_matches
from importlib import import_module
from typing import Any

import click

from index.terminal import printable

COMMANDS = {
    "demo": "web.commands:demo",
    "index": "index.commands:index",
    "watch": "index.commands:watch",
    "annotate": "index.commands:annotate",
    "search": "search.commands.search:search",
    "show": "search.commands.search:show",
    "entities": "search.commands.entities:entities",
    "compare": "search.commands.compare:compare",
    "stats": "search.commands.search:stats",
    "delete": "index.commands:delete",
    "check": "index.commands:check",
    "optimize": "index.commands:optimize",
    "serve": "web.commands:serve",
    "tokens": "web.token_commands:tokens",
}
"""Each command of the group and where it is, as ``module:attribute``."""


class LazyGroup(click.Group):
    """A group that imports a command when it is looked up (from Click's documentation)."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        return getattr(import_module(module), attribute)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except click.ClickException as error:
            error.message = printable(error.message)
            raise

    def resolve_command(
        self, context: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        close = get_close_matches(args[0], COMMANDS, n=1)
        if args[0] not in COMMANDS and close:
            context.fail(f"No such command {args[0]!r}. Did you mean {close[0]!r}?")
        return super().resolve_command(context, args)


@click.command(cls=LazyGroup, epilog="Example: podshivka index articles.jsonl && podshivka serve")
@click.version_option(package_name="podshivka")
def podshivka() -> None:
    """Search Russian news by person, organization and date."""
