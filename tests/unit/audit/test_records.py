"""What must hold of documents, on plain data."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.domain import money, numbering
from app.domain.audit.records import DIGITS, SCHEMAS, Chain, Record, check_totals, rendered
from app.domain.audit.script import verifier_script
from app.domain.documents.canonical import _READABLE, content_hash, to_canonical
from app.domain.documents.model import Document, DocumentTax, InvoiceType
from tests.documents import document, line


def findings(given: Document) -> list[tuple[str, str, object, object]]:
    return list(check_totals(json.loads(to_canonical(given))))


def test_a_document_that_adds_up_has_no_findings() -> None:
    assert findings(document()) == []


@pytest.mark.parametrize(
    ("given", "rule", "expected", "found"),
    [
        ({"net_minor": 3801}, "BR-CO-13: lines", 3800, 3801),
        ({"tax_minor": 723}, "BR-CO-14", 722, 723),
        ({"gross_minor": 4523}, "BR-CO-15", 4522, 4523),
        ({"payable_minor": 4521}, "BR-CO-16", 4522, 4521),
        ({"prepaid_minor": 1}, "BR-CO-16", 4521, 4522),
    ],
)
def test_totals_that_do_not_add_up_are_found(given: dict[str, Any], rule: str, expected: int, found: int) -> None:
    told = [(one[1].startswith(rule), one[2], one[3]) for one in findings(replace(document(), **given))]
    assert (True, expected, found) in told


def test_vat_that_is_not_its_bases_share_is_found_to_the_cent() -> None:
    tax = DocumentTax(category="S", percent=Decimal(19), country="DE", base_minor=3800, tax_minor=723)
    given = replace(document(), taxes=(tax,), tax_minor=723, gross_minor=4523, payable_minor=4523)
    assert [(one[1], one[2], one[3]) for one in findings(given)] == [("BR-CO-17: VAT at 19 %", 722, 723)]


def test_a_line_must_be_its_quantity_and_price() -> None:
    given = document(lines=(line(1, quantity=Decimal(3)),))
    assert [(one[1], one[2], one[3]) for one in findings(given)] == [
        ("line 1: quantity and price does not add up", 3000, 2000)
    ]
    # A credit by amount states a part of what its line was.
    assert findings(replace(given, type=InvoiceType.CREDIT_NOTE)) == []


def chained(*numbers: tuple[int | None, date]) -> list[Record]:
    """Documents that follow one another by their hashes, with these numbers and dates."""
    made, previous = [], None
    for number, on in numbers:
        named = "none" if number is None else f"RE-{number:03d}"
        text = to_canonical(document(number=named, issue_date=on))
        places = {"id": f"inv_{number}", "series_id": "ser_1", "sequence_number": number}
        stated = {name: value for name, value in json.loads(text).items() if name not in ("seller", "buyer")}
        sealed = json.dumps({"invoice": {**stated, **places}, "lines": stated["lines"]})
        digest = content_hash(text, previous)
        made.append(Record(f"inv_{number}", "ser_1", number, text, digest, previous, sealed, "FINALIZED", False))
        previous = digest
    return made


def followed(records: list[Record], start: int = 0) -> tuple[Chain, list[str]]:
    chain = Chain("ser_1", "RE-{nnn}", start)
    found = [finding for record in records for finding in chain.follow(record)]
    # These documents have no seals, which is a warning only.
    return chain, [finding.code for finding in found if finding.severity == "ERROR"]


DAY = date(2026, 3, 10)


def test_a_series_that_is_whole_has_no_findings() -> None:
    records = chained((1, DAY), (2, DAY), (3, date(2026, 3, 11)))
    chain, found = followed(records)
    assert found == []
    assert (chain.first, chain.last, chain.count, chain.head) == (1, 3, 3, records[-1].hash)
    assert list(chain.close(last=3, head=records[-1].hash, last_date="2026-03-11")) == []


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([(1, DAY), (3, DAY)], ["GAP"]),
        ([(2, DAY)], ["GAP"]),
        ([(1, DAY), (1, DAY)], ["DUPLICATE_NUMBER"]),
        ([(1, DAY), (2, date(2026, 3, 9))], ["DATE_ORDER"]),
    ],
)
def test_what_is_wrong_with_a_series_is_named(numbers: list[tuple[int, date]], found: list[str]) -> None:
    assert followed(chained(*numbers))[1] == found


def test_a_series_may_go_on_from_another_systems() -> None:
    assert followed(chained((100, DAY), (101, DAY)), start=99)[1] == []
    assert followed(chained((101, DAY)), start=99)[1] == ["GAP"]
    chain, _ = followed([], start=99)
    assert list(chain.close(last=99, head=None, last_date="2026-01-31")) == []
    assert [finding.code for finding in chain.close(last=98, head=None, last_date=None)] == ["HEAD_NUMBER"]


def test_a_link_that_is_broken_is_found_at_its_place() -> None:
    records = chained((1, DAY), (2, DAY), (3, DAY))
    assert followed([records[0], replace(records[1], previous="00"), records[2]])[1] == ["BROKEN_CHAIN", "BROKEN_HASH"]
    assert followed([records[1], records[2]])[1] == ["GAP", "BROKEN_CHAIN"]
    assert followed([replace(records[0], text=None)])[1] == ["NO_TEXT"]
    assert followed([replace(records[0], status="DRAFT")])[1] == ["STATUS"]
    assert followed([replace(records[0], voided=True)])[1] == ["STATUS"]


def test_the_verifier_knows_what_the_product_knows() -> None:
    assert DIGITS == money.OTHER_DIGITS
    assert SCHEMAS == _READABLE


@pytest.mark.parametrize("pattern", ["INV-{nnn}", "{yyyy}/{nnnn}", "{yy}{mm}-{n}-X", "R{mm}{yyyy}.{nn}"])
@pytest.mark.parametrize("number", [1, 42, 100_000])
def test_numbers_are_rendered_alike(pattern: str, number: int) -> None:
    on = date(2026, 3, 10)
    assert rendered(pattern, number, on.isoformat()) == numbering.parse(pattern).render(number, on)


def test_a_format_that_is_not_known_is_not_judged() -> None:
    assert rendered("{kw}-{nnn}", 1, "2026-03-10") is None


def test_the_script_is_one_file_of_the_standard_library() -> None:
    script = verifier_script()
    assert "from app" not in script
    assert "import app" not in script
    compile(script, "verify.py", "exec")
