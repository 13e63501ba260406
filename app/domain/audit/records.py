"""What must hold of finalized documents: each in itself, and one after the other in its series.

Nothing but the standard library is used, and nothing of the product: an export's `verify.py` is made of this module,
`ed25519` and `export`, so that an auditor's findings are the product's own.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DecimalException, localcontext
from typing import Any, Final

SCHEMAS: Final = (1, 2)
# ISO 4217: currencies whose minor unit is not 2.
DIGITS: Final = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
_SETTLED: Final = ("FINALIZED", "VOID")


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: a stable code, of which document or series, what was expected and what is there."""

    code: str
    message: str
    series: str | None = None
    document: str | None = None
    expected: str | None = None
    found: str | None = None
    severity: str = "ERROR"


@dataclass(frozen=True)
class Record:
    """A finalized document as it is verified: its place in its series, its text and hashes, what its rows say.

    `sealed` is the JSON text of its rows' frozen columns; `voided` whether something says that it was voided.
    """

    id: str
    series: str | None
    sequence: int | None
    text: str | None
    hash: str | None
    previous: str | None
    sealed: str
    status: str
    voided: bool


@dataclass
class Chain:
    """One series on its way: documents are given in the order of their numbers, and looked at once each."""

    series: str
    pattern: str
    start: int = 0
    first: int | None = None
    last: int = 0
    count: int = 0
    voided: int = 0
    head: str | None = None
    last_date: str | None = None

    def __post_init__(self) -> None:
        self.last = self.start

    def follow(self, record: Record) -> Iterator[Finding]:
        """What does not hold of the next document, in itself and after the one before it."""
        self.count += 1
        self.voided += record.status == "VOID"
        number = record.sequence
        if number is None or number <= self.last:
            yield self._of(record, "DUPLICATE_NUMBER", "the number is used already", self.last + 1, number)
        elif number > self.last + 1:
            missing = f"{self.last + 1} to {number - 1}" if number > self.last + 2 else str(number - 1)
            yield self._of(record, "GAP", f"numbers are missing before it: {missing}", self.last + 1, number)
        if record.previous != self.head:
            yield self._of(
                record, "BROKEN_CHAIN", "it does not name its predecessor's hash", self.head, record.previous
            )
        yield from check_record(record)
        date = _date(record)
        if date is not None and self.last_date is not None and date < self.last_date:
            yield self._of(record, "DATE_ORDER", "it is dated before its predecessor", self.last_date, date)
        if date is not None and number is not None:
            expected, given = rendered(self.pattern, number, date), _text_of(record).get("number")
            if expected is not None and given != expected:
                yield self._of(record, "NUMBER", "the number is not what its series' format gives", expected, given)
        self.first = number if self.first is None else self.first
        self.last = max(self.last, number or 0)
        self.head, self.last_date = record.hash, date or self.last_date

    def close(self, *, last: int, head: str | None, last_date: str | None) -> Iterator[Finding]:
        """What does not hold of the series' head, which names the last document."""
        if not self.count:
            # A series that goes on from another system's names that one's last date.
            last_date = self.last_date
        for code, message, expected, found in (
            ("HEAD_NUMBER", "the series' last number is not its last document's", last, self.last),
            ("HEAD_HASH", "the series' last hash is not its last document's", head, self.head),
            ("HEAD_DATE", "the series' last date is not its last document's", last_date, self.last_date),
        ):
            if expected != found:
                yield Finding(code, message, self.series, None, shown(expected), shown(found))

    def _of(self, record: Record, code: str, message: str, expected: object, found: object) -> Finding:
        return Finding(code, message, self.series, record.id, shown(expected), shown(found))


def check_record(record: Record) -> Iterator[Finding]:
    """What does not hold of one document in itself: its hash, its text, its rows, its totals, its status."""

    def wrong(code: str, message: str, expected: object = None, found: object = None) -> Finding:
        return Finding(code, message, record.series, record.id, shown(expected), shown(found))

    if record.status not in _SETTLED:
        yield wrong("STATUS", "a numbered document is finalized or void", "FINALIZED or VOID", record.status)
    elif (record.status == "VOID") != record.voided:
        yield wrong("STATUS", "status and voiding contradict one another", record.status, f"voided: {record.voided}")
    if record.text is None:
        yield wrong("NO_TEXT", "the document's text is missing")
        return
    digest = hashlib.sha256(f"{record.previous or ''}\n{record.text}".encode()).hexdigest()
    if digest != record.hash:
        yield wrong("BROKEN_HASH", "the text does not have the hash that is recorded", record.hash, digest)
    document = _text_of(record)
    if not document or document.get("schema") not in SCHEMAS or canonical(document) != record.text:
        yield wrong("TEXT", "the text is not a canonical document")
        return
    yield from _check_rows(record, document, wrong)
    try:
        for code, message, expected, found in check_totals(document):
            yield wrong(code, message, expected, found)
    except (KeyError, TypeError, ValueError, DecimalException) as error:
        yield wrong("TEXT", f"the totals cannot be computed: {type(error).__name__} {error}")


