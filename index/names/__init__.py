"""The grammar of names: how a person is written in Russian text."""
