"""The rules of EN 16931 that a document can break in our own model, before there is any XML.

`BY_CONSTRUCTION` names those that none can break, and why: they are kept by types, by checks of inputs, or by the way
totals are computed. Severities are those of a draft: an e-invoice with a WARNING of these would be refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Final

from app.domain.compliance.document import categories, is_tax_document
from app.domain.compliance.model import DraftFacts, Issue, Rule
from app.domain.compliance.seller import prefix_of
from app.domain.documents.model import DocumentLine, DocumentTax, InvoiceType
from app.domain.money import round_half_up
from app.domain.numbering_countries import Severity
from app.domain.tax.model import TaxTreatment

Check = Callable[[DraftFacts], Iterator[Issue]]
_HUNDRED: Final = Decimal(100)
# UN/ECE Recommendation 20 and 21: two or three capital letters or digits.
_UNIT: Final = re.compile(r"[A-Z0-9]{2,3}")
# The category's code (UNCL5305), how rules of the standard call it, and what it is.
_CATEGORIES: Final = (
    ("S", "S", "standard rated"),
    ("Z", "Z", "zero rated"),
    ("E", "E", "exempt"),
    ("AE", "AE", "reverse charged"),
    ("K", "IC", "intra-Community"),
    ("G", "G", "exported"),
    ("O", "O", "outside the scope of VAT"),
    ("L", "IG", "under IGIC, of the Canaries"),
    ("M", "IP", "under IPSI, of Ceuta and Melilla"),
)
_RATED: Final = ("S", "L", "M")


def _einvoice(check: Check) -> Check:
    """The check, of documents that could be e-invoices: tax documents whose tax is not another country's, as stated."""

    def checked(facts: DraftFacts) -> Iterator[Issue]:
        stated = any(line.decision.treatment is TaxTreatment.GIVEN for line in facts.document.lines)
        if is_tax_document(facts) and not stated:
            yield from check(facts)

    return checked


def _negative_price(facts: DraftFacts) -> Iterator[Issue]:
    for i, line in enumerate(facts.document.lines):
        if line.unit_price < 0:
            message = "the unit price is negative; e-invoices want a negative quantity instead"
            yield Issue(message, ("lines", str(i), "unitPrice"))


def _units(facts: DraftFacts) -> Iterator[Issue]:
    for i, line in enumerate(facts.document.lines):
        if line.unit is not None and not _UNIT.fullmatch(line.unit):
            yield Issue(f"the unit {line.unit!r} is no code of UN/ECE Recommendation 20", ("lines", str(i), "unit"))


def _reasons(name: str) -> Check:
    def check(facts: DraftFacts) -> Iterator[Issue]:
        for i, one in enumerate(getattr(facts.document, name)):
            if not one.reason:
                yield Issue(f"the document's {name[:-1]} has no reason", (name, str(i), "reason"))

    return check


def _line_reasons(name: str) -> Check:
    def check(facts: DraftFacts) -> Iterator[Issue]:
        for place, line in enumerate(facts.document.lines):
            for i, one in enumerate(getattr(line, name)):
                if not one.reason:
                    yield Issue(f"the line's {name[:-1]} has no reason", ("lines", str(place), name, str(i), "reason"))

    return check


def _buyer_prefix(facts: DraftFacts) -> Iterator[Issue]:
    number, country = facts.document.buyer.tax_id, facts.buyer.tax_id_country
    if number is not None and country is not None and not number.startswith(prefix_of(country)):
        yield Issue(f"the buyer's number {number} does not begin with {prefix_of(country)}", ("customer", "taxId"))


def _lines_and_total(facts: DraftFacts) -> Iterator[Issue]:
    document = facts.document
    beside = sum(one.amount_minor for one in document.charges) - sum(one.amount_minor for one in document.allowances)
    if document.prices_include_tax:
        # What is entered gross is summed gross: the standard knows no gross prices.
        lines, total = sum(line.gross_minor for line in document.lines), document.gross_minor
    else:
        lines, total = sum(line.net_minor for line in document.lines), document.net_minor
    if lines + beside != total:
        message = f"lines, allowances and charges come to {lines + beside} minor units, the total is {total}"
        yield Issue(message, ("lines",))


def _payable(facts: DraftFacts) -> Iterator[Issue]:
    document = facts.document
    if document.payable_minor != document.gross_minor - document.prepaid_minor:
        yield Issue(f"{document.payable_minor} minor units are due, not the total less what is paid")


