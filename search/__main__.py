"""``python -m search``: the commands that ask."""

import click

from search.commands import search, show, stats
from search.compare_command import compare
from search.entity_commands import entities

commands = click.Group(
    "search", [search, show, compare, entities, stats], help="Ask a Podshivka index."
)

if __name__ == "__main__":
    commands(prog_name="python -m search")
