"""What a document says besides its content, in one language."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words of one language.

    `page` takes {page} and {pages}, `pay_by` takes {date}, `vat_in` {currency}, `less_advance` {number} and {date}.
    """

    language: str
    invoice: str
    credit_note: str
    proforma: str
    advance: str
    self_billed: str
    number: str
    issue_date: str
    supply_date: str
    due_date: str
    order: str
    customer_tax_id: str
    description: str
    quantity: str
    unit_price: str
    vat: str
    net_amount: str
    gross_amount: str
    net_total: str
    gross_total: str
    prepaid: str
    amount_due: str
    credited: str
    tax_summary: str
    base: str
    allowance: str
    charge: str
    payment: str
    account_holder: str
    reference: str
    pay_by: str
    tax_id: str
    page: str
    draft: str
    void: str
    subtotal: str
    seller: str
    buyer: str
    zero_rated: str
    exempt: str
    reverse_charge: str
    intra_community: str
    export: str
    outside_scope: str
    original_invoice: str
    reason: str
    no_tax_invoice: str
    self_billing: str
    agreement: str
    less_advance: str
    vat_in: str
    tax: str
    total_before_tax: str
    total: str

    def of_another_tax(self, name: str | None) -> Labels:
        """The words of a document whose tax is not VAT, by its name; by the plain word where it has none."""
        tax = name or self.tax
        return replace(self, vat=tax, tax_summary=tax, net_total=self.total_before_tax, gross_total=self.total)
