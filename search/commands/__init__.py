"""The commands that ask, and their answers as lines for a terminal."""
