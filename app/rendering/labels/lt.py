"""Lithuanian."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="lt",
    invoice="Sąskaita faktūra",
    credit_note="Kreditinė sąskaita",
    proforma="Išankstinė sąskaita",
    advance="Avansinė sąskaita faktūra",
    self_billed="Pirkėjo išrašyta sąskaita",
    number="Numeris",
    issue_date="Išrašymo data",
    supply_date="Tiekimo data",
    due_date="Apmokėti iki",
    order="Užsakymas",
    customer_tax_id="Pirkėjo PVM kodas",
    description="Aprašymas",
    quantity="Kiekis",
    unit_price="Vieneto kaina",
    vat="PVM",
    net_amount="Suma be PVM",
    gross_amount="Suma su PVM",
    net_total="Iš viso be PVM",
    gross_total="Iš viso",
    prepaid="Jau apmokėta",
    amount_due="Mokėti",
    credited="Kredituojama",
    tax_summary="PVM suvestinė",
    base="Bazė",
    allowance="Nuolaida",
    charge="Priemoka",
    payment="Mokėjimas",
    account_holder="Sąskaitos savininkas",
    reference="Paskirtis",
    pay_by="Prašome apmokėti iki {date}.",
    tax_id="PVM kodas",
    page="{page} puslapis iš {pages}",
    draft="JUODRAŠTIS",
    void="ANULIUOTA",
    subtotal="Tarpinė suma",
    seller="Pardavėjas",
    buyer="Pirkėjas",
    zero_rated="Nulinis tarifas",
    exempt="Neapmokestinama PVM",
    reverse_charge="Atvirkštinis apmokestinimas",
    intra_community="Tiekimas ES viduje",
    export="Eksportas",
    outside_scope="Ne PVM objektas",
)
