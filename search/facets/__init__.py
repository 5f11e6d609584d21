"""Facets: how many of the found articles are of each person, organization, source and month."""
