"""Who the seller is: what every one of its invoices must say of it (Directive 2006/112/EC, art. 226 (3) and (5))."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, cast

from stdnum import get_cc_module
from stdnum.ch import uid as stdnum_uid

from app.domain.compliance.model import Issue, Rule, SellerFacts, TaxIdFacts
from app.domain.numbering_countries import Severity
from app.domain.parties import TaxIdStatus

# The number of the Import One-Stop-Shop (Implementing Regulation (EU) 2020/194, annex): customs' business only, no VAT
# number that an invoice states.
_IOSS: Final = re.compile(r"IM[0-9]{10}")
# Where the postcode says which tax applies: parts of these countries lie outside the VAT area, or have their own rates.
_PLACED_BY_POSTCODE: Final = ("DE", "ES", "FI", "FR", "GB", "GR", "IT", "PT")


def is_ioss_number(value: str) -> bool:
    """Whether a tax number is one of the Import One-Stop-Shop."""
    return _IOSS.fullmatch(value) is not None


def vat_numbers(facts: SellerFacts, country: str) -> list[TaxIdFacts]:
    """The seller's VAT numbers of a country."""
    return [one for one in facts.tax_ids if one.country == country and not is_ioss_number(one.value)]


def prefix_of(country: str) -> str:
    """The letters before a VAT number of a country (EN 16931 BR-CO-9): its ISO code, and EL for Greece."""
    return "EL" if country == "GR" else country


def _address(facts: SellerFacts) -> Iterator[Issue]:
    if not (facts.line1 and facts.city):
        message = "the seller's address has no street or no town; every invoice must state it (Art. 226 (5))"
        yield Issue(message, ("address",))


def _placed(facts: SellerFacts) -> Iterator[Issue]:
    if facts.country in _PLACED_BY_POSTCODE and not (facts.postcode or facts.region):
        message = (
            f"parts of {facts.country} have taxes of their own, and the seller's address has no postcode or region"
        )
        yield Issue(f"{message}; the mainland's are applied", ("address", "postcode"))


def _own_number(facts: SellerFacts) -> Iterator[Issue]:
    if facts.vat_registered and not vat_numbers(facts, facts.country):
        message = f"the seller is registered for VAT but has no tax id of {facts.country} (Art. 226 (3))"
        yield Issue(message, ("taxIds",))


def _form(facts: SellerFacts) -> Iterator[Issue]:
    for i, one in enumerate(facts.tax_ids):
        wrong = None if is_ioss_number(one.value) else form_error(one.value, one.country)
        if wrong is not None:
            yield Issue(f"{one.value} is not a VAT number of {one.country}: {wrong}", ("taxIds", str(i), "value"))


@lru_cache(maxsize=4_096)
def form_error(value: str, country: str) -> str | None:
    """What is wrong with the format or the check digits of a VAT number; None where nothing is, or no form is known.

    Known are those of the member states, of Great Britain and Northern Ireland, Switzerland and Norway.
    """
    if country not in _PREFIXED and country not in ("CH", "NO"):
        return None
    name = "gb" if country == "XI" else country.lower()
    # Every one of these countries has a module of its own in python-stdnum.
    module = cast(Any, get_cc_module(name, "vat"))
    bare = value.removeprefix(prefix_of(country)) if country not in ("CH", "NO") else value
    if module.is_valid(bare) or (country == "CH" and stdnum_uid.is_valid(value)):
        return None
    return "its format or its check digits are wrong"


def _prefix(facts: SellerFacts) -> Iterator[Issue]:
    for i, one in enumerate(facts.tax_ids):
        # A number of Northern Ireland is one of the United Kingdom as well.
        prefixes = ("GB", "XI") if one.country == "GB" else (prefix_of(one.country),)
        if one.country in _PREFIXED and not is_ioss_number(one.value) and not one.value.startswith(prefixes):
            message = f"{one.value} does not begin with {prefix_of(one.country)}, as e-invoices want it (BR-CO-9)"
            yield Issue(message, ("taxIds", str(i), "value"))


def _refuted(facts: SellerFacts) -> Iterator[Issue]:
    for i, one in enumerate(facts.tax_ids):
        if one.status is TaxIdStatus.INVALID:
            yield Issue(f"the register of {one.country} does not know {one.value}", ("taxIds", str(i), "value"))


def _register(facts: SellerFacts) -> Iterator[Issue]:
    law = _REGISTER_LAWS.get(facts.country)
    if law is None or facts.registration:
        return
    forms, text = law
    if forms is None or forms.search(facts.legal_name):
        yield Issue(f"{text}, and the seller states none", ("registration",))