def _tax_of_groups(facts: DraftFacts) -> Iterator[Issue]:
    for tax in facts.document.taxes:
        rate = Decimal(0) if tax.percent is None else tax.percent
        wanted = int(round_half_up(tax.base_minor * rate / _HUNDRED, 0))
        # Gross prices are solved per group, so that the last unit may differ; the standard's own tests allow one whole.
        if abs(tax.tax_minor - wanted) > 1:
            message = f"the VAT of {tax.category} at {rate.normalize():f} % on {tax.base_minor} is {wanted} minor units"
            yield Issue(f"{message}, not {tax.tax_minor}", ("taxes",))


def _breakdown(facts: DraftFacts) -> Iterator[Issue]:
    if not facts.document.taxes:
        yield Issue("the document has no VAT group", ("lines",))


def _due_date(facts: DraftFacts) -> Iterator[Issue]:
    if facts.document.payable_minor > 0 and facts.document.due_date is None:
        yield Issue("something is due, and the document does not say when", ("paymentTermDays",))


def _seller_identified(facts: DraftFacts) -> Iterator[Issue]:
    seller = facts.document.seller
    if not (seller.tax_id or seller.registration):
        yield Issue("the seller has neither a tax id nor an entry in a register", ("seller", "taxIds"))


def _preceding(facts: DraftFacts) -> Iterator[Issue]:
    document = facts.document
    if document.type is InvoiceType.CREDIT_NOTE and not any(one.number for one in document.preceding):
        yield Issue("the credit note does not name the document that it credits")


def _key(category: str, percent: Decimal | None, country: str | None) -> tuple[str, Decimal | None, str | None]:
    return category, None if percent is None else percent.normalize(), country


def _group_of(line: DocumentLine) -> tuple[str, Decimal | None, str | None]:
    return _key(line.decision.category, line.decision.percent, line.decision.country)


def _in_breakdown(category: str) -> Check:
    """-01: a category of lines has its groups, and but for rated ones exactly one."""

    def check(facts: DraftFacts) -> Iterator[Issue]:
        of_lines = {_group_of(line) for line in facts.document.lines if line.decision.category == category}
        groups = [tax for tax in facts.document.taxes if tax.category == category]
        found = {_key(tax.category, tax.percent, tax.country) for tax in groups}
        if of_lines != found:
            yield Issue(f"the lines of category {category} and the VAT groups differ", ("lines",))
        elif category not in _RATED and len(groups) > 1:
            places = ", ".join(tax.country or "none" for tax in groups)
            message = f"{len(groups)} VAT groups of category {category} (of {places}); an e-invoice has one"
            yield Issue(message, ("lines",))

    return check


def _identified(category: str) -> Check:
    """-02: who must be identified for VAT on a document with this category, or must not be."""

    def check(facts: DraftFacts) -> Iterator[Issue]:
        document = facts.document
        if category not in categories(document):
            return
        if category == "O":
            if document.seller.tax_id or document.buyer.tax_id:
                message = "outside the scope of VAT an e-invoice states no VAT numbers; the printed document may"
                yield Issue(message, ("lines",))
            return
        if not document.seller.tax_id:
            yield Issue(f"a document with category {category} states the seller's VAT number", ("seller", "taxIds"))
        if category in ("AE", "K") and not document.buyer.tax_id:
            yield Issue(f"a document with category {category} states the buyer's VAT number", ("customer", "taxId"))

    return check


def _rate(category: str) -> Check:
    """-05: the rate of lines of this category."""

    def check(facts: DraftFacts) -> Iterator[Issue]:
        for i, line in enumerate(facts.document.lines):
            percent = line.decision.percent
            if line.decision.category != category:
                continue
            right = percent is None if category == "O" else percent is not None and _rate_allowed(category, percent)
            if not right:
                shown = "no rate" if percent is None else f"{percent.normalize():f} %"
                yield Issue(f"{shown} does not go with category {category}", ("lines", str(i)))

    return check


def _rate_allowed(category: str, percent: Decimal) -> bool:
    if category == "S":
        return percent > 0
    return percent >= 0 if category in _RATED else percent == 0


def _base(category: str) -> Check:
    """-08: a group's base is the sum of its lines, where the document has no allowances or charges of its own."""

    def check(facts: DraftFacts) -> Iterator[Issue]:
        document = facts.document
        if document.allowances or document.charges:
            return
        for tax in _of_category(facts, category):
            key = _key(tax.category, tax.percent, tax.country)
            lines = sum(line.net_minor for line in document.lines if _group_of(line) == key)
            if lines != tax.base_minor:
                message = f"the base of {category} is {tax.base_minor} minor units, its lines come to {lines}"
                yield Issue(message, ("taxes",))

    return check


