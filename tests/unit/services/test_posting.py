"""The entry of a finalized document, which is built by the places of its fields."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.db.ledger_rows import LedgerEntryRow
from app.domain.documents.model import InvoiceType
from app.domain.ledger import EntryKind, LedgerAccount
from app.services import ledger

NOW = datetime(2026, 3, 9, tzinfo=UTC)


def document(type_: InvoiceType = InvoiceType.STANDARD, gross_minor: int = 1190) -> Any:
    ids = {"platform_id": "plat_1", "id": "inv_1", "entity_id": "ent_1", "customer_id": "cus_1"}
    return SimpleNamespace(**ids, type=type_, gross_minor=gross_minor, currency="EUR")


def test_each_field_gets_its_own_value() -> None:
    assert ledger.finalizing(document(), now=NOW, actor="key_1") == LedgerEntryRow(
        platform_id="plat_1",
        id="lent_1",
        entity_id="ent_1",
        customer_id="cus_1",
        invoice_id="inv_1",
        payment_id=None,
        kind=EntryKind.INVOICE,
        debit=LedgerAccount.RECEIVABLE,
        credit=LedgerAccount.SALES,
        amount_minor=1190,
        currency="EUR",
        occurred_at=NOW,
        created_at=NOW,
        created_by="key_1",
        reverses_id=None,
        reference=None,
    )


@pytest.mark.parametrize("type_", list(InvoiceType))
def test_what_is_owed_by(type_: InvoiceType) -> None:
    owed = type_ not in (InvoiceType.PROFORMA, InvoiceType.CREDIT_NOTE)
    assert (ledger.finalizing(document(type_), now=NOW, actor="x") is not None) is owed
    assert ledger.finalizing(document(type_, 0), now=NOW, actor="x") is None
