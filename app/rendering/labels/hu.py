"""Hungarian."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="hu",
    invoice="Számla",
    credit_note="Jóváíró számla",
    proforma="Díjbekérő",
    advance="Előlegszámla",
    self_billed="Önszámla",
    number="Sorszám",
    issue_date="Kiállítás dátuma",
    supply_date="Teljesítés dátuma",
    due_date="Fizetési határidő",
    order="Rendelés",
    customer_tax_id="Vevő adószáma",
    description="Megnevezés",
    quantity="Mennyiség",
    unit_price="Egységár",
    vat="ÁFA",
    net_amount="Nettó összeg",
    gross_amount="Bruttó összeg",
    net_total="Nettó összesen",
    gross_total="Végösszeg",
    prepaid="Már kifizetve",
    amount_due="Fizetendő",
    credited="Jóváírt összeg",
    tax_summary="ÁFA-összesítő",
    base="Alap",
    allowance="Engedmény",
    charge="Felár",
    payment="Fizetés",
    account_holder="Számlatulajdonos",
    reference="Közlemény",
    pay_by="Kérjük, fizesse ki eddig: {date}.",
    tax_id="Adószám",
    page="{page}. oldal, összesen {pages}",
    draft="TERVEZET",
    void="SZTORNÓ",
    subtotal="Részösszeg",
    seller="Eladó",
    buyer="Vevő",
    zero_rated="Nulla kulcs",
    exempt="ÁFA-mentes",
    reverse_charge="Fordított adózás",
    intra_community="Közösségen belüli értékesítés",
    export="Export",
    outside_scope="ÁFA hatályán kívüli",
)
