"""Progress of a run, on a terminal only."""

import sys
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISREG

from tqdm import tqdm

from index.readers import STDIN, Unreadable
from index.report import Report


class Bar:
    """A bar over the bytes of the sources, with the articles a second and the time left, on
    standard error; nothing where that is no terminal."""

    def __init__(self, sources: Iterable[Path | Unreadable]):
        sources = list(sources)
        total = sum(_size(source) for source in sources if isinstance(source, Path))
        self._bar = tqdm(
            total=None if Path(STDIN) in sources else total,
            unit="B",
            unit_scale=True,
            file=sys.stderr,
            disable=None,
            leave=False,
        )
        self._seen = 0

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *error: object) -> None:
        self._bar.close()

    def advance(self, size: int, report: Report) -> None:
        """Count one more item that took ``size`` bytes."""
        self._seen += 1
        if not self._bar.disable:
            seconds = self._bar.format_dict["elapsed"]
            rate = self._seen / seconds if seconds else 0
            self._bar.set_postfix_str(
                f"{self._seen} read, {rate:.0f}/s, {report.rejected} rejected", refresh=False
            )
            self._bar.update(size)


def _size(path: Path) -> int:
    """The bytes of a file, 0 of what is none or cannot be looked at."""
    try:
        state = path.stat()
    except OSError:
        return 0
    return state.st_size if S_ISREG(state.st_mode) else 0
