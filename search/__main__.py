"""``python -m search``: the commands that ask."""

import click

from search.commands import search, show, stats

commands = click.Group("search", [search, show, stats], help="Ask a Podshivka index.")

if __name__ == "__main__":
    commands(prog_name="python -m search")