def _no_tax(category: str) -> Check:
    """-09: no VAT in a group of this category."""

    def check(facts: DraftFacts) -> Iterator[Issue]:
        for tax in _of_category(facts, category):
            if tax.tax_minor:
                yield Issue(f"the VAT group {category} charges {tax.tax_minor} minor units of VAT", ("taxes",))

    return check


def _reason(category: str) -> Check:
    """-10: a reason why no VAT is charged, or none where it is."""
    wanted = category not in (*_RATED, "Z")

    def check(facts: DraftFacts) -> Iterator[Issue]:
        for tax in _of_category(facts, category):
            if bool(tax.exemption_code or tax.exemption_reason) is not wanted:
                yield Issue(f"the VAT group {category} has {'no' if wanted else 'a'} reason of exemption", ("taxes",))

    return check


def _of_category(facts: DraftFacts, category: str) -> list[DocumentTax]:
    return [tax for tax in facts.document.taxes if tax.category == category]


def _mixed(facts: DraftFacts) -> Iterator[Issue]:
    found = categories(facts.document)
    if "O" in found and len(found) > 1:
        others = ", ".join(sorted(found - {"O"}))
        message = f"what is outside the scope of VAT stands beside {others}; an e-invoice cannot have both"
        yield Issue(message, ("lines",))


def _rule(number: str, asks: str, fix: str, check: Check, severity: Severity = Severity.WARNING) -> Rule[DraftFacts]:
    source = f"EN 16931 {number}"
    return Rule(number=number, severity=severity, asks=asks, fix=fix, source=source, check=_einvoice(check))


_DRAFT: Final = "Change the line with invoiceUpdate."
_REASON: Final = "Give a reason with invoiceUpdate."
_ANEW: Final = "Let the draft be decided anew with invoiceUpdate."
_SPLIT: Final = "Put these lines on a document of their own."


def _of_categories() -> Iterator[Rule[DraftFacts]]:
    for category, name, what in _CATEGORIES:
        yield _rule(
            f"BR-{name}-01",
            f"Lines that are {what} ({category}) have "
            + ("their VAT groups." if category in _RATED else "exactly one VAT group."),
            _SPLIT,
            _in_breakdown(category),
        )
        yield _rule(
            f"BR-{name}-02",
            f"A document with lines {what} ({category}) states "
            + (
                "no VAT numbers."
                if category == "O"
                else f"the VAT number of the seller{' and of the buyer' if category in ('AE', 'K') else ''}."
            ),
            "Put them on a document of their own, or leave it at the PDF."
            if category == "O"
            else "Give taxIds with entityUpdate, and the buyer's taxId with customerUpdate."
            if category in ("AE", "K")
            else "Give taxIds with entityUpdate.",
            _identified(category),
            Severity.INFO if category == "O" else Severity.WARNING,
        )
        yield _rule(
            f"BR-{name}-05",
            f"The rate of lines {what} ({category}) is "
            + {"S": "above zero.", "O": "not stated.", "L": "zero or more.", "M": "zero or more."}.get(
                category, "zero."
            ),
            _ANEW,
            _rate(category),
        )
        yield _rule(
            f"BR-{name}-08", f"The base of each VAT group {category} is the sum of its lines.", _ANEW, _base(category)
        )
        if category not in _RATED:
            yield _rule(f"BR-{name}-09", f"A VAT group {category} charges no VAT.", _ANEW, _no_tax(category))
        has = "no reason" if category in (*_RATED, "Z") else "a reason"
        yield _rule(f"BR-{name}-10", f"A VAT group {category} has {has} of exemption.", _ANEW, _reason(category))


EN16931_RULES: Final[tuple[Rule[DraftFacts], ...]] = (
    _rule("BR-23", "The unit of a line is a code of UN/ECE Recommendation 20.", _DRAFT, _units, Severity.INFO),
    _rule("BR-27", "The unit price of a line is not negative.", _DRAFT, _negative_price),
    _rule("BR-33", "Each allowance of the document has a reason.", _REASON, _reasons("allowances"), Severity.INFO),
    _rule("BR-38", "Each charge of the document has a reason.", _REASON, _reasons("charges"), Severity.INFO),
    _rule("BR-42", "Each allowance of a line has a reason.", _REASON, _line_reasons("allowances"), Severity.INFO),
    _rule("BR-44", "Each charge of a line has a reason.", _REASON, _line_reasons("charges"), Severity.INFO),
    _rule("BR-55", "A credit note names the document that it credits.", "Credit the document anew.", _preceding),
    _rule(
        "BR-CO-09",
        "The buyer's VAT number begins with the letters of its country, EL for Greece.",
        "Give the number with its prefix with customerUpdate.",
        _buyer_prefix,
    ),
    _rule("BR-CO-13", "Lines less allowances plus charges are the total without VAT.", _ANEW, _lines_and_total),
    _rule("BR-CO-16", "What is due is the total with VAT less what is paid.", _ANEW, _payable),
    _rule("BR-CO-17", "The VAT of a group is its base times its rate, but for one unit.", _ANEW, _tax_of_groups),
    _rule("BR-CO-18", "A document has at least one VAT group.", _ANEW, _breakdown),
    _rule("BR-CO-25", "Where something is due, the document says when.", "Give paymentTermDays.", _due_date),
    _rule(
        "BR-CO-26",
        "The seller has a tax id or an entry in a register.",
        "Give taxIds or registration with entityUpdate.",
        _seller_identified,
    ),
    *_of_categories(),
    _rule("BR-O-11", "What is outside the scope of VAT stands on a document of its own.", _SPLIT, _mixed),
)

