"""Swedish."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="sv",
    invoice="Faktura",
    credit_note="Kreditfaktura",
    proforma="Proformafaktura",
    advance="Förskottsfaktura",
    self_billed="Självfaktura",
    number="Nummer",
    issue_date="Fakturadatum",
    supply_date="Leveransdatum",
    due_date="Förfallodatum",
    order="Order",
    customer_tax_id="Kundens momsnr",
    description="Beskrivning",
    quantity="Antal",
    unit_price="À-pris",
    vat="Moms",
    net_amount="Netto",
    gross_amount="Brutto",
    net_total="Summa exkl. moms",
    gross_total="Summa",
    prepaid="Redan betalt",
    amount_due="Att betala",
    credited="Att kreditera",
    tax_summary="Momsöversikt",
    base="Underlag",
    allowance="Rabatt",
    charge="Tillägg",
    payment="Betalning",
    account_holder="Kontohavare",
    reference="Referens",
    pay_by="Betala senast {date}.",
    tax_id="Momsnr",
    page="Sida {page} av {pages}",
    draft="UTKAST",
    void="MAKULERAD",
    subtotal="Delsumma",
    seller="Säljare",
    buyer="Kund",
    zero_rated="Nollskattesats",
    exempt="Momsfritt",
    reverse_charge="Omvänd betalningsskyldighet",
    intra_community="Unionsintern leverans",
    export="Export",
    outside_scope="Utanför momsens tillämpningsområde",
)
