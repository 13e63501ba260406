"""Estonian."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="et",
    invoice="Arve",
    credit_note="Kreeditarve",
    proforma="Proforma-arve",
    advance="Ettemaksuarve",
    self_billed="Enese koostatud arve",
    number="Number",
    issue_date="Väljastamise kuupäev",
    supply_date="Tarne kuupäev",
    due_date="Maksetähtpäev",
    order="Tellimus",
    customer_tax_id="Ostja KMKR nr",
    description="Kirjeldus",
    quantity="Kogus",
    unit_price="Ühiku hind",
    vat="KM",
    net_amount="Summa KM-ta",
    gross_amount="Summa KM-ga",
    net_total="Kokku KM-ta",
    gross_total="Kokku",
    prepaid="Juba tasutud",
    amount_due="Tasuda",
    credited="Krediteeritud",
    tax_summary="Käibemaksu kokkuvõte",
    base="Alus",
    allowance="Allahindlus",
    charge="Lisatasu",
    payment="Maksmine",
    account_holder="Konto omanik",
    reference="Selgitus",
    pay_by="Palun tasuda hiljemalt {date}.",
    tax_id="KMKR nr",
    page="Lk {page}/{pages}",
    draft="MUSTAND",
    void="TÜHISTATUD",
    subtotal="Vahesumma",
    seller="Müüja",
    buyer="Klient",
    zero_rated="Nullmäär",
    exempt="Käibemaksuvaba",
    reverse_charge="Pöördmaksustamine",
    intra_community="Ühendusesisene käive",
    export="Eksport",
    outside_scope="Ei ole käibemaksuga maksustatav",
)
