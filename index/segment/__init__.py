"""A segment: some of an index's articles, never changed once written."""