def _forms(*names: str) -> re.Pattern[str]:
    return re.compile("(?:^|[ ,])(?:" + "|".join(re.escape(name) for name in names) + ")(?:$|[ ,.&(])", re.IGNORECASE)


# By country: the legal forms it holds for (None: all), and what its law wants on business papers.
_REGISTER_LAWS: Final[Mapping[str, tuple[re.Pattern[str] | None, str]]] = {
    "DE": (
        _forms("GmbH", "UG", "AG", "SE", "KG", "OHG", "e.K.", "KGaA", "mbH"),
        "§ 35a GmbHG, § 80 AktG and § 37a HGB want the register court and number on business papers",
    ),
    "AT": (
        _forms("GmbH", "Ges.m.b.H.", "AG", "KG", "OG", "e.U."),
        "§ 14 UGB wants the Firmenbuch number and court on invoices",
    ),
    "FR": (None, "C. com. art. R123-237 wants the SIREN number and, of traders, RCS with its town on invoices"),
    "IT": (
        _forms("S.r.l.", "Srl", "S.p.A.", "SpA", "S.a.p.a.", "S.n.c.", "S.a.s."),
        "art. 2250 c.c. wants the register office and number on business papers",
    ),
    "ES": (
        _forms("S.L.", "SL", "S.L.U.", "SLU", "S.A.", "SA", "S.A.U."),
        "art. 24 Código de Comercio wants the entry in the Registro Mercantil on invoices",
    ),
    "NO": (_forms("AS", "ASA"), "foretaksregisterloven § 10-2 wants «Foretaksregisteret» on business papers"),
}
_PREFIXED: Final = tuple(
    "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI".split()
)

SELLER_RULES: Final[tuple[Rule[SellerFacts], ...]] = (
    Rule(
        number="ENTITY-ADDRESS",
        severity=Severity.WARNING,
        asks="The seller's address has a street and a town.",
        fix="Give line1 and city with entityUpdate.",
        source="Directive 2006/112/EC, art. 226 (5); EN 16931 BR-08",
        check=_address,
    ),
    Rule(
        number="ENTITY-PLACE",
        severity=Severity.WARNING,
        asks="Where parts of a country have taxes of their own, the address says by postcode or region where it lies.",
        fix="Give the postcode, or the region (ISO 3166-2), with entityUpdate.",
        source="Directive 2006/112/EC, art. 6 and 104-105",
        check=_placed,
    ),
    Rule(
        number="ENTITY-TAX-ID",
        severity=Severity.WARNING,
        asks="A seller that is registered for VAT has a tax id of its country.",
        fix="Give the tax id with entityUpdate, or set vatRegistered to false.",
        source="Directive 2006/112/EC, art. 226 (3)",
        check=_own_number,
    ),
    Rule(
        number="TAXID-01",
        severity=Severity.WARNING,
        asks="Each VAT number has the format and the check digits of its country.",
        fix="Give the right number with entityUpdate.",
        source="Directive 2006/112/EC, art. 214-215; GB VAT Notice 700; CH MWSTG art. 26;"
        " NO bokføringsforskriften § 5-1-2",
        check=_form,
    ),
    Rule(
        number="TAXID-02",
        severity=Severity.WARNING,
        asks="Each VAT number begins with the letters of its country, EL for Greece.",
        fix="Give the number with its prefix, such as GB980780684.",
        source="Directive 2006/112/EC, art. 215; EN 16931 BR-CO-9",
        check=_prefix,
    ),
    Rule(
        number="TAXID-03",
        severity=Severity.WARNING,
        asks="No register has called one of the seller's own VAT numbers invalid.",
        fix="Ask the tax office, and give the number with its new status with entityUpdate.",
        source="Regulation (EU) 904/2010, art. 31; Directive 2006/112/EC, art. 226 (3)",
        check=_refuted,
    ),
    Rule(
        number="LAW-REGISTER",
        severity=Severity.WARNING,
        asks="Where the national law wants it on business papers, the seller states its entry in the register.",
        fix="Give the registration with entityUpdate, such as HRB 12345, Amtsgericht Berlin.",
        source="DE § 35a GmbHG, § 80 AktG, § 37a HGB; AT § 14 UGB; FR C. com. art. R123-237; IT art. 2250 c.c.;"
        " ES art. 24 C. de Com.; NO foretaksregisterloven § 10-2",
        check=_register,
    ),
)
