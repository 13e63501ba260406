"""A question with its places looked up, and the decisions that rules make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from app.domain.errors import TaxUndetermined
from app.domain.parties import CustomerKind, TaxIdStatus, UnverifiedPolicy
from app.domain.tax.model import SupplyKind, TaxClass, TaxDecision, TaxQuestion, TaxTreatment
from app.domain.tax.territories import Territory, territory

ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question with its territories: seller's, buyer's, where goods leave from and where they go."""

    question: TaxQuestion
    seller: Territory
    buyer: Territory
    origin: Territory
    destination: Territory

    @property
    def seller_in_eu(self) -> bool:
        """Whether the seller is established in the EU's VAT area: Northern Ireland is for goods, the Canaries never."""
        goods = self.question.supply.kind is SupplyKind.GOODS
        return self.seller.eu_goods if goods else self.seller.eu_services

    @property
    def buyer_number_country(self) -> str | None:
        """The country of the buyer's VAT number in ISO codes; XI stays XI."""
        country = self.question.buyer.tax_id_country
        return "GR" if country == "EL" else country

    @property
    def buyer_is_business(self) -> bool:
        """Whether the buyer acts as a business, or as a legal person that may be registered for VAT."""
        return self.question.buyer.kind is not CustomerKind.CONSUMER

    @property
    def number_is_valid(self) -> bool:
        """Whether the buyer is a business with a VAT number that VIES has called valid; its last word may count."""
        buyer = self.question.buyer
        return self.buyer_is_business and (buyer.tax_id_status is TaxIdStatus.VALID or self._last_word_counts)

    @property
    def number_is_unverified(self) -> bool:
        """Whether the buyer is a business with a VAT number on which there is no answer."""
        unverified = self.question.buyer.tax_id_status is TaxIdStatus.UNVERIFIED
        return self.buyer_is_business and unverified and not self._last_word_counts

    @property
    def _last_word_counts(self) -> bool:
        buyer = self.question.buyer
        return buyer.tax_id_status is TaxIdStatus.UNVERIFIED and buyer.last_valid_on is not None


def case_of(question: TaxQuestion) -> Case:
    """The question with its places looked up; goods leave the seller's address and go to the buyer's unless told."""
    seller, buyer, supply, day = question.seller, question.buyer, question.supply, question.tax_point
    here = territory(seller.country, seller.region, seller.postcode, day)
    there = territory(buyer.country, buyer.region, buyer.postcode, day)
    origin, destination = here, there
    if supply.dispatch_from is not None or supply.dispatch_region is not None:
        # The seller's own postcode says where in its country the goods lie, unless the supply says it.
        own = supply.dispatch_from in (None, seller.country) and supply.dispatch_region is None
        origin = (
            here
            if own
            else territory(
                supply.dispatch_from or seller.country, supply.dispatch_region, supply.dispatch_postcode, day
            )
        )
    if supply.ship_to is not None:
        same = supply.ship_to == buyer.country and supply.ship_to_region is None and supply.ship_to_postcode is None
        destination = there if same else territory(supply.ship_to, supply.ship_to_region, supply.ship_to_postcode, day)
    return Case(question=question, seller=here, buyer=there, origin=origin, destination=destination)


def taxed(
    case: Case, place: Territory, treatment: TaxTreatment, *, rule: str, legal_basis: str, explanation: str
) -> TaxDecision:
    """VAT at a place's rate: category S, or Z for a zero rate. Raises TaxUndetermined where the rate is not known."""
    question = case.question
    if question.tax_class is TaxClass.EXEMPT:
        raise TaxUndetermined("say by supply.nature which exemption applies", field=("taxClass",))
    rate = place.rate(question.tax_class, question.tax_point)
    category = "Z" if question.tax_class is TaxClass.ZERO else "S"
    percent = format(rate.percent.normalize(), "f")
    return TaxDecision(
        treatment=treatment,
        category=category,
        percent=rate.percent,
        country=place.code if place.code == "XI" else place.country,
        rule=rule,
        legal_basis=legal_basis,
        explanation=f"{explanation}: {percent} % of {place.region.name if place.region else place.name}.",
        inputs=inputs_of(case),
        evidence={"rate_since": rate.since.isoformat(), "sources": list(rate.sources)},
    )


def untaxed(
    case: Case,
    treatment: TaxTreatment,
    *,
    category: str,
    country: str | None,
    rule: str,
    legal_basis: str,
    explanation: str,
    vatex_code: str | None,
    mention: str,
) -> TaxDecision:
    """No VAT on the document, with the reason; outside the scope there is no rate at all, else it is zero."""
    return TaxDecision(
        treatment=treatment,
        category=category,
        percent=None if category == "O" else ZERO,
        country=country,
        rule=rule,
        legal_basis=legal_basis,
        explanation=explanation,
        vatex_code=vatex_code,
        mention=mention,
        inputs=inputs_of(case),
    )


def awaiting(case: Case, charged: TaxDecision, what: str) -> TaxDecision:
    """What is decided while the buyer's VAT number is unverified: waiting, or the charge, by the seller's policy."""
    policy = case.question.seller.when_unverified
    if policy is UnverifiedPolicy.HOLD:
        return replace(
            charged,
            treatment=TaxTreatment.HOLD,
            rule="eu.buyer_number.hold",
            explanation=f"The buyer's VAT number is not verified, and the seller waits for the answer: {what} if it is"
            f" valid; otherwise: {charged.explanation}",
        )
    return replace(
        charged,
        explanation=f"{charged.explanation} The buyer's VAT number is not verified, so VAT is charged.",
    )


def inputs_of(case: Case) -> dict[str, Any]:
    """What the rules looked at, as it is stored with the decision."""
    question = case.question
    supply = question.supply
    last_valid = question.buyer.last_valid_on
    return {
        **({} if last_valid is None else {"buyer_number_last_valid": last_valid.isoformat()}),
        "date": question.tax_point.isoformat(),
        "seller": case.seller.code,
        "buyer": case.buyer.code,
        "buyer_kind": question.buyer.kind.value,
        "buyer_number": question.buyer.tax_id_status.value,
        "buyer_number_country": case.buyer_number_country,
        "kind": supply.kind.value,
        "nature": supply.nature.value,
        "origin": case.origin.code,
        "destination": case.destination.code,
        "place_of_supply": supply.place_of_supply,
        "tax_class": question.tax_class.value,
        "oss": question.seller.oss,
        "registrations": list(question.seller.other_registrations),
        "threshold_exceeded": question.threshold_exceeded,
        # Only where it was chosen, as few do: decisions stay as they were stored before it could be.
        **({"destination_taxation": True} if question.seller.destination_taxation else {}),
    }