# (Rules of the standard, why no document of ours breaks them.)
BY_CONSTRUCTION: Final[tuple[tuple[str, str], ...]] = (
    ("BR-01", "The specification identifier is the format's, not the document's."),
    (
        "BR-02 BR-03",
        "Number and date of issue are given in the transaction that finalizes, and the database checks it.",
    ),
    ("BR-04", "Each document type has its code of UNTDID 1001 (380, 381, 325, 386, 389)."),
    ("BR-05", "The currency is a checked ISO 4217 code and no column without a value."),
    ("BR-06 BR-07", "Names of sellers and buyers are checked to be there when they are given."),
    ("BR-08 BR-09 BR-10 BR-11", "Addresses have a checked country; ENTITY-ADDRESS and ART226-05 ask for the rest."),
    ("BR-12 BR-13 BR-14 BR-15", "All totals are columns without nulls, computed with the lines."),
    ("BR-16", "Finalizing refuses a document without lines; the rule is among the refusals."),
    ("BR-21 BR-22 BR-24 BR-26", "Position, quantity, net amount and price of a line are columns without nulls."),
    ("BR-25", "A line's description is checked not to be empty."),
    ("BR-28", "Prices have no gross price in the standard's sense: discounts are allowances of the line."),
    ("BR-29 BR-30", "There is no invoicing period, of the document or of a line."),
    ("BR-31 BR-32 BR-36 BR-37", "Document allowances and charges have amounts, and are spread over the VAT groups."),
    ("BR-41 BR-43", "A line's allowances and charges have amounts."),
    ("BR-45 BR-46 BR-47 BR-48", "A VAT group has base, tax, category and, but for O, a rate."),
    ("BR-52", "There are no supporting documents."),
    ("BR-53", "Where the VAT is stated in another currency, its amount is frozen with it; see TAX-CURRENCY-01."),
    ("BR-54", "There are no item attributes."),
    ("BR-56", "There is no tax representative."),
    ("BR-57", "Where goods go is a checked country: the one given, or the buyer's."),
    ("BR-CO-03", "There is one tax point: the day of supply, or the day of issue. No code of a date stands beside it."),
    ("BR-CO-04", "Each line has a decision with its category, or the draft cannot be finalized."),
    (
        "BR-CO-10 BR-CO-11 BR-CO-12",
        "The sums of lines, allowances and charges are not stored; the writer adds them up.",
    ),
    ("BR-CO-14 BR-CO-15", "Totals are sums of the groups' rounded amounts; finalizing refuses others all the same."),
    (
        "BR-S-03 BR-Z-03 BR-E-03 BR-AE-03 BR-IC-03 BR-G-03 BR-O-03 BR-IG-03 BR-IP-03",
        "As -02: an allowance is in its lines' groups.",
    ),
    (
        "BR-S-04 BR-Z-04 BR-E-04 BR-AE-04 BR-IC-04 BR-G-04 BR-O-04 BR-IG-04 BR-IP-04",
        "As -02: a charge is in its lines' groups.",
    ),
    (
        "BR-S-06 BR-Z-06 BR-E-06 BR-AE-06 BR-IC-06 BR-G-06 BR-O-06 BR-IG-06 BR-IP-06",
        "An allowance has its group's rate.",
    ),
    ("BR-S-07 BR-Z-07 BR-E-07 BR-AE-07 BR-IC-07 BR-G-07 BR-O-07 BR-IG-07 BR-IP-07", "A charge has its group's rate."),
    ("BR-S-09 BR-IG-09 BR-IP-09", "The same as BR-CO-17 for groups with a rate."),
    ("BR-IC-11 BR-IC-12", "The day of supply is the day of issue unless given; goods go to a checked country."),
    ("BR-O-12 BR-O-13 BR-O-14", "The same as BR-O-11: allowances and charges are in their lines' groups."),
)
