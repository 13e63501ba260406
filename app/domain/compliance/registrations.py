"""Where and how a seller is registered: what keeps it from selling abroad, and settings that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.domain.compliance.model import Issue, Rule, SellerFacts
from app.domain.compliance.seller import is_ioss_number, vat_numbers
from app.domain.numbering_countries import Severity
from app.domain.tax.registry import REGIMES, has_regime
from app.domain.tax.territories import Territory, is_member, territory

_OSS: Final = ("settings", "tax", "oss")
_IOSS: Final = ("settings", "tax", "ioss")
_OTHERS: Final = ("settings", "tax", "otherRegistrations")
_SMALL: Final = ("settings", "tax", "smallBusiness")
_REGISTERED: Final = ("settings", "tax", "vatRegistered")
_THRESHOLD: Final = ("settings", "tax", "euThresholdExceeded")


def _place(facts: SellerFacts) -> Territory:
    return territory(facts.country, facts.region, facts.postcode, facts.on)


def _charges(facts: SellerFacts) -> bool:
    """Whether it charges VAT at all."""
    return facts.vat_registered and not facts.small_business


def _in_eu(facts: SellerFacts) -> bool:
    place = _place(facts)
    return place.eu_goods and not place.special


def members(on: date) -> tuple[str, ...]:
    """The member states on a day, by code."""
    return tuple(sorted(regime.country for regime in REGIMES if is_member(regime.country, on)))


def _beyond_the_threshold(facts: SellerFacts) -> Iterator[Issue]:
    if not (_at_destination(facts) and _charges(facts) and _in_eu(facts)) or facts.oss:
        return
    home = _place(facts).country
    missing = [state for state in members(facts.on) if state != home and state not in facts.other_registrations]
    if missing:
        where = f"{len(missing)} member states" if len(missing) > _NAMED else ", ".join(missing)
        why = "has passed the EUR 10,000 of Art. 59c" if facts.eu_sales_exceeded else "chose the destination's VAT"
        message = f"the seller {why} without the One-Stop-Shop: its sales to consumers in"
        yield Issue(f"{message} {where} are refused, for it is not registered there", _OSS)


def _at_destination(facts: SellerFacts) -> bool:
    """Whether its sales to consumers in other member states bear their VAT."""
    return bool(facts.eu_sales_exceeded) or facts.destination_taxation


def _below_the_threshold(facts: SellerFacts) -> Iterator[Issue]:
    if _charges(facts) and _in_eu(facts) and not facts.oss and not _at_destination(facts):
        message = "sales to consumers in other member states are taxed at home while they stay below EUR 10,000 a year"
        yield Issue(f"{message} (Art. 59c); above it the seller needs the One-Stop-Shop or registrations", _THRESHOLD)


def _oss_without_vat(facts: SellerFacts) -> Iterator[Issue]:
    if facts.oss and not facts.vat_registered:
        yield Issue("the seller uses the One-Stop-Shop but is not registered for VAT: it charges none", _OSS)


def _oss_from_outside(facts: SellerFacts) -> Iterator[Issue]:
    if facts.oss and not _in_eu(facts) and not _registered_members(facts):
        message = "the seller is not in the EU and registered in no member state: it cannot use the Union scheme"
        yield Issue(f"{message} (art. 369a-369b); for services there is the non-Union scheme (art. 358a)", _OSS)


def _registered_members(facts: SellerFacts) -> list[str]:
    return [state for state in facts.other_registrations if state == "XI" or is_member(state, facts.on)]


def _oss_and_small(facts: SellerFacts) -> Iterator[Issue]:
    if facts.oss and facts.small_business:
        message = "a small business (Art. 284) is exempt and does not use the One-Stop-Shop"
        yield Issue(message, _SMALL)


def _ioss_number(facts: SellerFacts) -> Iterator[Issue]:
    if facts.ioss and not any(is_ioss_number(one.value) for one in facts.tax_ids):
        yield Issue("the seller uses the Import One-Stop-Shop, and none of its tax ids is its number IM…", ("taxIds",))


def _ioss_intermediary(facts: SellerFacts) -> Iterator[Issue]:
    # Norway has an agreement on mutual assistance (Council Decision (EU) 2018/1089; Implementing Decision 2021/942).
    if facts.ioss and not _in_eu(facts) and facts.country != "NO":
        message = f"a seller in {facts.country} uses the Import One-Stop-Shop through an intermediary in the EU only"
        yield Issue(message, _IOSS)


def _ioss_and_small(facts: SellerFacts) -> Iterator[Issue]:
    if facts.ioss and not _charges(facts):
        yield Issue("the seller uses the Import One-Stop-Shop but charges no VAT by its settings", _IOSS)


def _numbers_abroad(facts: SellerFacts) -> Iterator[Issue]:
    missing = [country for country in facts.other_registrations if not vat_numbers(facts, country)]
    if missing:
        yield Issue(f"the seller is registered in {', '.join(missing)} but has no tax id of there", ("taxIds",))


def _unused_numbers(facts: SellerFacts) -> Iterator[Issue]:
    for i, one in enumerate(facts.tax_ids):
        elsewhere = one.country not in (facts.country, *facts.other_registrations) and one.country != "XI"
        if elsewhere and not is_ioss_number(one.value) and is_member(one.country, facts.on):
            message = (
                f"{one.value} is a VAT number of {one.country}, where the seller is not registered by its settings"
            )
            yield Issue(f"{message}: goods that leave from there are refused", ("taxIds", str(i), "country"))


def _home_twice(facts: SellerFacts) -> Iterator[Issue]:
    if facts.country in facts.other_registrations:
        yield Issue(f"{facts.country} is the seller's own country, not another registration", _OTHERS)


def _number_but_not_registered(facts: SellerFacts) -> Iterator[Issue]:
    if not facts.vat_registered and vat_numbers(facts, facts.country):
        message = f"the seller has a VAT number of {facts.country} but is not registered by its settings"
        yield Issue(f"{message}: no document charges VAT", _REGISTERED)


def _small_abroad(facts: SellerFacts) -> Iterator[Issue]:
    if facts.small_business and facts.other_registrations:
        message = f"the seller is exempt as a small business and registered in {', '.join(facts.other_registrations)}"
        yield Issue(f"{message} as well: what it sells from there is not exempt by its country's scheme", _OTHERS)


def _small_outside(facts: SellerFacts) -> Iterator[Issue]:
    if facts.small_business and not facts.vat_registered:
        yield Issue(
            "a seller that is not registered charges no VAT as it is; the exemption of Art. 284 is not stated", _SMALL
        )


def _northern_ireland(facts: SellerFacts) -> Iterator[Issue]:
    place = _place(facts)
    here = place.country == "GB" and place.eu_goods and not place.eu_services
    if here and facts.vat_registered and not _has_xi(facts):
        message = "a seller in Northern Ireland needs its number with the prefix XI for goods to and from the EU"
        yield Issue(message, ("taxIds",))


def _xi_elsewhere(facts: SellerFacts) -> Iterator[Issue]:
    place = _place(facts)
    if _has_xi(facts) and not (place.country == "GB" and place.eu_goods) and "XI" not in facts.other_registrations:
        message = "the seller has a number of Northern Ireland and neither its address nor a registration lies there"
        yield Issue(f"{message}: its goods count as leaving from {place.name}", _OTHERS)


def _has_xi(facts: SellerFacts) -> bool:
    return any(one.country == "XI" or one.value.startswith("XI") for one in facts.tax_ids)


def _law_unknown(facts: SellerFacts) -> Iterator[Issue]:
    place = _place(facts)
    if _charges(facts) and not has_regime(place.country):
        message = (
            f"the tax rules of {place.name} are not known here: what the seller sells is refused as TAX_UNDETERMINED"
        )
        yield Issue(message, ("address", "country"))


# Member states named one by one; more are counted.
_NAMED: Final = 5

REGISTRATION_RULES: Final[tuple[Rule[SellerFacts], ...]] = (
    Rule(
        number="REG-OSS-01",
        severity=Severity.WARNING,
        asks="A seller taxed at the destination uses the One-Stop-Shop, or is registered where it sells to.",
        fix="Set oss, or name the member states in otherRegistrations.",
        source="Directive 2006/112/EC, art. 33 (a), 58 and 59c; art. 369a ff.",
        check=_beyond_the_threshold,
    ),
    Rule(
        number="REG-OSS-02",
        severity=Severity.INFO,
        asks="A seller below the threshold knows that sales to consumers abroad are taxed at home.",
        fix="Set oss or destinationTaxation to charge the destination's VAT at once, or euThresholdExceeded when due.",
        source="Directive 2006/112/EC, art. 59c",
        check=_below_the_threshold,
    ),
    Rule(
        number="REG-OSS-03",
        severity=Severity.WARNING,
        asks="Who uses the One-Stop-Shop is registered for VAT.",
        fix="Set vatRegistered, or unset oss.",
        source="Directive 2006/112/EC, art. 369b-369c",
        check=_oss_without_vat,
    ),
    Rule(
        number="REG-OSS-04",
        severity=Severity.WARNING,
        asks="Who uses the Union scheme is in the EU, or registered in the member state that its goods leave from.",
        fix="Name the member state in otherRegistrations, or unset oss.",
        source="Directive 2006/112/EC, art. 358a ff. and 369a-369b",
        check=_oss_from_outside,
    ),
    Rule(
        number="REG-OSS-05",
        severity=Severity.WARNING,
        asks="A small business does not use the One-Stop-Shop.",
        fix="Unset smallBusiness or oss.",
        source="Directive 2006/112/EC, art. 284 and 369b",
        check=_oss_and_small,
    ),
    Rule(
        number="REG-IOSS-01",
        severity=Severity.WARNING,
        asks="Who uses the Import One-Stop-Shop has its number, IM and ten digits.",
        fix="Give the number as a tax id with entityUpdate; documents do not state it, customs declarations do.",
        source="Directive 2006/112/EC, art. 369q; Implementing Regulation (EU) 2020/194",
        check=_ioss_number,
    ),
    Rule(
        number="REG-IOSS-02",
        severity=Severity.INFO,
        asks="Who uses the Import One-Stop-Shop from outside the EU, other than Norway, has an intermediary in the EU.",
        fix="Appoint one; it is not kept here.",
        source="Directive 2006/112/EC, art. 369m",
        check=_ioss_intermediary,
    ),
    Rule(
        number="REG-IOSS-03",
        severity=Severity.WARNING,
        asks="Who uses the Import One-Stop-Shop charges VAT.",
        fix="Set vatRegistered and unset smallBusiness, or unset ioss.",
        source="Directive 2006/112/EC, art. 284 and 369m",
        check=_ioss_and_small,
    ),
    Rule(
        number="REG-ID-01",
        severity=Severity.WARNING,
        asks="For each further registration there is a tax id of that country.",
        fix="Give the tax ids with entityUpdate, or take the country out of otherRegistrations.",
        source="Directive 2006/112/EC, art. 214 and 226 (3)",
        check=_numbers_abroad,
    ),
    Rule(
        number="REG-ID-02",
        severity=Severity.WARNING,
        asks="Each VAT number of a member state belongs to the seller's country or to a further registration.",
        fix="Name the country in otherRegistrations, or take the number out.",
        source="Directive 2006/112/EC, art. 17, 31-33 and 214",
        check=_unused_numbers,
    ),
    Rule(
        number="REG-ID-03",
        severity=Severity.INFO,
        asks="Further registrations are in other countries.",
        fix="Take the country out of otherRegistrations.",
        source="Directive 2006/112/EC, art. 214",
        check=_home_twice,
    ),
    Rule(
        number="REG-VAT-01",
        severity=Severity.WARNING,
        asks="A seller with a VAT number of its country is registered by its settings.",
        fix="Set vatRegistered, or take the number out.",
        source="Directive 2006/112/EC, art. 9 and 214",
        check=_number_but_not_registered,
    ),
    Rule(
        number="REG-SMALL-01",
        severity=Severity.WARNING,
        asks="A small business has no registrations elsewhere: its exemption does not cover what it sells from there.",
        fix="Unset smallBusiness, or take the countries out of otherRegistrations.",
        source="Directive 2006/112/EC, art. 283-284",
        check=_small_abroad,
    ),
    Rule(
        number="REG-SMALL-02",
        severity=Severity.WARNING,
        asks="A small business is registered: its documents state the exemption, not that no VAT applies.",
        fix="Set vatRegistered beside smallBusiness.",
        source="Directive 2006/112/EC, art. 226 (11) and 284",
        check=_small_outside,
    ),
    Rule(
        number="REG-XI-01",
        severity=Severity.WARNING,
        asks="A seller in Northern Ireland has a number with the prefix XI.",
        fix="Give the number as a tax id of XI or GB, such as XI980780684.",
        source="Windsor Framework, art. 8 and annex 3; Directive 2006/112/EC, art. 215",
        check=_northern_ireland,
    ),
    Rule(
        number="REG-XI-02",
        severity=Severity.WARNING,
        asks="A number with the prefix XI belongs to an address or a registration in Northern Ireland.",
        fix="Give the address's postcode BT…, or name XI in otherRegistrations.",
        source="Windsor Framework, art. 8 and annex 3",
        check=_xi_elsewhere,
    ),
    Rule(
        number="REG-LAW-01",
        severity=Severity.WARNING,
        asks="The tax rules of the seller's country are known here.",
        fix="Ask the operator; a country is one file of rates and rules.",
        source="Directive 2006/112/EC, art. 31 ff. and 44-45: the place of supply names whose law applies",
        check=_law_unknown,
    ),
)
