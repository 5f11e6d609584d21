"""Ranking: the order of hits, what their scores are the sum of, and articles like another."""
