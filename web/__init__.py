"""The web page, the JSON API and the ``podshivka`` command."""