def _check_rows(record: Record, document: Mapping[str, Any], wrong: Any) -> Iterator[Finding]:
    seal = hashlib.sha256(record.sealed.encode()).hexdigest()
    if document.get("seal") is None:
        yield Finding("UNSEALED", "it has no seal over its rows", record.series, record.id, severity="WARNING")
    elif document["seal"] != seal:
        yield wrong("ROW_CHANGED", "the rows are not those that were sealed", document["seal"], seal)
    try:
        rows = json.loads(record.sealed)
        invoice, lines = rows["invoice"], rows["lines"]
    except (ValueError, KeyError, TypeError):
        yield wrong("ROW_CHANGED", "the rows cannot be read")
        return
    places = {"id": record.id, "series_id": record.series, "sequence_number": record.sequence}
    for name, value in places.items():
        if invoice.get(name) != value:
            yield wrong("ROW_CHANGED", f"{name} is another one in the sealed rows", invoice.get(name), value)
    for name in _STATED:
        if not _same(document.get(name), invoice.get(name)):
            yield wrong(
                "ROW_CHANGED", f"{name} is not as the document states it", document.get(name), invoice.get(name)
            )
    if len(lines) != len(document["lines"]):
        yield wrong("ROW_CHANGED", "lines are missing or added", len(document["lines"]), len(lines))
        return
    for stated, line in zip(document["lines"], lines, strict=True):
        for name in _STATED_OF_LINES:
            if not _same(stated.get(name), line.get(name)):
                what = f"{name} of line {stated['position']} is not as the document states it"
                yield wrong("ROW_CHANGED", what, stated.get(name), line.get(name))


# Columns that the document states as they are.
_STATED: Final = (
    *("type", "number", "issue_date", "supply_date", "due_date", "currency", "prices_include_tax", "net_minor"),
    *("tax_minor", "gross_minor", "mentions", "order_reference", "note", "reason", "agreement_reference", "taxes"),
)
_STATED_OF_LINES: Final = (
    *("position", "description", "quantity", "unit_price", "net_minor", "tax_minor", "gross_minor", "sku", "unit"),
)


def _same(stated: Any, stored: Any) -> bool:
    if isinstance(stated, list) and isinstance(stored, list):
        return len(stated) == len(stored) and all(map(_same, stated, stored))
    if isinstance(stated, dict) and isinstance(stored, dict):
        return stated.keys() == stored.keys() and all(_same(stated[name], stored[name]) for name in stated)
    if stated != stored and isinstance(stated, str) and isinstance(stored, str):
        # A percentage is stored as it was given, such as 19.0.
        try:
            return Decimal(stated) == Decimal(stored)
        except DecimalException:
            return False
    return bool(stated == stored)


def check_totals(document: Mapping[str, Any]) -> Iterator[tuple[str, str, object, object]]:
    """The identities of EN 16931 (BR-CO-10 … 17) that a document's amounts break: code, message, expected, found."""
    with localcontext() as context:
        context.prec = 60
        yield from _totals(document)


def _totals(document: Mapping[str, Any]) -> Iterator[tuple[str, str, object, object]]:
    def differs(rule: str, expected: int, found: int) -> Iterator[tuple[str, str, object, object]]:
        if expected != found:
            yield "TOTALS", f"{rule} does not add up", expected, found

    lines, taxes = document["lines"], document["taxes"]
    net, tax, gross = document["net_minor"], document["tax_minor"], document["gross_minor"]
    inclusive, digits = document["prices_include_tax"], DIGITS.get(document["currency"], 2)
    entered = "gross_minor" if inclusive else "net_minor"
    for line in lines:
        name = f"line {line['position']}"
        yield from differs(f"{name}: net and tax", line["net_minor"] + line["tax_minor"], line["gross_minor"])
        if document["type"] != "CREDIT_NOTE":
            # A credit by amount states a part of what its line was.
            exact = (Decimal(line["quantity"]) * Decimal(line["unit_price"])).scaleb(digits)
            amount = _rounded(exact) - _sum(line["allowances"]) + _sum(line["charges"])
            yield from differs(f"{name}: quantity and price", amount, line[entered])
    total = sum(line[entered] for line in lines) - _sum(document["allowances"]) + _sum(document["charges"])
    yield from differs("BR-CO-13: lines, allowances and charges", total, gross if inclusive else net)
    yield from differs("BR-CO-13: bases of the VAT groups", sum(group["base_minor"] for group in taxes), net)
    yield from differs("BR-CO-14: VAT of the groups", sum(group["tax_minor"] for group in taxes), tax)
    yield from differs("BR-CO-15: net and VAT", net + tax, gross)
    yield from differs("BR-CO-16: total and prepaid", gross - document["prepaid_minor"], document["payable_minor"])
    # What credits or deducts others takes its amounts from them: each of its lines may bring half a unit.
    slack = len(lines) if document.get("preceding") else 0
    for group in taxes:
        rate = Decimal(group["percent"] or 0) / 100
        base = group["base_minor"]
        expected = _rounded((base + group["tax_minor"]) * rate / (1 + rate)) if inclusive else _rounded(base * rate)
        if abs(expected - group["tax_minor"]) > slack:
            yield "TOTALS", f"BR-CO-17: VAT at {group['percent']} %", expected, group["tax_minor"]


def _sum(stated: Sequence[Mapping[str, Any]]) -> int:
    return sum(item["amount_minor"] for item in stated)


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def canonical(content: object) -> str:
    """JSON with sorted keys and no blanks."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def rendered(pattern: str, number: int, date: str) -> str | None:
    """The number that a format gives; None for a format with tokens that this verifier does not know."""
    values = {"yyyy": date[:4], "yy": date[2:4], "mm": date[5:7]}
    unknown = False

    def value(match: re.Match[str]) -> str:
        nonlocal unknown
        name = match.group(1)
        if name and not name.strip("n"):
            return str(number).zfill(len(name))
        unknown = unknown or name not in values
        return values.get(name, "")

    text = re.sub(r"\{([^{}]*)\}", value, pattern)
    return None if unknown else text


def _text_of(record: Record) -> Mapping[str, Any]:
    try:
        found = json.loads(record.text or "")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _date(record: Record) -> str | None:
    found = _text_of(record).get("issue_date")
    return found if isinstance(found, str) else None


def shown(value: object) -> str | None:
    """A value as a finding tells it, at most 200 characters."""
    return None if value is None else str(value)[:200]
