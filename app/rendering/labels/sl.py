"""Slovenian."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="sl",
    invoice="Račun",
    credit_note="Dobropis",
    proforma="Predračun",
    advance="Avansni račun",
    self_billed="Samofakturiranje",
    number="Številka",
    issue_date="Datum izdaje",
    supply_date="Datum dobave",
    due_date="Rok plačila",
    order="Naročilo",
    customer_tax_id="ID za DDV kupca",
    description="Opis",
    quantity="Količina",
    unit_price="Cena na enoto",
    vat="DDV",
    net_amount="Znesek brez DDV",
    gross_amount="Znesek z DDV",
    net_total="Skupaj brez DDV",
    gross_total="Skupaj",
    prepaid="Že plačano",
    amount_due="Za plačilo",
    credited="Odobreno",
    tax_summary="Pregled DDV",
    base="Osnova",
    allowance="Popust",
    charge="Pribitek",
    payment="Plačilo",
    account_holder="Imetnik računa",
    reference="Sklic",
    pay_by="Prosimo, plačajte do {date}.",
    tax_id="ID za DDV",
    page="Stran {page} od {pages}",
    draft="OSNUTEK",
    void="STORNIRANO",
    subtotal="Vmesni seštevek",
    seller="Prodajalec",
    buyer="Kupec",
    zero_rated="Ničelna stopnja",
    exempt="Oproščeno DDV",
    reverse_charge="Obrnjena davčna obveznost",
    intra_community="Dobava znotraj Unije",
    export="Izvoz",
    outside_scope="Ni predmet DDV",
)
