"""What readiness says of the buyers' VAT numbers: a question that was refused, an answer that is old, or a bad one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.db import vat_checks as stored
from app.db.rows import CustomerRow, InvoiceRow
from app.db.vat_rows import VatCheckRow
from app.domain.numbering_law import Severity
from app.domain.parties import CustomerKind, TaxIdStatus
from app.services import readiness
from app.services.once import Work
from app.services.vat_standing import is_stale

_FIELD: Final = ("customer", "taxId")
# What to do about a refused question, by the register's word for it.
_FIXES: Final = {
    "INVALID_REQUESTER_INFO": "Correct the seller's own VAT number with entityUpdate.",
    "VAT_BLOCKED": "The state has blocked the number; ask the buyer for another one.",
    "IP_BLOCKED": "The register has blocked this server; the operator must see to it.",
}
_CORRECT: Final = "Correct the number with customerUpdate."


async def of_invoices(
    work: Work, drafts: Sequence[InvoiceRow], parts: Mapping[str, Mapping[str, Any]]
) -> dict[str, list[readiness.Finding]]:
    """What is found of each draft's buyer, by the draft's id. One statement, and none where no number is unverified."""
    buyers: dict[str, CustomerRow] = {row.id: parts[row.id]["customer"] for row in drafts}
    asked = [
        buyer.id
        for buyer in buyers.values()
        if buyer.kind is not CustomerKind.CONSUMER and buyer.tax_id_status is TaxIdStatus.UNVERIFIED
    ]
    refused = await stored.refusals(work.scope, work.session, asked)
    return {id_: _of_buyer(work, buyer, refused.get(buyer.id)) for id_, buyer in buyers.items()}


def _of_buyer(work: Work, buyer: CustomerRow, refused: VatCheckRow | None) -> list[readiness.Finding]:
    if buyer.kind is CustomerKind.CONSUMER:
        return []
    if refused is not None:
        return [
            readiness.Finding(
                rule="BUYER-TAX-ID-REFUSED",
                severity=Severity.WARNING,
                message=f"{refused.source} refused the question about {refused.number}: {refused.code}",
                field=_FIELD,
                fix=_FIXES.get(refused.code or "", _CORRECT),
            )
        ]
    if buyer.tax_id_status is TaxIdStatus.INVALID:
        return [
            readiness.Finding(
                rule="BUYER-TAX-ID-INVALID",
                severity=Severity.WARNING,
                message=f"{buyer.tax_id} is not a valid VAT number; the buyer is taxed as if it had none",
                field=_FIELD,
                fix=_CORRECT,
            )
        ]
    if is_stale(buyer, work.ctx.registers, work.scope.mode, work.now):
        return [
            readiness.Finding(
                rule="BUYER-TAX-ID-STALE",
                severity=Severity.INFO,
                message=f"{buyer.tax_id} was last valid at {buyer.tax_id_checked_at}; its register is asked again"
                " before a document rests on it",
                field=_FIELD,
                fix="Verify it with customerVerifyTaxId.",
            )
        ]
    return []
