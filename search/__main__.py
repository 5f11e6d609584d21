"""``python -m search``: the commands that ask."""

import click

from search.commands.compare import compare
from search.commands.entities import entities
from search.commands.search import search, show, stats

commands = click.Group(
    "search", [search, show, compare, entities, stats], help="Ask a Podshivka index."
)

if __name__ == "__main__":
    commands(prog_name="python -m search")
