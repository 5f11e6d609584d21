"""Detached sources: small members of archives on their way to another process."""

import io
from dataclasses import dataclass

from index.readers.formats import FORMATS, format_to_read
from index.readers.reading import Allowance, Reading
from index.readers.source import Source


@dataclass(frozen=True, slots=True)
class Detached:
    """A member with all its content, and what its source says of it; ``size`` as that of a
    row."""

    content: bytes
    name: str
    key: str
    depth: int
    file_name: str
    address: str | None
    crawled: str | None
    size: int = 0

    @classmethod
    def of(cls, source: Source) -> "Detached | None":
        """A member of an archive, where it is small and reading it takes long."""
        content = source.whole
        name = None if content is None else format_to_read(source)
        if content is None or name is None or not FORMATS[name].slow:
            return None
        return cls(
            content, source.name, source.key, source.depth, source.file_name, source.address,
            source.crawled,
        )  # fmt: skip

    def opened(self, reading: Reading) -> Source:
        """The member as a source again."""
        stream = io.BufferedReader(io.BytesIO(self.content))
        return Source(
            self.name,
            self.key,
            stream,
            reading,
            Allowance(reading.limits, len(self.content)),
            self.depth,
            self.file_name,
            self.address,
            self.crawled,
        )
