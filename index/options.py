"""Options that commands of all packages share."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

_FAULTS = (AssertionError, AttributeError, ImportError, NameError, TypeError)
"""What a fault of the program raises, whatever the index holds."""

_index_option = click.option(
    "--index",
    "folder",
    type=click.Path(path_type=Path),
    envvar="PODSHIVKA_INDEX",
    default="podshivka-index",
    show_default=True,
    show_envvar=True,
    help="The index folder.",
)


def index_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option of the index folder. A command that fails over what is damaged there names the
    file."""

    @wraps(command)
    def told(*arguments: Any, folder: Path, **options: Any) -> None:
        try:
            command(*arguments, folder=folder, **options)
        except (click.ClickException, click.Abort, click.exceptions.Exit, OSError, *_FAULTS):
            raise
        except Exception as error:
            from index.check import check_index

            problems = check_index(folder)
            if not problems:
                raise
            raise click.ClickException("\n".join(problems)) from error

    return _index_option(told)


jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes."
)
