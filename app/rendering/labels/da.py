"""Danish."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="da",
    invoice="Faktura",
    credit_note="Kreditnota",
    proforma="Proformafaktura",
    advance="Forskudsfaktura",
    self_billed="Selvfaktura",
    number="Nummer",
    issue_date="Udstedelsesdato",
    supply_date="Leveringsdato",
    due_date="Forfaldsdato",
    order="Ordre",
    customer_tax_id="Kundens momsnr.",
    description="Beskrivelse",
    quantity="Antal",
    unit_price="Enhedspris",
    vat="Moms",
    net_amount="Netto",
    gross_amount="Brutto",
    net_total="I alt ekskl. moms",
    gross_total="I alt",
    prepaid="Allerede betalt",
    amount_due="At betale",
    credited="Krediteret",
    tax_summary="Momsoversigt",
    base="Grundlag",
    allowance="Rabat",
    charge="Tillæg",
    payment="Betaling",
    account_holder="Kontohaver",
    reference="Reference",
    pay_by="Betal senest {date}.",
    tax_id="Momsnr.",
    page="Side {page} af {pages}",
    draft="UDKAST",
    void="ANNULLERET",
    subtotal="Subtotal",
    seller="Sælger",
    buyer="Kunde",
    zero_rated="Nulsats",
    exempt="Momsfritaget",
    reverse_charge="Omvendt betalingspligt",
    intra_community="Leverance inden for EU",
    export="Eksport",
    outside_scope="Ikke momspligtigt",
)
