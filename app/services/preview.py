"""Taxes and totals of lines without a draft, for stored or inline sellers and buyers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from app.db.aggregates import CUSTOMERS, ENTITIES
from app.db.rows import EntityRow, InvoiceLineRow
from app.db.transaction import Session
from app.domain.compliance.model import Finding
from app.domain.compliance.refusals import refusal
from app.domain.countries import check_country
from app.domain.documents.model import InvoiceType
from app.domain.errors import InvalidInput, NotFound
from app.domain.numbering_law import Severity
from app.domain.parties import TaxIdStatus
from app.domain.registers.registers import Registers
from app.domain.scope import Permission, Scope
from app.domain.tax import cash
from app.domain.tax.model import TaxBuyer, TaxSeller
from app.domain.tax.threshold import may_count
from app.services import checks, eu_sales, item_lines, taxation
from app.services import lines as line_checks
from app.services.context import ServiceContext
from app.services.eu_sales import Candidate
from app.services.inputs import TaxPreviewInput
from app.services.invoice_rows import mentions_of, preview_lines, says_cash_accounting, tax_columns
from app.services.item_lines import Catalogue
from app.services.vat_standing import buyer_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Lines, taxes and totals in minor units, as an invoice would store them."""

    lines: Sequence[InvoiceLineRow]
    taxes: Sequence[Mapping[str, Any]]
    net_minor: int
    tax_minor: int
    gross_minor: int
    mentions: Sequence[str]
    findings: Sequence[Finding]


async def preview(ctx: ServiceContext, scope: Scope, given: TaxPreviewInput) -> Preview:
    """Decides and computes, and stores nothing. Raises NotFound, InvalidInput, TaxUndetermined."""
    scope.require(Permission.INVOICES_READ)
    allowances = line_checks.check_allowances(given.allowances, ("allowances",))
    charges = line_checks.check_allowances(given.charges, ("charges",))
    currency = checks.currency(given.currency, ("currency",))
    today = ctx.clock().date()
    async with ctx.database.read(scope) as session:
        seller, entity = await _seller(scope, session, given)
        buyer = await _buyer(scope, session, given, seller, ctx.registers)
        items = await item_lines.named(scope, session, given.lines)
        catalogue = Catalogue(
            # An inline seller has no items.
            items=items,
            entity_id=given.entity_id or "",
            currency=currency,
            prices_include_tax=given.prices_include_tax,
        )
        lines = line_checks.check_lines(given.lines, max_lines=ctx.max_lines, catalogue=catalogue)
        destinations = (buyer.country, *(line.supply.ship_to for line in lines))
        candidates = []
        if entity is not None and may_count(seller, destinations, given.date):
            candidates = [Candidate((entity.id, given.date.year), currency, min(given.date, today))]
        sales = await eu_sales.known(scope, session, candidates)
    price = partial(
        taxation.price,
        seller=seller,
        buyer=buyer,
        lines=lines,
        allowances=allowances,
        charges=charges,
        ship_to=None,
        currency=currency,
        prices_include_tax=given.prices_include_tax,
        tax_point=given.date,
    )
    if entity is None or given.threshold_exceeded is not None:
        priced = price(threshold_exceeded=given.threshold_exceeded)
    else:
        adjusted = bool(allowances or charges)
        priced = sales.priced(entity, price, currency, given.date, min(given.date, today), adjusted=adjusted)
    if entity is not None and says_cash_accounting(entity, InvoiceType.STANDARD, priced.decisions):
        priced = replace(priced, mentions=(cash.MENTION,))
    findings = [
        Finding(rule="TAX-REFUSED", severity=Severity.ERROR, message=message, field=("lines", str(i)))
        for i, decision in enumerate(priced.decisions)
        if (message := refusal(decision)) is not None
    ]
    return Preview(
        lines=preview_lines(lines, priced),
        taxes=tax_columns(priced),
        net_minor=priced.totals.net_minor,
        tax_minor=priced.totals.tax_minor,
        gross_minor=priced.totals.gross_minor,
        mentions=mentions_of(priced),
        findings=findings,
    )


async def _seller(scope: Scope, session: Session, given: TaxPreviewInput) -> tuple[TaxSeller, EntityRow | None]:
    if (given.entity_id is None) == (given.seller is None):
        raise InvalidInput("name the seller by entityId or give it as seller", field=("seller",))
    if given.seller is None:
        row = await ENTITIES.get(scope, session, given.entity_id or "")
        if row is None:
            raise NotFound("no such entity", field=("entityId",))
        return taxation.seller_of(row), row
    check_country(given.seller.country, field=("seller", "country"))
    registrations = checks.registrations(given.seller.other_registrations, ("seller", "otherRegistrations"))
    return replace(given.seller, other_registrations=tuple(registrations)), None


async def _buyer(
    scope: Scope, session: Session, given: TaxPreviewInput, seller: TaxSeller, registers: Registers
) -> TaxBuyer:
    if (given.customer_id is None) == (given.buyer is None):
        raise InvalidInput("name the buyer by customerId or give it as buyer", field=("buyer",))
    if given.buyer is None:
        row = await CUSTOMERS.get(scope, session, given.customer_id or "")
        if row is None or (given.entity_id is not None and row.entity_id != given.entity_id):
            raise NotFound("no such customer", field=("customerId",))
        return buyer_at(row, seller.when_unverified, given.date, registers)
    buyer = given.buyer
    check_country(buyer.country, field=("buyer", "country"))
    has_number = buyer.tax_id_status is not TaxIdStatus.NONE
    return replace(buyer, tax_id_country=buyer.tax_id_country or (buyer.country if has_number else None))
