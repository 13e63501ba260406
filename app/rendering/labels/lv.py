"""Latvian."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="lv",
    invoice="Rēķins",
    credit_note="Kredītrēķins",
    proforma="Avansa rēķins (proforma)",
    advance="Avansa rēķins",
    self_billed="Pašaprēķins",
    number="Numurs",
    issue_date="Izrakstīšanas datums",
    supply_date="Piegādes datums",
    due_date="Apmaksas termiņš",
    order="Pasūtījums",
    customer_tax_id="Pircēja PVN nr.",
    description="Apraksts",
    quantity="Daudzums",
    unit_price="Vienības cena",
    vat="PVN",
    net_amount="Summa bez PVN",
    gross_amount="Summa ar PVN",
    net_total="Kopā bez PVN",
    gross_total="Kopā",
    prepaid="Jau apmaksāts",
    amount_due="Apmaksai",
    credited="Kreditēts",
    tax_summary="PVN kopsavilkums",
    base="Bāze",
    allowance="Atlaide",
    charge="Piemaksa",
    payment="Maksājums",
    account_holder="Konta īpašnieks",
    reference="Mērķis",
    pay_by="Lūdzu, apmaksājiet līdz {date}.",
    tax_id="PVN nr.",
    page="{page}. lapa no {pages}",
    draft="MELNRAKSTS",
    void="ANULĒTS",
    subtotal="Starpsumma",
    seller="Pārdevējs",
    buyer="Klients",
    zero_rated="Nulles likme",
    exempt="Atbrīvots no PVN",
    reverse_charge="Nodokļa apgrieztā maksāšana",
    intra_community="Piegāde Eiropas Savienības teritorijā",
    export="Eksports",
    outside_scope="Nav PVN objekts",
)
