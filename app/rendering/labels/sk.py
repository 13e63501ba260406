"""Slovak."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="sk",
    invoice="Faktúra",
    credit_note="Dobropis",
    proforma="Proforma faktúra",
    advance="Zálohová faktúra",
    self_billed="Samofakturácia",
    number="Číslo",
    issue_date="Dátum vyhotovenia",
    supply_date="Dátum dodania",
    due_date="Dátum splatnosti",
    order="Objednávka",
    customer_tax_id="IČ DPH zákazníka",
    description="Popis",
    quantity="Množstvo",
    unit_price="Jedn. cena",
    vat="DPH",
    net_amount="Bez DPH",
    gross_amount="S DPH",
    net_total="Spolu bez DPH",
    gross_total="Spolu",
    prepaid="Už uhradené",
    amount_due="Na úhradu",
    credited="Dobropisované",
    tax_summary="Rekapitulácia DPH",
    base="Základ",
    allowance="Zľava",
    charge="Príplatok",
    payment="Platba",
    account_holder="Majiteľ účtu",
    reference="Referencia",
    pay_by="Uhraďte, prosím, do {date}.",
    tax_id="IČ DPH",
    page="Strana {page} z {pages}",
    draft="KONCEPT",
    void="STORNOVANÉ",
    subtotal="Medzisúčet",
    seller="Predávajúci",
    buyer="Zákazník",
    zero_rated="Nulová sadzba",
    exempt="Oslobodené od DPH",
    reverse_charge="Prenesenie daňovej povinnosti",
    intra_community="Dodanie v rámci EÚ",
    export="Vývoz",
    outside_scope="Nie je predmetom DPH",
)
