"""``python -m web`` and the entry point of the command ``podshivka``."""

from web.cli import podshivka


def main() -> None:
    """Run the command line."""
    podshivka(prog_name="podshivka")


if __name__ == "__main__":
    main()
