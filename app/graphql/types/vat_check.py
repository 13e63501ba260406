"""What the registers of VAT numbers answered."""

from __future__ import annotations

from datetime import datetime

import strawberry

from app.db.aggregates import VAT_CHECKS
from app.db.vat_rows import VatCheckRow
from app.domain.identity import IdPrefix
from app.domain.registers.model import AnswerKind
from app.domain.scope import Permission
from app.graphql.fields import column
from app.graphql.node import Node
from app.graphql.sources import OfRow, stored


@stored(VAT_CHECKS, Permission.CUSTOMERS_READ, prefix=IdPrefix.VAT_CHECK)
@strawberry.type(description="A question to a register about a buyer's VAT number, and its answer as it came.")
class TaxIdCheck(OfRow, Node):
    number: str = strawberry.field(description="The number asked about, with its prefix.")
    state: str = strawberry.field(description="The state whose number it is, as VIES writes it: EL for Greece, or XI.")
    requester: str | None = strawberry.field(description="The seller's own number, in whose name it was asked.")
    kind: AnswerKind = strawberry.field(description="What came of it.")
    code: str | None = strawberry.field(description="The register's own word for why it gave no answer.")
    source: str = strawberry.field(
        description="Who answered: VIES, HMRC, SANDBOX, or LOCAL where format or check digits were wrong."
    )
    consultation_number: str | None = strawberry.field(
        description="The legal proof of having asked; registers give it to a requester that names its own number."
    )
    name: str | None = strawberry.field(description="The name it is registered under, where the state tells it.")
    address: str | None = strawberry.field(description="The address it is registered under, where the state tells it.")
    raw: str = column("raw_answer", description="The answer as it came, its first 4 kB; empty where none came.")
    answered_at: datetime = strawberry.field(description="When it was answered.")
    row: strawberry.Private[VatCheckRow]
