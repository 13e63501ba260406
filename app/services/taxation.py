"""From a seller, a buyer and lines to decided taxes and totals: the rows' side of `domain.tax` and `domain.totals`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

import orjson

from app.db.rows import CustomerRow, EntityRow
from app.db.tables import dump_json
from app.domain.errors import TaxUndetermined
from app.domain.tax.determine import determine
from app.domain.tax.model import (
    GivenTax,
    SupplyKind,
    SupplyNature,
    TaxBuyer,
    TaxClass,
    TaxDecision,
    TaxQuestion,
    TaxSeller,
    TaxSupply,
    TaxTreatment,
)
from app.domain.totals import AllowanceInput as TotalsAllowance
from app.domain.totals import LineInput as TotalsLine
from app.domain.totals import Totals, compute_totals
from app.services.inputs import AllowanceInput, DeductionInput, LineInput, ShipToInput, SupplyInput
from app.services.vat_evidence import proven


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """Lines with their decisions, the document's totals, and what its type must say besides."""

    decisions: tuple[TaxDecision, ...]
    totals: Totals
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and how it is stored with its line."""

    decision: TaxDecision
    stored: Mapping[str, Any]


_NONE: Final[Mapping[int, Decided]] = {}


def on_hold(decisions: Sequence[TaxDecision]) -> bool:
    """Whether a decision waits for the answer on the buyer's VAT number."""
    return any(decision.treatment is TaxTreatment.HOLD for decision in decisions)


def decide(
    *,
    seller: TaxSeller,
    buyer: TaxBuyer,
    asked: Sequence[tuple[SupplyInput, TaxClass]],
    ship_to: ShipToInput | None,
    tax_point: date,
    threshold_exceeded: bool | None,
    kept: Mapping[int, Decided] = _NONE,
) -> list[Decided]:
    """The tax of each supply; what is `kept`, by its place, is not decided anew.

    Raises TaxUndetermined under `lines.<i>` for one that cannot be decided.
    """
    destination = ship_to or ShipToInput(country=buyer.country, region=buyer.region, postcode=buyer.postcode)
    # The lines of one document mostly ask the same.
    known: dict[tuple[SupplyInput, TaxClass], Decided] = {}
    found = []
    for i, about in enumerate(asked):
        decided = kept.get(i) or known.get(about)
        if decided is None:
            supply, tax_class = about
            question = TaxQuestion(
                seller=seller,
                buyer=buyer,
                supply=_supply(supply, destination),
                tax_class=tax_class,
                tax_point=tax_point,
                threshold_exceeded=threshold_exceeded,
            )
            try:
                decided = known[about] = proven(_decided(question), question)
            except TaxUndetermined as error:
                raise error.under("lines", i) from None
        found.append(decided)
    return found


def price(
    *,
    seller: TaxSeller,
    buyer: TaxBuyer,
    lines: Sequence[LineInput],
    allowances: Sequence[AllowanceInput],
    charges: Sequence[AllowanceInput],
    ship_to: ShipToInput | None,
    currency: str,
    prices_include_tax: bool,
    tax_point: date,
    threshold_exceeded: bool | None,
) -> Priced:
    """Decides the tax of each line and computes the totals.

    Raises TaxUndetermined under `lines.<i>` for a line whose tax cannot be decided, InvalidInput for amounts.
    """
    decided = decide(
        seller=seller,
        buyer=buyer,
        asked=[(line.supply, line.tax_class) for line in lines],
        ship_to=ship_to,
        tax_point=tax_point,
        threshold_exceeded=threshold_exceeded,
        kept={
            i: Decided(line.decision, decision_to_json(line.decision))
            for i, line in enumerate(lines)
            if isinstance(line, DeductionInput)
        },
    )
    decisions = tuple(one.decision for one in decided)
    totals = compute_totals(
        currency=currency,
        lines=tuple(_totals_line(line, decision) for line, decision in zip(lines, decisions, strict=True)),
        allowances=_allowances(allowances),
        charges=_allowances(charges),
        prices_include_tax=prices_include_tax,
    )
    return Priced(decisions=decisions, totals=totals)


