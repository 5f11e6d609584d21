"""``python -m index``: the commands that write."""

import click

from index.commands import annotate, delete, index

commands = click.Group("index", [index, annotate, delete], help="Write a Podshivka index.")

if __name__ == "__main__":
    commands(prog_name="python -m index")
