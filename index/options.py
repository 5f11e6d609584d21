"""Options that commands of all packages share."""

from pathlib import Path

import click

index_option = click.option(
    "--index",
    "folder",
    type=click.Path(path_type=Path),
    envvar="PODSHIVKA_INDEX",
    default="podshivka-index",
    show_default=True,
    show_envvar=True,
    help="The index folder.",
)

jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes."
)
