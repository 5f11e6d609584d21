"""Suggestions: what a reader may have meant by a query that finds nothing."""
