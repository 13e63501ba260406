"""What the registers of VAT numbers answered."""

from __future__ import annotations

from app.db.models.base import ENTITY_KEY, PlatformTable, choice, code, id_column, instant, text
from app.domain.registers.model import AnswerKind


class VatCheck(PlatformTable):
    """One question to a register about a buyer's VAT number, and its answer as it came."""

    id = id_column(pk=True)
    entity_id = id_column()
    customer_id = id_column()
    state = code(2)
    # As VIES writes it: the state's letters first.
    number = text(42)
    # The seller's own number, in whose name it was asked.
    requester = text(42, null=True)
    kind = choice(AnswerKind)
    code = text(80, null=True)
    source = text(20)
    consultation_number = text(80, null=True)
    name = text(200, null=True)
    address = text(500, null=True)
    raw_answer = text(4_096)
    answered_at = instant()

    class Meta:
        table = "vat_check"

    references = (
        ENTITY_KEY,
        (("platform_id", "entity_id", "customer_id"), "customer", ("platform_id", "entity_id", "id")),
    )
    indexes = (
        ("platform_id", "id"),
        ("platform_id", "entity_id", "customer_id", "id"),
        # What is asked again within a day is answered from here.
        (("platform_id", "entity_id", "number", "answered_at"), "kind IN ('VALID', 'INVALID')"),
    )
    append_only = True
