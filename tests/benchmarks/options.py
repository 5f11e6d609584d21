"""The options of a benchmark over an index of any size."""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path


def run(main: Callable[[int, Path], None], usual: int) -> None:
    """Call ``main`` with --articles, ``usual`` by default, and --folder, by default one that is
    removed after it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=usual)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.folder:
        main(asked.articles, asked.folder)
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(asked.articles, Path(folder))
