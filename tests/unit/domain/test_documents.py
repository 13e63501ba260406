"""The canonical form: stable, complete, and what the chain of hashes is made of."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents.canonical import content_hash, from_canonical, to_canonical
from app.domain.documents.model import InvoiceType
from app.domain.documents.registry import DOCUMENT_TYPES, document_type
from tests.documents import document


def test_the_canonical_text_gives_the_document_back() -> None:
    original = document()
    assert from_canonical(to_canonical(original)) == original


def test_equal_documents_have_equal_texts_and_different_ones_different_hashes() -> None:
    one, same = document(), document()
    other = replace(one, note="changed")
    assert to_canonical(one) == to_canonical(same)
    assert content_hash(to_canonical(one), None) != content_hash(to_canonical(other), None)
    assert content_hash(to_canonical(one), None) != content_hash(to_canonical(one), "a" * 64)


def test_trailing_zeros_are_no_difference() -> None:
    one = document()
    line = one.lines[0]
    other = replace(one, lines=(replace(line, quantity=Decimal("2.000")), *one.lines[1:]))
    assert to_canonical(one) == to_canonical(other)


def test_the_hash_of_a_known_document_never_changes() -> None:
    # Issued documents are verified by this hash for ten years: a change here breaks every chain.
    found = content_hash(to_canonical(document()), None)
    assert found == GOLDEN_HASH


GOLDEN_HASH = "11c44bc3e8c31638403f3ed2475f9926489be54dc4b11136d4b57690936d5cb5"


def test_documents_of_the_first_schema_are_read_with_what_was_added_since_at_its_default() -> None:
    first = (Path(__file__).parent / "document.v1.json").read_text(encoding="utf-8")
    assert content_hash(first, None) == "d8f7e53437931d2b5df0e7ffe01d3ad08edb489fadd43855b160106523efa8b2"
    assert from_canonical(first) == document()


def written(value: Any) -> Any:
    """A value as JSON has it, by the rules that the module states and nothing else."""
    if dataclasses.is_dataclass(value):
        return {field.name: written(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Decimal):
        return format(value.normalize(), "f") if value else "0"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): written(item) for name, item in value.items()}
    return [written(item) for item in value] if isinstance(value, list | tuple) else value


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12),
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), st.booleans() | st.none() | st.integers(0, 9)),
    st.integers(-(10**14), 10**14),
)
def test_the_standard_library_writes_the_same_text(
    note: str, name: str, quantity: Decimal, inputs: dict[str, Any], minor: int
) -> None:
    one = document()
    line = one.lines[0]
    line = replace(line, quantity=quantity, net_minor=minor, decision=replace(line.decision, inputs=inputs))
    one = replace(one, note=note, buyer=replace(one.buyer, name=name), lines=(line, *one.lines[1:]))
    content = {"schema": 2, **written(one)}
    assert to_canonical(one) == json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_every_type_has_its_code_and_sign() -> None:
    assert {kind.type for kind in DOCUMENT_TYPES} == set(InvoiceType)
    assert {kind.type: (kind.untdid, kind.sign) for kind in DOCUMENT_TYPES} == {
        InvoiceType.STANDARD: ("380", 1),
        InvoiceType.CREDIT_NOTE: ("381", -1),
        InvoiceType.PROFORMA: ("325", 1),
        InvoiceType.ADVANCE: ("386", 1),
        InvoiceType.SELF_BILLED: ("389", 1),
    }
    assert not document_type(InvoiceType.PROFORMA).is_tax_document
    assert date(2026, 3, 10) == document().issue_date
