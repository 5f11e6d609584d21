"""Entities: persons and organizations of the whole index, and how names lead to them."""
