"""Sellers in the parts of member states where the state's VAT does not apply, or applies behind a border of its own.

Directive 2006/112/EC, art. 6: what leaves such a part is an export, what arrives there an import, whichever country the
address names. At home its own tax is due: IGIC in the Canaries, IPSI in Ceuta and Melilla, French VAT at rates of its
own in three overseas departments.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from app.domain.errors import TaxUndetermined
from app.domain.parties import CustomerKind
from app.domain.tax.case import Case, inputs_of, taxed, untaxed
from app.domain.tax.model import SupplyKind, SupplyNature, TaxDecision, TaxTreatment
from app.domain.tax.rates import RatePeriod, rate_of
from app.domain.tax.stated import refuse_stated
from app.domain.tax.territories import is_member


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalTax:
    """The tax of one such place. Without `periods` its rates stand in local ordinances, and are not known here.

    `category` is that of EN 16931: S for VAT, L for IGIC, M for IPSI; `same_as` the member state whose rates apply.
    `market` joins places between which goods do not cross a border.
    """

    name: str
    category: str
    legal_basis: str
    periods: tuple[RatePeriod, ...] = ()
    same_as: str | None = None
    market: str | None = None


_IGIC: Final = (
    RatePeriod(
        start=date(2012, 7, 1),
        end=date(2018, 12, 31),
        standard=Decimal("7"),
        reduced=Decimal("3"),
        zero=True,
        sources=("Ley 4/2012 de medidas administrativas y fiscales de Canarias, art. 51 ff.",),
    ),
    RatePeriod(
        start=date(2019, 1, 1),
        end=date(2019, 12, 31),
        standard=Decimal("6.5"),
        reduced=Decimal("3"),
        zero=True,
        sources=("Ley 7/2018 de Presupuestos Generales de Canarias para 2019",),
    ),
    RatePeriod(
        start=date(2020, 1, 1),
        standard=Decimal("7"),
        reduced=Decimal("3"),
        zero=True,
        sources=("Ley 19/2019 de Presupuestos Generales de Canarias para 2020",),
    ),
)
_OVERSEAS: Final = (
    RatePeriod(
        start=date(2000, 1, 1),
        standard=Decimal("8.5"),
        reduced=Decimal("2.1"),
        sources=("CGI art. 296",),
    ),
)
_CARIBBEAN: Final = LocalTax(
    name="French VAT", category="S", legal_basis="CGI art. 294 and 296", periods=_OVERSEAS, market="antilles"
)
LOCAL_TAXES: Final[dict[str, LocalTax]] = {
    "ES-CN": LocalTax(name="IGIC", category="L", legal_basis="Ley 20/1991, art. 2; Ley 4/2012", periods=_IGIC),
    "ES-CE": LocalTax(name="IPSI", category="M", legal_basis="Ley 8/1991, art. 1 and 18"),
    "ES-ML": LocalTax(name="IPSI", category="M", legal_basis="Ley 8/1991, art. 1 and 18"),
    "FR-GP": _CARIBBEAN,
    "FR-MQ": _CARIBBEAN,
    "FR-RE": replace(_CARIBBEAN, market=None),
    "FI-01": LocalTax(name="Finnish VAT", category="S", legal_basis="Act 1266/1996 on Åland, § 1", same_as="FI"),
}
# Where no turnover tax is levied at all, and why.
_UNTAXED: Final = {
    "FR-GF": ("CGI art. 294 (1)", "TVA non applicable - art. 294 du CGI"),
    "FR-YT": ("CGI art. 294 (1)", "TVA non applicable - art. 294 du CGI"),
    "DE-HEL": ("§ 1 (2) UStG", "Not subject to VAT: Heligoland, Art. 6 Directive 2006/112/EC"),
    "IT-LIV": ("DPR 633/1972, art. 7 (1) (a)", "Not subject to VAT: Livigno, Art. 6 Directive 2006/112/EC"),
}


def local(case: Case) -> TaxDecision:
    """The tax of a seller in such a place. Raises TaxUndetermined."""
    here, supply = case.seller, case.question.supply
    if not is_member(here.country, case.question.tax_point):
        raise TaxUndetermined(f"the tax rules of {here.name} are not known")
    if supply.kind is SupplyKind.GOODS:
        if case.origin.code != here.code:
            raise TaxUndetermined(
                f"the goods leave from {case.origin.name}, not from {here.name}", field=("supply", "dispatchFrom")
            )
        if not _one_market(here.code, case.destination.code):
            return _export(case)
    elif supply.nature is not SupplyNature.GENERAL:
        raise TaxUndetermined(f"the local tax of {here.name} on such services is not known", field=("supply", "nature"))
    elif case.buyer.code != here.code and case.question.buyer.kind is not CustomerKind.CONSUMER:
        return _outside(case)
    elif case.buyer.code != here.code and supply.kind is SupplyKind.DIGITAL:
        raise TaxUndetermined(
            f"a digital service from {here.name} to a consumer in {case.buyer.name} is taxed there, as from outside"
            " the EU (Art. 58); the seller is not registered there"
        )
    return _at_home(case)


def _one_market(origin: str, destination: str) -> bool:
    markets = [LOCAL_TAXES[code].market for code in (origin, destination) if code in LOCAL_TAXES]
    return origin == destination or (len(markets) == 2 and markets[0] is not None and markets[0] == markets[1])


def _export(case: Case) -> TaxDecision:
    here = case.seller
    return untaxed(
        case,
        TaxTreatment.EXPORT,
        category="G",
        country=here.country,
        rule="local.goods.export",
        legal_basis="Directive 2006/112/EC, art. 6 and 30; the law of the place on exports",
        explanation=f"Goods leave {here.name} for {case.destination.name}, across the border of its tax area.",
        vatex_code="VATEX-EU-G",
        mention=f"Export exempt: goods leave {here.name}",
    )


def _outside(case: Case) -> TaxDecision:
    return untaxed(
        case,
        TaxTreatment.OUTSIDE_SCOPE,
        category="O",
        country=None,
        rule="local.services.outside",
        legal_basis="Directive 2006/112/EC, art. 44; the law of the place",
        explanation=f"A service to a business in {case.buyer.name}, supplied outside {case.seller.name}.",
        vatex_code="VATEX-EU-O",
        mention=f"Not subject to tax in {case.seller.name}",
    )


def _at_home(case: Case) -> TaxDecision:
    here = case.seller
    if here.code in _UNTAXED:
        basis, mention = _UNTAXED[here.code]
        return untaxed(
            case,
            TaxTreatment.OUTSIDE_SCOPE,
            category="O",
            country=None,
            rule="local.untaxed",
            legal_basis=basis,
            explanation=f"No turnover tax is levied in {here.name}.",
            vatex_code="VATEX-EU-O",
            mention=mention,
        )
    tax = LOCAL_TAXES.get(here.code)
    if tax is None:
        raise TaxUndetermined(f"the local tax of {here.name} is not known")
    return _taxed(case, tax)


def _taxed(case: Case, tax: LocalTax) -> TaxDecision:
    question, here = case.question, case.seller
    rule, explanation = f"local.{tax.name.lower().replace(' ', '_')}", f"A supply inside {here.name}"
    treatment = TaxTreatment.DOMESTIC if tax.category == "S" else TaxTreatment.DOMESTIC_OTHER_TAX
    if tax.same_as is not None:
        state = replace(here, code=here.code, special=False, country=tax.same_as)
        found = taxed(case, state, treatment, rule=rule, legal_basis=tax.legal_basis, explanation=explanation)
        return replace(found, country=tax.same_as)
    given = question.supply.given
    if not tax.periods and given is not None and given.percent is not None:
        return _stated(case, tax, given.percent, rule)
    refuse_stated(case)
    if not tax.periods:
        return TaxDecision(
            treatment=treatment,
            category=tax.category,
            percent=None,
            country=here.code,
            rule=f"{rule}.rate_not_known",
            legal_basis=tax.legal_basis,
            explanation=f"{explanation}: {tax.name} is due, at a rate between 0.5 and 10 % by local ordinance, which is"
            " not known here; state its percent by supply.givenTax.",
            mention=f"{tax.name} ({here.name})",
            inputs=inputs_of(case),
        )
    rate = rate_of(here.name, tax.periods, question.tax_class, question.tax_point)
    return TaxDecision(
        treatment=treatment,
        category=tax.category,
        percent=rate.percent,
        country=here.country if tax.category == "S" else here.code,
        rule=rule,
        legal_basis=tax.legal_basis,
        explanation=f"{explanation}: {tax.name} at {format(rate.percent.normalize(), 'f')} %.",
        mention=None if tax.category == "S" else f"{tax.name} ({here.name})",
        inputs=inputs_of(case),
        evidence={"rate_since": rate.since.isoformat(), "sources": list(rate.sources)},
    )


def _stated(case: Case, tax: LocalTax, percent: Decimal, rule: str) -> TaxDecision:
    here = case.seller
    if not _LOWEST <= percent <= _HIGHEST:
        raise TaxUndetermined(
            f"{tax.name} is between {_LOWEST} and {_HIGHEST} %", field=("supply", "givenTax", "percent")
        )
    return TaxDecision(
        treatment=TaxTreatment.DOMESTIC_OTHER_TAX,
        category=tax.category,
        percent=percent,
        country=here.code,
        rule=f"{rule}.given",
        legal_basis=tax.legal_basis,
        explanation=f"A supply inside {here.name}: {tax.name} at {percent.normalize():f} %, as the marketplace states"
        " it.",
        mention=f"{tax.name} ({here.name})",
        inputs=inputs_of(case),
        evidence={"stated_by": "marketplace"},
    )


# Ley 8/1991, art. 18: the limits of the rates that the cities may set.
_LOWEST: Final = Decimal("0.5")
_HIGHEST: Final = Decimal(10)
