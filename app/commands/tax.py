"""`invoicing tax …`: decisions and rates explained, without a database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.table import Table

from app.commands.console import ERR, OUT
from app.domain.countries import check_country
from app.domain.errors import InvalidInput, TaxUndetermined
from app.domain.parties import CustomerKind, TaxIdStatus
from app.domain.tax.determine import determine
from app.domain.tax.model import (
    SupplyKind,
    SupplyNature,
    TaxBuyer,
    TaxClass,
    TaxDecision,
    TaxQuestion,
    TaxSeller,
    TaxSupply,
)
from app.domain.tax.registry import has_regime, regime_of

_Country = Annotated[str, typer.Argument(help="ISO 3166-1 code; with a region as ISO 3166-2, such as ES-CN.")]
_DATE = ["%Y-%m-%d"]


def explain(
    seller: _Country,
    buyer: _Country,
    kind: Annotated[SupplyKind, typer.Option(help="What is supplied.")] = SupplyKind.GOODS,
    nature: Annotated[SupplyNature, typer.Option(help="What decides beyond the kind.")] = SupplyNature.GENERAL,
    buyer_kind: Annotated[CustomerKind, typer.Option(help="What the buyer is.")] = CustomerKind.CONSUMER,
    number: Annotated[TaxIdStatus, typer.Option(help="What is known of the buyer's VAT number.")] = TaxIdStatus.NONE,
    number_country: Annotated[str | None, typer.Option(help="The country of that number; the buyer's if none.")] = None,
    tax_class: Annotated[TaxClass, typer.Option(help="Which rate the product falls under.")] = TaxClass.STANDARD,
    on: Annotated[datetime | None, typer.Option(formats=_DATE, help="The day of supply; today if none.")] = None,
    dispatch_from: Annotated[str | None, typer.Option(help="Where goods leave from, if not the seller's.")] = None,
    ship_to: Annotated[str | None, typer.Option(help="Where goods go, if not to the buyer.")] = None,
    place: Annotated[str | None, typer.Option(help="Where a service happens.")] = None,
    oss: Annotated[bool, typer.Option("--oss", help="The seller uses the One-Stop-Shop.")] = False,
    registration: Annotated[list[str] | None, typer.Option(help="Where else the seller is registered.")] = None,
    small_business: Annotated[bool, typer.Option("--small-business", help="The seller is exempt.")] = False,
    threshold: Annotated[bool | None, typer.Option("--above/--below", help="The EUR 10,000 of Art. 59c.")] = None,
    opted: Annotated[
        bool, typer.Option("--destination-taxation", help="The seller has chosen the destination's VAT (Art. 59c (3)).")
    ] = False,
    marketplace: Annotated[bool, typer.Option("--marketplace", help="A marketplace facilitates the sale.")] = False,
) -> None:
    """Say how a sale is taxed, by which rule and why; exit 1 when it cannot be decided."""
    origin, destination = _place(dispatch_from), _place(ship_to)
    try:
        question = TaxQuestion(
            seller=TaxSeller(
                **_place(seller),
                oss=oss,
                small_business=small_business,
                other_registrations=tuple(registration or ()),
                destination_taxation=opted,
            ),
            buyer=TaxBuyer(
                **_place(buyer),
                kind=buyer_kind,
                tax_id_status=number,
                tax_id_country=None if number is TaxIdStatus.NONE else number_country or buyer.partition("-")[0],
            ),
            supply=TaxSupply(
                kind=kind,
                nature=nature,
                dispatch_from=origin.get("country"),
                dispatch_region=origin.get("region"),
                ship_to=destination.get("country"),
                ship_to_region=destination.get("region"),
                place_of_supply=place,
                facilitated_by_marketplace=marketplace,
            ),
            tax_class=tax_class,
            tax_point=_day(on),
            threshold_exceeded=threshold,
        )
        decision = determine(question)
    except InvalidInput as error:
        ERR.print(f"{error.message}")
        raise typer.Exit(error.exit_code) from None
    except TaxUndetermined as error:
        where = f" ({'.'.join(error.field)})" if error.field else ""
        OUT.print(f"not decided{where}: {error.message}", soft_wrap=True)
        raise typer.Exit(1) from None
    _print(decision)


def rates(
    country: Annotated[str, typer.Argument(help="ISO 3166-1 code.")],
    on: Annotated[datetime | None, typer.Option(formats=_DATE, help="The day; all periods if none.")] = None,
) -> None:
    """List the rates of a country by period, with their sources."""
    if not has_regime(country) or regime_of(country).given:
        ERR.print(f"the tax rates of {country} are not known")
        raise typer.Exit(1)
    regime = regime_of(country)
    table = Table("region", "since", "until", *(item.value.lower().replace("_", " ") for item in _CLASSES), "sources")
    for name, periods in ((regime.name, regime.periods), *((part.name, part.periods) for part in regime.regions)):
        for period in periods:
            if on is not None and not period.start <= on.date() <= (period.end or date.max):
                continue
            percents = [period.percent(item) for item in _CLASSES]
            cells = ["" if percent is None else format(percent, "f") for percent in percents]
            table.add_row(name, str(period.start), str(period.end or ""), *cells, "; ".join(period.sources))
    OUT.print(table)


_CLASSES = [item for item in TaxClass if item is not TaxClass.EXEMPT]


def _place(code: str | None) -> dict[str, Any]:
    """The country and region of `ES` or `ES-CN`. Raises InvalidInput for no country."""
    if code is None:
        return {}
    country, _, region = code.partition("-")
    check_country(country, field=("country",))
    return {"country": country, "region": code if region else None}


def _day(on: datetime | None) -> date:
    # The command is for people at a terminal: their own today.
    return datetime.now().astimezone().date() if on is None else on.date()


def _print(decision: TaxDecision) -> None:
    facts = {
        "treatment": decision.treatment.value,
        "category": decision.category,
        "percent": None if decision.percent is None else f"{decision.percent.normalize():f} %",
        "country": decision.country,
        "rule": decision.rule,
        "legal basis": decision.legal_basis,
        "VATEX": decision.vatex_code,
        "mention": decision.mention,
        "why": decision.explanation,
        **{f"evidence: {name}": value for name, value in decision.evidence.items()},
    }
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        if value is not None:
            table.add_row(name, "; ".join(value) if isinstance(value, list) else str(value))
    OUT.print(table)
