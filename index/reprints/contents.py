"""Contents: whether two articles are the same, word for word."""

from hashlib import blake2b

import orjson

from index.article import Article


def content_hash(article: Article) -> int:
    """A hash, 64 bits, of what an article says and who says it when."""
    said = (article.title, article.text, article.date, article.source, article.section)
    digest = blake2b(orjson.dumps([*said, article.authors]), digest_size=8).digest()
    return int.from_bytes(digest, "little")
