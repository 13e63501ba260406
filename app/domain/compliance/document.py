"""What an invoice must say (Directive 2006/112/EC, art. 220-230), asked of a draft as the document it would be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.domain.compliance.model import DraftFacts, Issue, Rule
from app.domain.documents.model import Document
from app.domain.documents.registry import document_type
from app.domain.numbering_countries import Severity
from app.domain.parties import CustomerKind
from app.domain.tax.model import TaxTreatment

# Art. 220a (1) (a) and 238: EUR 100 everywhere; member states may go to EUR 400, which is not relied on.
SIMPLIFIED_MINOR: Final = 100_00
_DISTANT: Final = frozenset({TaxTreatment.OSS, TaxTreatment.ORIGIN, TaxTreatment.DESTINATION_REGISTRATION})
_REVERSED: Final = frozenset({"AE", "K"})
_AT_HOME: Final = "eu.domestic_reverse_charge"
_REASONED: Final = frozenset({"E", "AE", "K", "G", "O"})
# Art. 222: the fifteenth of the month after the chargeable event.
_LAST_DAY: Final = 15


def categories(document: Document) -> frozenset[str]:
    """The VAT categories of the document's groups."""
    return frozenset(tax.category for tax in document.taxes)


def is_tax_document(facts: DraftFacts) -> bool:
    """Whether VAT becomes due by the document, so that the law of invoices holds for it."""
    return document_type(facts.document.type).is_tax_document


def may_be_simplified(document: Document) -> bool:
    """Whether it may be a simplified invoice (Art. 220a): up to EUR 100, no distance sale, no supply of Art. 138.

    Nor may one whose VAT the buyer owes. In other currencies it is not taken for one.
    """
    small = document.currency == "EUR" and document.gross_minor <= SIMPLIFIED_MINOR
    return small and not is_distance_sale(document) and not categories(document) & _REVERSED


def is_distance_sale(document: Document) -> bool:
    """Whether goods or digital services go to a consumer in another member state (Art. 33 and 58)."""
    return any(line.decision.treatment in _DISTANT for line in document.lines)


def _buyer_address(facts: DraftFacts) -> Iterator[Issue]:
    document, address = facts.document, facts.document.buyer.address
    # Art. 220 (1): to a consumer an invoice is only owed for distance sales.
    owed = facts.buyer.kind is not CustomerKind.CONSUMER or is_distance_sale(document)
    if owed and is_tax_document(facts) and not may_be_simplified(document) and not (address.line1 and address.city):
        message = "the buyer's address has no street or no town; only a simplified invoice may leave it out"
        yield Issue(message, ("customer", "address"))


def _buyer_number(facts: DraftFacts) -> Iterator[Issue]:
    found = categories(facts.document) & _REVERSED
    if found and is_tax_document(facts) and facts.document.buyer.tax_id is None:
        why = "the supply is exempt as intra-Community (Art. 138)" if "K" in found else "the buyer owes the VAT"
        yield Issue(f"{why}, so the document states the buyer's VAT number, and there is none", ("customer", "taxId"))


def _in_time(facts: DraftFacts) -> Iterator[Issue]:
    # Art. 222 is about art. 138 and 196; a reverse charge at home (art. 199) follows the state's own terms.
    abroad = any(
        line.decision.category in _REVERSED and line.decision.rule != _AT_HOME for line in facts.document.lines
    )
    if is_tax_document(facts) and abroad:
        supplied = facts.document.supply_date
        following = date(supplied.year + supplied.month // 12, supplied.month % 12 + 1, _LAST_DAY)
        if facts.on > following:
            yield Issue(f"the invoice for a supply of {supplied} was due by {following}", ("supplyDate",))


def _net_prices(facts: DraftFacts) -> Iterator[Issue]:
    document = facts.document
    business = facts.buyer.kind is CustomerKind.BUSINESS
    if document.prices_include_tax and business and is_tax_document(facts) and not may_be_simplified(document):
        message = "the unit prices include VAT, and an invoice to a business states them without"
        yield Issue(message, ("pricesIncludeTax",))


def _reasons(facts: DraftFacts) -> Iterator[Issue]:
    for tax in facts.document.taxes:
        if tax.category in _REASONED and not (tax.exemption_code or tax.exemption_reason):
            yield Issue(f"the VAT group {tax.category} has no reason why no VAT is charged", ("taxes",))


def _mentions(facts: DraftFacts) -> Iterator[Issue]:
    stated = set(facts.document.mentions)
    for line in facts.document.lines:
        wanted = line.decision.mention
        if wanted is not None and wanted not in stated:
            stated.add(wanted)
            yield Issue(f"the document does not say {wanted!r}", ("lines", str(line.position - 1)))


def _national_currency(facts: DraftFacts) -> Iterator[Issue]:
    if facts.unstated_currency is not None:
        message = (
            f"the VAT must be stated in {facts.unstated_currency} too (Art. 230), and no exchange rates are loaded"
        )
        yield Issue(message, ("currency",))


DOCUMENT_RULES: Final[tuple[Rule[DraftFacts], ...]] = (
    Rule(
        number="ART226-04",
        severity=Severity.WARNING,
        asks="A reverse charge and an intra-Community supply state the buyer's VAT number.",
        fix="Give the buyer's taxId with customerUpdate.",
        source="Directive 2006/112/EC, art. 226 (4); EN 16931 BR-AE-02, BR-IC-02",
        check=_buyer_number,
    ),
    Rule(
        number="ART226-05",
        severity=Severity.WARNING,
        asks="The buyer's address has a street and a town, unless a simplified invoice is enough (up to EUR 100, no"
        " distance sale, no supply of Art. 138) or none is owed (to consumers, but for distance sales).",
        fix="Give line1 and city with customerUpdate.",
        source="Directive 2006/112/EC, art. 220, 220a, 226 (5), 226b and 238",
        check=_buyer_address,
    ),
    Rule(
        number="ART226-08",
        severity=Severity.WARNING,
        asks="An invoice to a business states its unit prices without VAT.",
        fix="Make the draft with pricesIncludeTax: false.",
        source="Directive 2006/112/EC, art. 226 (8)",
        check=_net_prices,
    ),
    Rule(
        number="ART226-11",
        severity=Severity.WARNING,
        asks="Each VAT group without VAT has its reason: a text, or a code of the VATEX list.",
        fix="Let the draft be decided anew with invoiceUpdate.",
        source="Directive 2006/112/EC, art. 226 (11); EN 16931 BT-120, BT-121",
        check=_reasons,
    ),
    Rule(
        number="ART226-11A",
        severity=Severity.WARNING,
        asks="The document says what the decisions of its lines want: Reverse charge, Margin scheme, an exemption.",
        fix="Let the draft be decided anew with invoiceUpdate.",
        source="Directive 2006/112/EC, art. 226 (10a)-(14)",
        check=_mentions,
    ),
    Rule(
        number="ART222-01",
        severity=Severity.WARNING,
        asks="A reverse charge across borders or an intra-Community supply is invoiced by the 15th of the next month.",
        fix="Finalize it now; the supply counts in the month it was made in all the same.",
        source="Directive 2006/112/EC, art. 67, 222",
        check=_in_time,
    ),
    Rule(
        number="TAX-CURRENCY-01",
        severity=Severity.WARNING,
        asks="The VAT is stated in the seller's national currency too.",
        fix="Let the operator set INVOICING_EXCHANGE_RATES_URL or run `invoicing rates import`.",
        source="Directive 2006/112/EC, art. 91 and 230; EN 16931 BR-53",
        check=_national_currency,
    ),
)
