"""Supplies, tax decisions, breakdowns, allowances and findings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

import strawberry
from strawberry.scalars import JSON

from app.db.item_rows import ItemRow
from app.db.rows import InvoiceLineRow, OrderLineRow
from app.domain.numbering_law import Severity
from app.domain.tax.model import SupplyKind, SupplyNature, TaxTreatment
from app.domain.tax.model import TaxDecision as DomainDecision
from app.graphql.scalars import CountryCode
from app.graphql.types.money import Money, money
from app.rendering.labels import labels_for
from app.rendering.mentions import localized


@strawberry.type(description="Tax as the marketplace stated it.")
class GivenTax:
    name: str = strawberry.field(description="What it is called.")
    amount: Decimal | None = strawberry.field(description="The line's tax, if it was stated as an amount.")
    percent: Decimal | None = strawberry.field(description="The rate in percent, if it was stated.")
    jurisdiction: str | None = strawberry.field(description="Whose tax it is.")


@strawberry.type(description="What is supplied, as far as the tax depends on it.")
class Supply:
    kind: SupplyKind = strawberry.field(description="Goods, services or digital services.")
    nature: SupplyNature = strawberry.field(description="What decides the tax beyond the kind.")
    dispatch_from: CountryCode | None = strawberry.field(description="Where the goods leave from, if not the seller's.")
    dispatch_region: str | None = strawberry.field(description="The region they leave from (ISO 3166-2).")
    ship_to: CountryCode | None = strawberry.field(description="Where the goods go, if not to the buyer's address.")
    ship_to_region: str | None = strawberry.field(description="The region they go to (ISO 3166-2).")
    place_of_supply: CountryCode | None = strawberry.field(description="The place of an immovable, event or transport.")
    facilitated_by_marketplace: bool = strawberry.field(
        description="Whether Article 14a may make the platform supplier."
    )
    consignment_value: Decimal | None = strawberry.field(description="The consignment's intrinsic value in EUR.")
    detail: str | None = strawberry.field(description="Prose for people; no rule reads it.")
    given_tax: GivenTax | None = strawberry.field(description="Its tax, where the marketplace states it.")


@strawberry.type(description="How the tax of a line was decided, and why.")
class TaxDecision:
    treatment: TaxTreatment = strawberry.field(description="How the supply is taxed.")
    category: str = strawberry.field(description="The VAT category (UNCL5305), such as S, K, AE, G, E or O.")
    percent: Decimal | None = strawberry.field(description="The rate in percent; null where no rate applies.")
    country: CountryCode | None = strawberry.field(
        description="The place of taxation; XI for Northern Ireland's goods."
    )
    rule: str = strawberry.field(description="The stable name of the rule that decided.")
    legal_basis: str = strawberry.field(description="The article of the law.")
    vatex_code: str | None = strawberry.field(description="The exemption code (VATEX), where one applies.")
    inputs: JSON = strawberry.field(description="What the rule looked at.")
    evidence: JSON | None = strawberry.field(description="Where the rate comes from.")
    text: strawberry.Private[str]
    mentioned: strawberry.Private[str | None]

    @strawberry.field(description="The text that the law wants on the document, as the document words it.")
    def mention(
        self,
        locale: Annotated[
            str | None, strawberry.argument(description="The document's locale, such as de-AT; English if none.")
        ] = None,
    ) -> str | None:
        if self.mentioned is None or locale is None:
            return self.mentioned
        return localized([self.mentioned], labels_for(locale))[0]

    @strawberry.field(description="Why, in one sentence.")
    def explanation(
        self,
        locale: Annotated[
            str | None,
            strawberry.argument(
                description="The reader's locale. The text exists in English, which every locale gets."
            ),
        ] = None,
    ) -> str:
        return self.text


@strawberry.type(description="The tax of one category and rate.")
class TaxBreakdown:
    category: str = strawberry.field(description="The VAT category (UNCL5305).")
    percent: Decimal | None = strawberry.field(description="The rate in percent; null where no rate applies.")
    country: CountryCode | None = strawberry.field(description="The place of taxation.")
    base: Money = strawberry.field(description="The taxable amount, without tax.")
    tax: Money = strawberry.field(description="The tax: the base times the rate, rounded once (EN 16931 BR-CO-17).")
    exemption_reason: str | None = strawberry.field(description="Why no tax is charged.")
    exemption_code: str | None = strawberry.field(description="The exemption code (VATEX).")


@strawberry.type(description="An allowance or a charge, on a line or on the document.")
class Allowance:
    reason: str | None = strawberry.field(description="What it is for.")
    amount: Money = strawberry.field(description="Its amount, as entered: net, or gross when prices include tax.")
    percent: Decimal | None = strawberry.field(description="The percentage it was computed from.")


@strawberry.type(description="Something that stands in the way of a compliant document, or that should be known.")
class Finding:
    rule: str = strawberry.field(description="The rule's stable name.")
    severity: Severity = strawberry.field(description="An ERROR stops the document; the others do not.")
    field: list[str] = strawberry.field(description="The path of the value to change; empty when no value is to blame.")
    message: str = strawberry.field(description="What is wrong.")
    fix: str | None = strawberry.field(description="What would put it right.")
    source: str | None = strawberry.field(default=None, description="The law or the standard that says so.")


def supply_of(row: OrderLineRow | InvoiceLineRow | ItemRow) -> Supply:
    """The supply of a line or an item."""
    return supply_from(row.supply)


def supply_from(stored: Mapping[str, Any]) -> Supply:
    """A supply as lines and items store it."""
    value = stored["consignment_value"]
    return Supply(
        kind=SupplyKind(stored["kind"]),
        nature=SupplyNature(stored["nature"]),
        dispatch_from=stored["dispatch_from"],
        dispatch_region=stored["dispatch_region"],
        ship_to=stored["ship_to"],
        ship_to_region=stored["ship_to_region"],
        place_of_supply=stored["place_of_supply"],
        facilitated_by_marketplace=stored["facilitated_by_marketplace"],
        consignment_value=None if value is None else Decimal(value),
        detail=stored["detail"],
        given_tax=_given(stored),
    )


def _given(stored: Mapping[str, Any]) -> GivenTax | None:
    if "given_name" not in stored:
        return None
    amount, percent = stored["given_amount"], stored["given_percent"]
    return GivenTax(
        name=stored["given_name"],
        amount=None if amount is None else Decimal(amount),
        percent=None if percent is None else Decimal(percent),
        jurisdiction=stored["given_jurisdiction"],
    )


def decision(value: DomainDecision) -> TaxDecision:
    """A tax decision."""
    return TaxDecision(
        treatment=value.treatment,
        category=value.category,
        percent=value.percent,
        country=None if value.country is None else CountryCode(value.country),
        rule=value.rule,
        legal_basis=value.legal_basis,
        vatex_code=value.vatex_code,
        mentioned=value.mention,
        inputs=JSON(dict(value.inputs)),
        evidence=JSON(dict(value.evidence)) if value.evidence else None,
        text=value.explanation,
    )


def breakdown(stored: Mapping[str, Any], currency: str) -> TaxBreakdown:
    """A VAT group as an invoice stores it."""
    percent = stored["percent"]
    return TaxBreakdown(
        category=stored["category"],
        percent=None if percent is None else Decimal(percent),
        country=stored["country"],
        base=money(stored["base_minor"], currency),
        tax=money(stored["tax_minor"], currency),
        exemption_reason=stored["exemption_reason"],
        exemption_code=stored["exemption_code"],
    )


def allowance(stored: Mapping[str, Any], currency: str) -> Allowance:
    """An allowance or charge as an invoice stores it."""
    percent = stored["percent"]
    return Allowance(
        reason=stored["reason"],
        amount=money(stored["amount_minor"], currency),
        percent=None if percent is None else Decimal(percent),
    )
