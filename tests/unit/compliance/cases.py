"""For each rule the facts that break it, and facts beside them that do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from app.domain.compliance.model import BuyerFacts, CustomersFacts, DraftFacts, IssueFacts, SellerFacts, TaxIdFacts
from app.domain.documents.model import Document, DocumentAllowance, DocumentTax, InvoiceType, PrecedingDocument
from app.domain.parties import Address, CustomerKind, EntityStatus, Party, TaxIdStatus
from app.domain.tax.model import TaxDecision, TaxTreatment
from tests import documents

DAY: Final = date(2026, 3, 10)
DE: Final = TaxIdFacts("DE136695976", "DE")
FR: Final = TaxIdFacts("FR40303265045", "FR")
IOSS: Final = TaxIdFacts("IM2760000742", "US")
# A seller of whom nothing is found.
GERMAN: Final = SellerFacts(
    on=DAY,
    country="DE",
    legal_name="Morgenrot Kaffee GmbH",
    postcode="10437",
    line1="Schönhauser Allee 112",
    city="Berlin",
    registration="HRB 12345 B, Amtsgericht Charlottenburg",
    tax_ids=(DE,),
    oss=True,
)
BRITISH: Final = replace(
    GERMAN, country="GB", postcode="SW1A 1AA", oss=False, tax_ids=(TaxIdFacts("GB980780684", "GB"),)
)
BELFAST: Final = replace(BRITISH, postcode="BT1 5GS")
SWISS: Final = replace(BRITISH, country="CH", postcode="8001", tax_ids=(TaxIdFacts("CHE107787577MWST", "CH"),))
NORWEGIAN: Final = replace(BRITISH, country="NO", postcode="0150", tax_ids=(TaxIdFacts("NO995525828MVA", "NO"),))


def seller(base: SellerFacts = GERMAN, **given: Any) -> SellerFacts:
    """A seller of whom nothing is found but what is given."""
    return replace(base, **given)


def formats(country: str, pattern: str, kind: str = "STANDARD") -> SellerFacts:
    """A seller of a country with a format."""
    return replace(GERMAN, country=country, number_formats=((kind, pattern),))


def decided(category: str = "S", percent: str | None = "19", **given: Any) -> TaxDecision:
    """A decision of a category; one without VAT has a mention."""
    mention = None if category in ("S", "Z", "L", "M") else f"Mention of {category}"
    return replace(documents.decision(percent, category), **{"mention": mention, **given})


def document(decision: TaxDecision | None = None, **given: Any) -> Document:
    """A document of one line of 100.00 that was decided so, with all that it must say."""
    one = decision or decided()
    rate = one.percent or Decimal(0)
    tax = int(10_000 * rate / 100)
    line = documents.line(
        1,
        unit_price=Decimal(100),
        quantity=Decimal(1),
        net_minor=10_000,
        tax_minor=tax,
        gross_minor=10_000 + tax,
        decision=one,
    )
    return documents.document(
        (line,), **{"taxes": (group(one, 10_000, tax),), "mentions": _said(one), "preceding": (), **given}
    )


def _said(decision: TaxDecision) -> tuple[str, ...]:
    return () if decision.mention is None else (decision.mention,)


def group(decision: TaxDecision, base: int, tax: int, **given: Any) -> DocumentTax:
    """The VAT group of lines that were decided so."""
    values: dict[str, Any] = {
        "category": decision.category,
        "percent": decision.percent,
        "country": decision.country,
        "exemption_reason": decision.mention,
    }
    return DocumentTax(base_minor=base, tax_minor=tax, **{**values, **given})


NUMBERED: Final = replace(documents.BUYER, tax_id="FR40303265045")
BUSINESS: Final = BuyerFacts(
    kind=CustomerKind.BUSINESS, tax_id="FR40303265045", tax_id_country="FR", tax_id_status=TaxIdStatus.VALID
)
NOWHERE: Final = Party(name="Ets. Sans Adresse", address=Address(country="FR"))


def draft(shown: Document | None = None, buyer: BuyerFacts | None = None, **given: Any) -> DraftFacts:
    """A draft as that document."""
    return DraftFacts(on=DAY, document=shown or document(), buyer=buyer or BuyerFacts(), **given)


def of(category: str, percent: str | None = "0", **given: Any) -> DraftFacts:
    """A draft of one line of a category, to a buyer with a number where one is needed."""
    buyer = NUMBERED if category in ("AE", "K") else documents.BUYER
    seller_ = replace(documents.SELLER, tax_id=None) if category == "O" else documents.SELLER
    return draft(document(decided(category, percent), **{"buyer": buyer, "seller": seller_, **given}))


def with_line(facts: DraftFacts, **given: Any) -> DraftFacts:
    """The same draft, its only line changed."""
    shown = facts.document
    return replace(facts, document=replace(shown, lines=(replace(shown.lines[0], **given),)))


def two_groups(category: str, percent: str | None = "0") -> DraftFacts:
    """A draft with two groups of a category, of two countries."""
    here, there = decided(category, percent), decided(category, percent, country="FR")
    lines = tuple(
        documents.line(i, net_minor=2_000, tax_minor=0, gross_minor=2_000, decision=one)
        for i, one in enumerate((here, there), 1)
    )
    return draft(documents.document(lines, taxes=(group(here, 2_000, 0), group(there, 2_000, 0))))


def issue(**given: Any) -> IssueFacts:
    """A draft that may be finalized but for what is given."""
    values: dict[str, Any] = {
        "on": DAY,
        "status": EntityStatus.ACTIVE,
        "country": "DE",
        "type": InvoiceType.STANDARD,
        "number_formats": (),
        "agreement_reference": None,
        "decisions": (decided(),),
        "groups": ((10_000, 1_900),),
        "net_minor": 10_000,
        "tax_minor": 1_900,
        "gross_minor": 11_900,
    }
    return IssueFacts(**{**values, **given})


def customers(numbered: int, unverified: int, invalid: int) -> CustomersFacts:
    """So many buyers with VAT numbers."""
    return CustomersFacts(numbered=numbered, unverified=unverified, invalid=invalid)


_PLAIN: Final = DocumentAllowance(amount_minor=0)
_REASONED: Final = DocumentAllowance(amount_minor=0, reason="Treue")
_K: Final = of("K")
_HOME_ONLY: Final = tuple("AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
_LONG: Final = "x" * 45
_GIVEN: Final = TaxTreatment.GIVEN

# (what breaks the rule, what does not)
CASES: Final[dict[str, tuple[list[Any], list[Any]]]] = {
    "ENTITY-STATUS": (
        [issue(status=EntityStatus.SUSPENDED), issue(status=EntityStatus.ARCHIVED)],
        [issue()],
    ),
    "BR-16": ([issue(decisions=(), groups=(), net_minor=0, tax_minor=0, gross_minor=0)], [issue()]),
    "ART224-01": (
        [issue(type=InvoiceType.SELF_BILLED)],
        [issue(type=InvoiceType.SELF_BILLED, agreement_reference="A-1"), issue()],
    ),
    "TAX-REFUSED": (
        [
            issue(decisions=(decided(treatment=TaxTreatment.DEEMED_SUPPLIER),)),
            issue(decisions=(decided(percent=None, treatment=TaxTreatment.DOMESTIC_OTHER_TAX),)),
        ],
        [issue(), issue(decisions=(decided(treatment=TaxTreatment.DOMESTIC_OTHER_TAX),))],
    ),
    "TOTAL-01": (
        [issue(groups=((-100, -19),), net_minor=-100, tax_minor=-19, gross_minor=-119)],
        [issue(groups=((0, 0),), net_minor=0, tax_minor=0, gross_minor=0)],
    ),
    "TOTAL-02": ([issue(groups=((9_999, 1_900),))], [issue(), issue(groups=((4_000, 760), (6_000, 1_140)))]),
    "BR-CO-14": ([issue(groups=((10_000, 1_899),))], [issue()]),
    "BR-CO-15": ([issue(gross_minor=11_901)], [issue()]),
    "NUM-LAW": (
        [
            issue(country="FR", number_formats=(("STANDARD", "F:{nnn}"),)),
            issue(country="HR", number_formats=(("STANDARD", "R {n}"),)),
            issue(country="ES", number_formats=(("STANDARD", "X{n}"), ("SELF_BILLED", "X{n}"))),
        ],
        [
            issue(country="FR", number_formats=(("STANDARD", "F-{nnn}"),)),
            # Croatia's rule holds from 2026 on, and corrections must always be possible.
            issue(country="HR", number_formats=(("STANDARD", "R {n}"),), on=date(2025, 12, 31)),
            issue(country="FR", number_formats=(("CREDIT_NOTE", "F:{nnn}"),), type=InvoiceType.CREDIT_NOTE),
            issue(country="DE", number_formats=(("STANDARD", "X{n}"), ("SELF_BILLED", "X{n}"))),
        ],
    ),
    "ENTITY-ADDRESS": ([seller(line1=None), seller(city=None)], [GERMAN]),
    "ENTITY-PLACE": (
        [seller(postcode=None), seller(country="ES", postcode=None)],
        [GERMAN, seller(country="ES", postcode=None, region="ES-CN"), seller(country="NL", postcode=None)],
    ),
    "ENTITY-TAX-ID": (
        [seller(tax_ids=()), seller(tax_ids=(FR,)), seller(tax_ids=(replace(IOSS, country="DE"),))],
        [GERMAN, seller(tax_ids=(), vat_registered=False)],
    ),
    "TAXID-01": (
        [
            seller(tax_ids=(TaxIdFacts("DE136695977", "DE"),)),
            seller(BRITISH, tax_ids=(TaxIdFacts("GB980780685", "GB"),)),
            seller(SWISS, tax_ids=(TaxIdFacts("CHE107787578MWST", "CH"),)),
            seller(NORWEGIAN, tax_ids=(TaxIdFacts("NO995525829MVA", "NO"),)),
            seller(BELFAST, tax_ids=(TaxIdFacts("XI980780685", "XI"),)),
        ],
        [
            GERMAN,
            BRITISH,
            SWISS,
            NORWEGIAN,
            seller(SWISS, tax_ids=(TaxIdFacts("CHE107787577", "CH"),)),
            seller(tax_ids=(TaxIdFacts("EL094259216", "GR"),)),
            seller(BELFAST, tax_ids=(TaxIdFacts("XI980780684", "XI"),)),
            seller(tax_ids=(DE, IOSS, TaxIdFacts("12-3456789", "US"))),
        ],
    ),
    "TAXID-02": (
        [seller(BRITISH, tax_ids=(TaxIdFacts("980780684", "GB"),)), seller(tax_ids=(TaxIdFacts("GR094259216", "GR"),))],
        [
            BRITISH,
            GERMAN,
            SWISS,
            seller(tax_ids=(TaxIdFacts("EL094259216", "GR"),)),
            seller(BELFAST, tax_ids=(TaxIdFacts("XI980780684", "GB"),)),
            seller(tax_ids=(replace(IOSS, country="DE"), DE)),
        ],
    ),
    "TAXID-03": (
        [seller(tax_ids=(replace(DE, status=TaxIdStatus.INVALID),))],
        [GERMAN, seller(tax_ids=(replace(DE, status=TaxIdStatus.VALID),))],
    ),
    "LAW-REGISTER": (
        [
            seller(registration=None),
            seller(country="FR", legal_name="Jean Dupont", registration=None),
            seller(country="IT", legal_name="Caffè Alba S.r.l.", registration=None),
            seller(country="NO", legal_name="Kaffe AS", registration=None),
        ],
        [
            GERMAN,
            seller(legal_name="Erika Mustermann", registration=None),
            # A legal form is a word of its own.
            seller(country="NO", legal_name="Asbjørn Kaffe", registration=None),
            seller(country="NL", registration=None),
        ],
    ),
    "REG-OSS-01": (
        [
            seller(oss=False, eu_sales_exceeded=True),
            seller(oss=False, eu_sales_exceeded=True, other_registrations=("FR",)),
            seller(oss=False, destination_taxation=True),
        ],
        [
            seller(eu_sales_exceeded=True),
            seller(oss=False),
            seller(oss=False, eu_sales_exceeded=True, other_registrations=_HOME_ONLY),
            seller(oss=False, eu_sales_exceeded=True, small_business=True),
            seller(SWISS, eu_sales_exceeded=True),
        ],
    ),
    "REG-OSS-02": (
        [seller(oss=False)],
        [GERMAN, SWISS, seller(oss=False, vat_registered=False), seller(oss=False, destination_taxation=True)],
    ),
    "REG-OSS-03": ([seller(vat_registered=False)], [GERMAN]),
    "REG-OSS-04": (
        [seller(SWISS, oss=True), seller(postcode="27498", oss=True)],
        [GERMAN, seller(SWISS, oss=True, other_registrations=("DE",)), seller(BELFAST, oss=True)],
    ),
    "REG-OSS-05": ([seller(small_business=True)], [GERMAN, seller(small_business=True, oss=False)]),
    "REG-IOSS-01": ([seller(SWISS, ioss=True)], [seller(SWISS, ioss=True, tax_ids=(IOSS,)), SWISS]),
    "REG-IOSS-02": ([seller(SWISS, ioss=True)], [seller(ioss=True), seller(NORWEGIAN, ioss=True), SWISS]),
    "REG-IOSS-03": ([seller(ioss=True, small_business=True)], [seller(ioss=True), seller(small_business=True)]),
    "REG-ID-01": (
        [seller(other_registrations=("FR",)), seller(other_registrations=("FR", "IT"), tax_ids=(DE, FR))],
        [GERMAN, seller(other_registrations=("FR",), tax_ids=(DE, FR))],
    ),
    "REG-ID-02": (
        [seller(tax_ids=(DE, FR))],
        [
            GERMAN,
            seller(tax_ids=(DE, FR), other_registrations=("FR",)),
            seller(tax_ids=(DE, replace(IOSS, country="IE"))),
            seller(tax_ids=(DE, TaxIdFacts("CHE107787577", "CH"))),
        ],
    ),
    "REG-ID-03": ([seller(other_registrations=("DE",))], [seller(other_registrations=("FR",))]),
    "REG-VAT-01": ([seller(vat_registered=False)], [GERMAN, seller(vat_registered=False, tax_ids=())]),
    "REG-SMALL-01": (
        [seller(small_business=True, other_registrations=("FR",))],
        [seller(small_business=True), seller(other_registrations=("FR",))],
    ),
    "REG-SMALL-02": ([seller(small_business=True, vat_registered=False)], [seller(small_business=True)]),
    "REG-XI-01": ([BELFAST], [BRITISH, seller(BELFAST, tax_ids=(TaxIdFacts("XI980780684", "GB"),))]),
    "REG-XI-02": (
        [seller(BRITISH, tax_ids=(TaxIdFacts("XI980780684", "XI"),))],
        [
            seller(BELFAST, tax_ids=(TaxIdFacts("XI980780684", "XI"),)),
            seller(BRITISH, tax_ids=(TaxIdFacts("XI980780684", "XI"),), other_registrations=("XI",)),
            BRITISH,
        ],
    ),
    "REG-LAW-01": (
        [seller(country="JP", tax_ids=()), seller(country="IS")],
        [GERMAN, seller(country="US"), seller(country="MC"), seller(country="JP", vat_registered=False)],
    ),
    "NUM-ROOM": ([formats("DE", "x" * 55 + "{n}")], [formats("DE", "x" * 49 + "{n}"), GERMAN]),
    "NUM-SHARED": ([formats("BG", "G{nnnnnnnnnn}", "CREDIT_NOTE")], [formats("DE", "G{n}", "CREDIT_NOTE")]),
    "NUM-ALIKE": (
        [formats("DE", "INV-{nnn}", "CREDIT_NOTE"), formats("ES", "INV-{nnn}", "CREDIT_NOTE")],
        [formats("DE", "GS-{nnn}", "CREDIT_NOTE"), GERMAN],
    ),
    "NUM-BG-01": ([formats("BG", "INV-{n}")], [seller(country="BG"), formats("DE", "INV-{n}")]),
    "NUM-FR-01": ([formats("FR", "F:{n}"), formats("FR", "GS:{n}", "CREDIT_NOTE")], [formats("FR", "F-{n}")]),
    "NUM-GR-01": ([formats("GR", "A-{n}")], [formats("GR", "094259216|01/03/2026|0|1.1|A|{n}")]),
    "NUM-HR-01": ([formats("HR", "R-{yyyy}-{n}")], [formats("HR", "{n}-{yyyy}P1-1")]),
    "NUM-HR-02": (
        [formats("HR", "R {yyyy}-{n}")],
        [formats("HR", "R-{yyyy}-{n}"), replace(formats("HR", "R {yyyy}-{n}"), on=date(2025, 12, 31))],
    ),
    "NUM-HR-03": ([formats("HR", "{n}-P1-1")], [formats("HR", "{n}-{yyyy}P1-1")]),
    "NUM-HU-01": ([formats("HU", f"{_LONG}{{nnnnnn}}")], [formats("HU", "x{nnnnnn}")]),
    "NUM-IT-01": ([formats("IT", f"{'x' * 15}{{nnnnnn}}")], [formats("IT", "{n}/{yyyy}")]),
    "NUM-PT-01": ([formats("PT", "INV-{n}")], [formats("PT", "FT A/{n}")]),
    "NUM-SI-01": ([formats("SI", "INV-{n}-A")], [formats("SI", "P1-N1-{n}")]),
    "ART226-04": ([draft(document(decided("AE", "0"))), draft(document(decided("K", "0")))], [of("AE"), draft()]),
    "ART226-05": (
        [
            draft(document(buyer=NOWHERE), BUSINESS),
            draft(document(decided(treatment=TaxTreatment.OSS), buyer=NOWHERE, gross_minor=5_000)),
            draft(document(buyer=NOWHERE, currency="USD", gross_minor=5_000), BUSINESS),
        ],
        [
            draft(document(), BUSINESS),
            # Nobody owes a consumer an invoice for a sale at home; up to EUR 100 a simplified one is enough.
            draft(document(buyer=NOWHERE)),
            draft(document(buyer=NOWHERE, gross_minor=10_000), BUSINESS),
            draft(document(buyer=NOWHERE, type=InvoiceType.PROFORMA), BUSINESS),
        ],
    ),
    "ART226-08": (
        [draft(document(prices_include_tax=True), BUSINESS)],
        [draft(document(), BUSINESS), draft(document(prices_include_tax=True))],
    ),
    "ART226-11": (
        [draft(document(taxes=(group(decided("E", "0"), 10_000, 0, exemption_reason=None),)))],
        [of("E"), draft(), draft(document(taxes=(group(decided("E", "0"), 1, 0, exemption_code="VATEX-EU-132"),)))],
    ),
    "ART226-11A": ([of("E", mentions=())], [of("E"), draft()]),
    "ART222-01": (
        [of("K", supply_date=date(2026, 1, 31)), of("AE", supply_date=date(2025, 12, 1))],
        [
            draft(document(decided("AE", "0", rule="eu.domestic_reverse_charge"), supply_date=date(2025, 12, 1))),
            _K,
            of("K", supply_date=date(2026, 2, 1)),
            draft(document(supply_date=date(2025, 1, 1))),
        ],
    ),
    "TAX-CURRENCY-01": ([draft(unstated_currency="PLN")], [draft()]),
    "BUYER-TAX-ID": (
        [replace(BUSINESS, tax_id_status=TaxIdStatus.UNVERIFIED)],
        [BUSINESS, BuyerFacts(tax_id="X1", tax_id_status=TaxIdStatus.UNVERIFIED)],
    ),
    "VIES-01": (
        [replace(BUSINESS, tax_id_status=TaxIdStatus.INVALID)],
        [BUSINESS, BuyerFacts(tax_id="X1", tax_id_status=TaxIdStatus.INVALID)],
    ),
    "VIES-02": ([customers(5, 2, 0)], [customers(5, 0, 1), customers(0, 0, 0)]),
    "VIES-03": ([customers(5, 0, 1)], [customers(5, 2, 0)]),
    "BR-23": ([with_line(draft(), unit="pcs")], [with_line(draft(), unit="C62"), with_line(draft(), unit=None)]),
    "BR-27": ([with_line(draft(), unit_price=Decimal(-1))], [with_line(draft(), unit_price=Decimal(0))]),
    "BR-33": ([draft(document(allowances=(_PLAIN,)))], [draft(document(allowances=(_REASONED,)))]),
    "BR-38": ([draft(document(charges=(_PLAIN,)))], [draft(document(charges=(_REASONED,)))]),
    "BR-42": ([with_line(draft(), allowances=(_PLAIN,))], [with_line(draft(), allowances=(_REASONED,))]),
    "BR-44": ([with_line(draft(), charges=(_PLAIN,))], [with_line(draft(), charges=(_REASONED,))]),
    "BR-55": (
        [draft(document(type=InvoiceType.CREDIT_NOTE))],
        [
            draft(),
            draft(
                document(
                    type=InvoiceType.CREDIT_NOTE,
                    preceding=(PrecedingDocument(type=InvoiceType.STANDARD, number="1", issue_date=DAY),),
                )
            ),
        ],
    ),
    "BR-CO-09": (
        [draft(document(buyer=replace(NUMBERED, tax_id="40303265045")), BUSINESS)],
        [draft(document(buyer=NUMBERED), BUSINESS), draft()],
    ),
    "BR-CO-13": (
        [
            draft(document(net_minor=9_999)),
            draft(document(prices_include_tax=True, gross_minor=1)),
            draft(document(allowances=(DocumentAllowance(amount_minor=100, reason="Treue"),))),
        ],
        [draft(), draft(document(prices_include_tax=True, net_minor=1))],
    ),
    "BR-CO-16": (
        [draft(document(payable_minor=1))],
        [draft(), draft(document(prepaid_minor=900, payable_minor=11_000))],
    ),
    "BR-CO-17": (
        [draft(document(taxes=(group(decided(), 10_000, 1_902),)))],
        [draft(), draft(document(taxes=(group(decided(), 10_000, 1_901),)))],
    ),
    "BR-CO-18": ([draft(document(taxes=()))], [draft()]),
    "BR-CO-25": ([draft(document(due_date=None))], [draft(), draft(document(due_date=None, payable_minor=0))]),
    "BR-CO-26": (
        [draft(document(seller=replace(documents.SELLER, tax_id=None, registration=None)))],
        [draft(), draft(document(seller=replace(documents.SELLER, tax_id=None)))],
    ),
    "BR-O-11": (
        [draft(document(taxes=(group(decided(), 9_000, 1_710), group(decided("O", None), 1_000, 0))))],
        [of("O", None), draft()],
    ),
}

_NAMES: Final = {"S": "S", "Z": "Z", "E": "E", "AE": "AE", "K": "IC", "G": "G", "O": "O", "L": "IG", "M": "IP"}
for _category, _name in _NAMES.items():
    _rated = _category in ("S", "L", "M")
    _rate = "19" if _rated else None if _category == "O" else "0"
    _right = of(_category, _rate)
    _stranger = replace(_right, document=replace(_right.document, seller=replace(documents.SELLER, tax_id=None)))
    _lone = replace(_right.document, taxes=(group(decided("S" if _category != "S" else "Z"), 10_000, 0),))
    CASES[f"BR-{_name}-01"] = (
        [replace(_right, document=_lone), *([] if _rated else [two_groups(_category, _rate)])],
        [_right, *([two_groups(_category, "0")] if _rated else [])],
    )
    CASES[f"BR-{_name}-02"] = (
        [of("O", None, seller=documents.SELLER), of("O", None, buyer=NUMBERED)] if _category == "O" else [_stranger],
        [_right, replace(_stranger, document=replace(_stranger.document, taxes=()))],
    )
    CASES[f"BR-{_name}-05"] = (
        [of(_category, {"S": "0", "O": "0", "L": "-1", "M": "-1"}.get(_category, "7"))],
        [_right, of("Z" if _category != "Z" else "S", "0" if _category != "Z" else "7")],
    )
    _base = replace(_right.document.taxes[0], base_minor=9_999)
    _discounted = replace(_right.document, taxes=(_base,), allowances=(_REASONED,))
    CASES[f"BR-{_name}-08"] = (
        [replace(_right, document=replace(_right.document, taxes=(_base,)))],
        [_right, replace(_right, document=_discounted)],
    )
    if not _rated:
        _charged = replace(_right.document.taxes[0], tax_minor=1)
        CASES[f"BR-{_name}-09"] = ([replace(_right, document=replace(_right.document, taxes=(_charged,)))], [_right])
    _reason = "because" if _rated or _category == "Z" else None
    _other = replace(_right.document.taxes[0], exemption_reason=_reason, exemption_code=None)
    CASES[f"BR-{_name}-10"] = ([replace(_right, document=replace(_right.document, taxes=(_other,)))], [_right])
