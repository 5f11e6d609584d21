"""``python -m index``: the commands that write."""

import click

from index.commands import annotate, check, delete, index, optimize, watch

commands = click.Group(
    "index", [index, watch, annotate, delete, check, optimize], help="Write a Podshivka index."
)

if __name__ == "__main__":
    commands(prog_name="python -m index")
