"""The query language: a string that a reader types to a query tree, and that to Whoosh's queries."""
