"""How each database writes one stored value as JSON text, and lists of such texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from app.db.tables import Column, Dialect, Kind, dump_json
from app.db.where import Parameters
from app.domain.money import OTHER_DIGITS

# No JSON contains this character unescaped: it marks a null where none may be.
POISON: Final = "\x01"
# Nor this one: it stands on both sides of the columns of a value that is still to be computed.
MARK: Final = "\x02"
# The column in which a select has worked out what a minor unit of the row's currency is worth.
UNIT: Final = "currency_unit"


def literal(text: str) -> str:
    """SQL text of a constant."""
    return "'" + text.replace("'", "''") + "'"


class Writer(Protocol):
    """The SQL of one database. Terms are expressions of texts that are never null, to be joined in their order."""

    dialect: Dialect
    poison: str
    # Whether a select may work out once per row what a minor unit of its currency is worth.
    has_units: bool

    def value(self, expression: str, column: Column) -> Sequence[str]:
        """A column that is not null as a JSON value, as the API's scalars write it: its terms."""

    def stored(self, expression: str, column: Column) -> Sequence[str]:
        """A column that is not null as a JSON value that `tables.reader_of` reads: its terms."""

    def major(self, minor: str, digits: int) -> str:
        """Minor units as decimal text with that many digits."""

    def unit(self, currency: str) -> str:
        """What a minor unit of a currency is worth."""

    def in_units(self, minor: str, unit: str) -> Sequence[str]:
        """Minor units that are worth so much as a JSON string in major units: its terms."""

    def contains(self, text: str, part: str) -> str:
        """Whether a constant text contains the value of an expression."""

    def concat(self, parts: Sequence[str]) -> str:
        """The texts joined."""

    def cursor(self, expression: str, column: Column) -> Sequence[str]:
        """A value as cursors carry it in JSON: its terms."""

    def items(self) -> tuple[str, str]:
        """What stands before and after a one-column select `j` to make its texts one, in its order and by commas."""

    def hexadecimal(self, expression: str) -> str:
        """The hexadecimal form of a text's UTF-8."""

    def ids(self, ids: Sequence[str], parameters: Parameters) -> str:
        """A select of ids as rows of `node_id` and their `place`."""


_QUOTE: Final = literal('"')


def _quoted(expression: str) -> Sequence[str]:
    """A text that needs no escaping, as a JSON string."""
    return (_QUOTE, expression, _QUOTE)


_BY_DIGITS: Final = {
    digits: ",".join(sorted(code for code, found in OTHER_DIGITS.items() if found == digits))
    for digits in sorted(set(OTHER_DIGITS.values()))
}


def amount(writer: Writer, minor: str, currency: str) -> Sequence[str]:
    """Minor units as a JSON string in major units, with the digits of the currency in another column."""
    return _quoted(_by_digits(writer, currency, lambda digits: writer.major(minor, digits)))


def _by_digits(writer: Writer, currency: str, write: Callable[[int], str]) -> str:
    """What is written for the digits of the currency in a column."""
    cases = " ".join(
        f"WHEN {writer.contains(literal(codes), currency)} THEN {write(digits)}" for digits, codes in _BY_DIGITS.items()
    )
    # One look into one text finds out that a currency has two digits, as most have.
    others = writer.contains(literal(",".join(_BY_DIGITS.values())), currency)
    return f"CASE WHEN NOT {others} THEN {write(2)} {cases} END"


