"""English."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="en",
    invoice="Invoice",
    credit_note="Credit note",
    proforma="Pro forma invoice",
    advance="Advance invoice",
    self_billed="Self-billed invoice",
    number="Number",
    issue_date="Date of issue",
    supply_date="Date of supply",
    due_date="Due date",
    order="Order",
    customer_tax_id="Customer VAT no.",
    description="Description",
    quantity="Quantity",
    unit_price="Unit price",
    vat="VAT",
    net_amount="Net amount",
    gross_amount="Gross amount",
    net_total="Total without VAT",
    gross_total="Total",
    prepaid="Paid already",
    amount_due="Amount due",
    credited="Amount credited",
    tax_summary="VAT summary",
    rate="Rate",
    base="Base",
    allowance="Discount",
    charge="Surcharge",
    payment="Payment",
    account_holder="Account holder",
    reference="Reference",
    pay_by="Please pay by {date}.",
    tax_id="VAT no.",
    page="Page {page} of {pages}",
    draft="DRAFT",
    void="VOID",
)
