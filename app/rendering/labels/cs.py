"""Czech."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="cs",
    invoice="Faktura",
    credit_note="Opravný daňový doklad",
    proforma="Proforma faktura",
    advance="Zálohová faktura",
    self_billed="Samofakturace",
    number="Číslo",
    issue_date="Datum vystavení",
    supply_date="Datum plnění",
    due_date="Datum splatnosti",
    order="Objednávka",
    customer_tax_id="DIČ zákazníka",
    description="Popis",
    quantity="Množství",
    unit_price="Jedn. cena",
    vat="DPH",
    net_amount="Bez DPH",
    gross_amount="Vč. DPH",
    net_total="Celkem bez DPH",
    gross_total="Celkem",
    prepaid="Již uhrazeno",
    amount_due="K úhradě",
    credited="Dobropisováno",
    tax_summary="Rekapitulace DPH",
    base="Základ",
    allowance="Sleva",
    charge="Příplatek",
    payment="Platba",
    account_holder="Majitel účtu",
    reference="Zpráva pro příjemce",
    pay_by="Uhraďte prosím do {date}.",
    tax_id="DIČ",
    page="Strana {page} z {pages}",
    draft="KONCEPT",
    void="STORNOVÁNO",
    subtotal="Mezisoučet",
    seller="Prodávající",
    buyer="Zákazník",
    zero_rated="Nulová sazba",
    exempt="Osvobozeno od DPH",
    reverse_charge="Daň odvede zákazník",
    intra_community="Dodání do jiného členského státu",
    export="Vývoz",
    outside_scope="Není předmětem DPH",
)