@lru_cache(maxsize=4_096)
def _decided(question: TaxQuestion) -> Decided:
    """The decision. Determination is pure: a marketplace asks the same over and over.

    It is the decision as it is read back, so that a document is the same whether its lines were just decided or stored.
    """
    stored = orjson.loads(dump_json(decision_to_json(determine(question))))
    return Decided(decision_from_json(stored), stored)


def seller_of(entity: EntityRow) -> TaxSeller:
    """A stored seller as the tax rules see it."""
    return TaxSeller(
        country=entity.country,
        region=entity.address_region,
        postcode=entity.address_postcode,
        vat_registered=entity.vat_registered,
        small_business=entity.small_business,
        oss=entity.oss,
        ioss=entity.ioss,
        other_registrations=tuple(entity.other_registrations),
        when_unverified=entity.when_unverified,
        destination_taxation=entity.destination_taxation,
    )


def buyer_of(customer: CustomerRow) -> TaxBuyer:
    """A stored buyer as the tax rules see it."""
    return TaxBuyer(
        country=customer.country,
        region=customer.address_region,
        postcode=customer.address_postcode,
        kind=customer.kind,
        tax_id_status=customer.tax_id_status,
        tax_id_country=customer.tax_id_country,
    )


def _supply(supply: SupplyInput, destination: ShipToInput) -> TaxSupply:
    return TaxSupply(
        kind=supply.kind,
        nature=supply.nature,
        dispatch_from=supply.dispatch_from,
        dispatch_region=supply.dispatch_region,
        ship_to=supply.ship_to or destination.country,
        ship_to_region=supply.ship_to_region or (None if supply.ship_to else destination.region),
        ship_to_postcode=None if supply.ship_to else destination.postcode,
        place_of_supply=supply.place_of_supply,
        facilitated_by_marketplace=supply.facilitated_by_marketplace,
        consignment_value=supply.consignment_value,
        detail=supply.detail,
        given=supply.given_tax,
    )


def entered_total(
    *,
    currency: str,
    lines: Sequence[LineInput],
    allowances: Sequence[AllowanceInput],
    charges: Sequence[AllowanceInput],
) -> int:
    """The sum of an order as entered, in minor units: without tax, or with it when prices include it.

    Raises InvalidInput naming the line and field.
    """
    untaxed = tuple(
        TotalsLine(
            quantity=line.quantity,
            unit_price=line.unit_price,
            category="O",
            percent=None,
            country=None,
            allowances=_allowances(line.allowances),
            charges=_allowances(line.charges),
        )
        for line in lines
    )
    totals = compute_totals(
        currency=currency,
        lines=untaxed,
        allowances=_allowances(allowances),
        charges=_allowances(charges),
        prices_include_tax=False,
    )
    return totals.gross_minor


def _totals_line(line: LineInput, decision: TaxDecision) -> TotalsLine:
    return TotalsLine(
        quantity=line.quantity,
        unit_price=line.unit_price,
        category=decision.category,
        percent=decision.percent,
        country=decision.country,
        exemption_code=decision.vatex_code,
        exemption_reason=decision.mention,
        allowances=_allowances(line.allowances),
        charges=_allowances(line.charges),
        given_tax=_given_amount(line, decision),
        deducts=isinstance(line, DeductionInput),
    )


def _given_amount(line: LineInput, decision: TaxDecision) -> Decimal | None:
    given = line.supply.given_tax
    return given.amount if given is not None and decision.treatment is TaxTreatment.GIVEN else None


def _allowances(values: Sequence[AllowanceInput]) -> tuple[TotalsAllowance, ...]:
    return tuple(TotalsAllowance(amount=v.amount, percent=v.percent, reason=v.reason) for v in values)


