"""Who is in an article: persons and organizations with all their mentions."""