class Postgres:
    """PostgreSQL; its sessions run with TimeZone UTC and DateStyle ISO."""

    dialect: Dialect = "postgres"
    has_units = True
    poison = "E'\\x01'"

    def value(self, expression: str, column: Column) -> Sequence[str]:
        if column.kind is Kind.INSTANT:
            text = f"to_char({expression}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
            return (_QUOTE, f"replace({text}, '.000000', '')", literal('Z"'))
        return self.stored(expression, column)

    def stored(self, expression: str, column: Column) -> Sequence[str]:
        match column.kind:
            case Kind.TEXT if not column.plain:
                return (f"to_json({expression})::text",)
            case Kind.INTEGER | Kind.BIGINT | Kind.BOOLEAN | Kind.DECIMAL | Kind.DATE | Kind.INSTANT:
                bare = column.kind in (Kind.INTEGER, Kind.BIGINT, Kind.BOOLEAN)
                text = f"{expression}::text"
                return (text,) if bare else _quoted(text)
            case Kind.JSON:
                return (expression,)
            case Kind.BYTES:
                raise TypeError(f"{column.name}: bytes have no JSON form")
        return _quoted(expression)

    def major(self, minor: str, digits: int) -> str:
        return f"{minor}::text" if digits == 0 else f"({minor} * {'0.' + '1'.rjust(digits, '0')})::text"

    def unit(self, currency: str) -> str:
        return _by_digits(self, currency, lambda digits: "1" if digits == 0 else f"0.{'1'.rjust(digits, '0')}")

    def in_units(self, minor: str, unit: str) -> Sequence[str]:
        # A product has as many digits after the point as its factors.
        return _quoted(f"({minor} * {unit})::text")

    def contains(self, text: str, part: str) -> str:
        return f"strpos({text}, {part}) > 0"

    def concat(self, parts: Sequence[str]) -> str:
        return "||".join(parts)

    def cursor(self, expression: str, column: Column) -> Sequence[str]:
        if column.kind is Kind.INSTANT:
            text = f"to_char({expression}, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"
            return (_QUOTE, f"replace({text}, '.000000', '')", literal('+00:00"'))
        return self.stored(expression, column)

    def items(self) -> tuple[str, str]:
        return "array_to_string(ARRAY(", f"), ',', {self.poison})"

    def hexadecimal(self, expression: str) -> str:
        return f"encode(convert_to({expression}, 'UTF8'), 'hex')"

    def ids(self, ids: Sequence[str], parameters: Parameters) -> str:
        given = parameters.add(list(ids))
        return f"SELECT node_id, place FROM unnest({given}::text[]) WITH ORDINALITY given(node_id, place)"


class Sqlite:
    """SQLite, which keeps instants, dates and decimals as text of fixed form."""

    dialect: Dialect = "sqlite"
    has_units = False
    poison = "char(1)"

    # The depth of an expression is limited to 1,000.
    _GROUP: Final = 50

    def value(self, expression: str, column: Column) -> Sequence[str]:
        if column.kind is Kind.INSTANT:
            text = f"replace(replace({expression}, '.000000', ''), ' ', 'T')"
            return _quoted(f"replace({text}, '+00:00', 'Z')")
        return self.stored(expression, column)

    def stored(self, expression: str, column: Column) -> Sequence[str]:
        match column.kind:
            case Kind.TEXT if not column.plain:
                return (f"json_quote({expression})",)
            case Kind.BOOLEAN:
                return (f"CASE WHEN {expression} THEN 'true' ELSE 'false' END",)
            case Kind.INTEGER | Kind.BIGINT:
                return (f"CAST({expression} AS TEXT)",)
            case Kind.JSON:
                return (expression,)
            case Kind.BYTES:
                raise TypeError(f"{column.name}: bytes have no JSON form")
        return _quoted(expression)

    def major(self, minor: str, digits: int) -> str:
        if digits == 0:
            return f"CAST({minor} AS TEXT)"
        scale = 10**digits
        sign = f"CASE WHEN {minor} < 0 THEN '-' ELSE '' END"
        return f"printf('%s%d.%0{digits}d', {sign}, abs({minor}) / {scale}, abs({minor}) % {scale})"

    def unit(self, currency: str) -> str:
        raise NotImplementedError("SQLite has no exact decimals")

    def in_units(self, minor: str, unit: str) -> Sequence[str]:
        raise NotImplementedError("SQLite has no exact decimals")

    def contains(self, text: str, part: str) -> str:
        return f"instr({text}, {part}) > 0"

    def concat(self, parts: Sequence[str]) -> str:
        while len(parts) > self._GROUP:
            groups = [parts[i : i + self._GROUP] for i in range(0, len(parts), self._GROUP)]
            parts = [f"({'||'.join(group)})" if len(group) > 1 else group[0] for group in groups]
        return "||".join(parts)

    def cursor(self, expression: str, column: Column) -> Sequence[str]:
        if column.kind is Kind.INSTANT:
            return _quoted(f"replace(replace({expression}, '.000000', ''), ' ', 'T')")
        return self.stored(expression, column)

    def items(self) -> tuple[str, str]:
        return "coalesce((SELECT group_concat(j, ',') FROM (", ")), '')"

    def hexadecimal(self, expression: str) -> str:
        return f"lower(hex({expression}))"

    def ids(self, ids: Sequence[str], parameters: Parameters) -> str:
        given = parameters.add(dump_json(list(ids)))
        return f"SELECT value AS node_id, key AS place FROM json_each({given})"


WRITERS: Final[dict[Dialect, Writer]] = {"postgres": Postgres(), "sqlite": Sqlite()}