def decision_to_json(decision: TaxDecision) -> dict[str, Any]:
    """A decision as it is stored with its line."""
    return {
        "treatment": decision.treatment.value,
        "category": decision.category,
        "percent": None if decision.percent is None else format(decision.percent, "f"),
        "country": decision.country,
        "rule": decision.rule,
        "legal_basis": decision.legal_basis,
        "explanation": decision.explanation,
        "vatex_code": decision.vatex_code,
        "mention": decision.mention,
        "inputs": dict(decision.inputs),
        "evidence": dict(decision.evidence),
    }


def decision_from_json(stored: Mapping[str, Any]) -> TaxDecision:
    """The decision that `decision_to_json` stored."""
    percent = stored["percent"]
    return TaxDecision(
        **{
            **stored,
            "treatment": TaxTreatment(stored["treatment"]),
            "percent": None if percent is None else Decimal(percent),
        }
    )


def supply_to_json(supply: SupplyInput) -> dict[str, Any]:
    """A supply as it is stored with its line."""
    value = supply.consignment_value
    return {
        "kind": supply.kind.value,
        "nature": supply.nature.value,
        "dispatch_from": supply.dispatch_from,
        "dispatch_region": supply.dispatch_region,
        "ship_to": supply.ship_to,
        "ship_to_region": supply.ship_to_region,
        "place_of_supply": supply.place_of_supply,
        "facilitated_by_marketplace": supply.facilitated_by_marketplace,
        "consignment_value": None if value is None else format(value, "f"),
        "detail": supply.detail,
        **({} if supply.given_tax is None else _given_to_json(supply.given_tax)),
    }


def _given_to_json(given: GivenTax) -> dict[str, Any]:
    """A stated tax, flat beside the rest of the supply: most supplies have none."""
    return {
        "given_name": given.name,
        "given_amount": None if given.amount is None else format(given.amount, "f"),
        "given_percent": None if given.percent is None else format(given.percent, "f"),
        "given_jurisdiction": given.jurisdiction,
    }


def _given_from_json(fields: dict[str, Any]) -> GivenTax | None:
    if "given_name" not in fields:
        return None
    amount, percent = fields.pop("given_amount"), fields.pop("given_percent")
    return GivenTax(
        name=fields.pop("given_name"),
        amount=None if amount is None else Decimal(amount),
        percent=None if percent is None else Decimal(percent),
        jurisdiction=fields.pop("given_jurisdiction"),
    )


def supply_from_json(stored: Mapping[str, Any]) -> SupplyInput:
    """The supply that `supply_to_json` stored."""
    return _supply_of(tuple(stored.items()))


@lru_cache(maxsize=4_096)
def _supply_of(stored: tuple[tuple[str, Any], ...]) -> SupplyInput:
    fields = dict(stored)
    given, value = _given_from_json(fields), fields["consignment_value"]
    return SupplyInput(
        **{
            **fields,
            "given_tax": given,
            "kind": SupplyKind(fields["kind"]),
            "nature": SupplyNature(fields["nature"]),
            "consignment_value": None if value is None else Decimal(value),
        }
    )


def allowances_to_json(values: Sequence[AllowanceInput]) -> list[dict[str, Any]]:
    """Allowances or charges as entered, as they are stored with an order."""
    return [
        {
            "amount": None if value.amount is None else format(value.amount, "f"),
            "percent": None if value.percent is None else format(value.percent, "f"),
            "reason": value.reason,
        }
        for value in values
    ]


def allowances_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[AllowanceInput, ...]:
    """The allowances or charges that `allowances_to_json` stored."""
    return tuple(
        AllowanceInput(
            amount=None if item["amount"] is None else Decimal(item["amount"]),
            percent=None if item["percent"] is None else Decimal(item["percent"]),
            reason=item["reason"],
        )
        for item in stored
    )
