"""`invoicing plan`: how a query is answered, and why it is not planned when it is not."""

from __future__ import annotations

import sys
from typing import Annotated

import orjson
import typer

from app.commands.console import fail


def plan(
    query: Annotated[str, typer.Argument(help="The text of a query; - reads it from standard input.")],
    variables: Annotated[str, typer.Option(help="The variables, as a JSON object.")] = "{}",
    operation: Annotated[str | None, typer.Option(help="Which operation, if the text has several.")] = None,
    seller: Annotated[bool, typer.Option(help="As a seller's key asks, instead of a platform's.")] = False,
) -> None:
    """Print the statement that answers a query, or why graphql-core answers it. Reads no data."""
    text = sys.stdin.read() if query == "-" else query
    try:
        given = orjson.loads(variables)
    except orjson.JSONDecodeError as error:
        raise fail(f"--variables is not JSON: {error}", 2) from None
    if not isinstance(given, dict):
        raise fail("--variables must be a JSON object", 2)
    # The schema takes a second to import, which other commands need not wait for.
    from app.commands.planned import print_plan

    print_plan(text, operation, given, seller=seller)
