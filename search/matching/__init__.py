"""Matching: a Whoosh query tree to the documents that it finds, their scores, and where they match."""
