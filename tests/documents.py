"""Documents as plain data, for what needs no database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from app.domain.documents.model import Document, DocumentAllowance, DocumentLine, DocumentTax, InvoiceType
from app.domain.parties import Address, Party, PaymentDetails
from app.domain.tax.model import TaxDecision, TaxTreatment

SELLER = Party(
    name="Kaffeerösterei Morgenrot",
    legal_name="Morgenrot Kaffee GmbH",
    address=Address(country="DE", line1="Schönhauser Allee 112", postcode="10437", city="Berlin"),
    tax_id="DE136695976",
    registration="HRB 12345 B",
    email="hallo@morgenrot.example",
)
BUYER = Party(
    name="Erika Mustermann", address=Address(country="DE", line1="Heidestraße 17", postcode="51147", city="Köln")
)


def decision(percent: str | None = "19", category: str = "S") -> TaxDecision:
    """A decision."""
    return TaxDecision(
        treatment=TaxTreatment.DOMESTIC,
        category=category,
        percent=None if percent is None else Decimal(percent),
        country="DE",
        rule="eu.goods.domestic",
        legal_basis="Directive 2006/112/EC, art. 31-32",
        explanation="Goods that stay in Germany.",
    )


def line(position: int, description: str = "Espresso, 1 kg", **given: Any) -> DocumentLine:
    """A line of 2 × 10.00 at 19 %."""
    values: dict[str, Any] = {
        "quantity": Decimal(2),
        "unit_price": Decimal("10.00"),
        "net_minor": 2000,
        "tax_minor": 380,
        "gross_minor": 2380,
        "decision": decision(),
        "sku": f"SKU-{position}",
    }
    return DocumentLine(position=position, description=description, **(values | given))


def document(lines: tuple[DocumentLine, ...] | None = None, **given: Any) -> Document:
    """A German invoice of two lines, the second with a discount, unless told."""
    discount = DocumentAllowance(amount_minor=200, reason="Herbstaktion", percent=Decimal(10))
    chosen = lines or (
        line(1),
        line(2, "Tamper", net_minor=1800, tax_minor=342, gross_minor=2142, allowances=(discount,)),
    )
    net = sum(item.net_minor for item in chosen)
    tax = sum(item.tax_minor for item in chosen)
    values: dict[str, Any] = {
        "type": InvoiceType.STANDARD,
        "number": "2026/042",
        "issue_date": date(2026, 3, 10),
        "supply_date": date(2026, 3, 9),
        "due_date": date(2026, 3, 24),
        "currency": "EUR",
        "prices_include_tax": False,
        "locale": "de",
        "seller": SELLER,
        "buyer": BUYER,
        "lines": chosen,
        "taxes": (DocumentTax(category="S", percent=Decimal(19), country="DE", base_minor=net, tax_minor=tax),),
        "net_minor": net,
        "tax_minor": tax,
        "gross_minor": net + tax,
        "prepaid_minor": 0,
        "payable_minor": net + tax,
        "order_reference": "M-1001",
        "payment": PaymentDetails(holder="Morgenrot Kaffee GmbH", iban="DE89370400440532013000", bic="COBADEFFXXX"),
    }
    return Document(**(values | given))
