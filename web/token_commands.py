"""The commands about tokens: add, list, remove."""

from pathlib import Path

import click

from index.ledger import visible
from web.access.tokens import TokenFile, TokensUnusable


def _default() -> Path:
    from platformdirs import user_config_path

    return user_config_path("podshivka", appauthor=False) / "tokens.json"


tokens_option = click.option(
    "--tokens", "file", type=click.Path(path_type=Path, dir_okay=False),
    envvar="PODSHIVKA_TOKENS", default=_default, show_envvar=True,
    help="The file of tokens; tokens.json in your configuration folder, if not given.",
)  # fmt: skip


@click.group(epilog="Example: podshivka tokens add 'Отдел проверки' --edit")
def tokens() -> None:
    """Tokens for a server that others reach: each is a person or a program that may read, or
    may correct entities too. What is kept of a token says nothing of its secret."""


@tokens.command(epilog="Example: podshivka tokens add Архивист --edit")
@click.argument("name")
@click.option("--edit", is_flag=True, help="It may correct entities too.")
@tokens_option
def add(name: str, edit: bool, file: Path) -> None:
    """Make a token and print it: it is shown this once. NAME stands in the ledger beside what
    its bearer corrects."""
    shown = visible(name)
    if not shown:
        raise click.BadParameter("a name has letters", param_hint="NAME")
    try:
        secret = TokenFile(file).add(shown, edit)
    except TokensUnusable as error:
        raise click.ClickException(str(error)) from error
    click.echo(secret)
    click.echo(f"{shown} may {'read and edit' if edit else 'read'}; written to {file}", err=True)


@tokens.command("list", epilog="Example: podshivka tokens list")
@tokens_option
def list_tokens(file: Path) -> None:
    """List the tokens: what each may do, since when, its name."""
    try:
        known = TokenFile(file).tokens()
    except TokensUnusable as error:
        raise click.ClickException(str(error)) from error
    for token in known:
        click.echo(f"{'edit' if token.edit else 'read'}\t{token.added}\t{token.name}")


@tokens.command(epilog="Example: podshivka tokens remove Архивист")
@click.argument("name")
@tokens_option
def remove(name: str, file: Path) -> None:
    """Take a token away; a running server refuses it from the next request on."""
    try:
        TokenFile(file).remove(name)
    except TokensUnusable as error:
        raise click.ClickException(str(error)) from error
