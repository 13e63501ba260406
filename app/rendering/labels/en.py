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
    issue_date="Issue date",
    supply_date="Supply date",
    due_date="Due date",
    order="Order reference",
    customer_tax_id="Customer VAT ID",
    description="Description",
    quantity="Quantity",
    unit_price="Unit price",
    vat="VAT",
    net_amount="Net amount",
    gross_amount="Gross amount",
    net_total="Total without VAT",
    gross_total="Total with VAT",
    prepaid="Paid already",
    amount_due="Amount due",
    credited="Amount credited",
    tax_summary="VAT summary",
    base="Base",
    allowance="Discount",
    charge="Surcharge",
    payment="Payment",
    account_holder="Account holder",
    reference="Reference",
    pay_by="Please pay by {date}.",
    tax_id="VAT ID",
    page="Page {page} of {pages}",
    draft="DRAFT",
    void="VOID",
    subtotal="Subtotal",
    seller="Seller",
    buyer="Customer",
    zero_rated="Zero-rated",
    exempt="VAT exempt",
    reverse_charge="Reverse charge",
    intra_community="Intra-Community supply",
    export="Export",
    outside_scope="Not subject to VAT",
)
