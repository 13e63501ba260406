"""Finnish."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="fi",
    invoice="Lasku",
    credit_note="Hyvityslasku",
    proforma="Proformalasku",
    advance="Ennakkolasku",
    self_billed="Itselaskutus",
    number="Numero",
    issue_date="Laskun päiväys",
    supply_date="Toimituspäivä",
    due_date="Eräpäivä",
    order="Tilaus",
    customer_tax_id="Asiakkaan ALV-tunniste",
    description="Kuvaus",
    quantity="Määrä",
    unit_price="Yksikköhinta",
    vat="ALV",
    net_amount="Veroton",
    gross_amount="Verollinen",
    net_total="Yhteensä veroton",
    gross_total="Yhteensä",
    prepaid="Jo maksettu",
    amount_due="Maksettavaa",
    credited="Hyvitetään",
    tax_summary="ALV-erittely",
    base="Peruste",
    allowance="Alennus",
    charge="Lisämaksu",
    payment="Maksu",
    account_holder="Tilinomistaja",
    reference="Viite",
    pay_by="Maksetaan viimeistään {date}.",
    tax_id="ALV-tunniste",
    page="Sivu {page}/{pages}",
    draft="LUONNOS",
    void="MITÄTÖITY",
    subtotal="Välisumma",
    seller="Myyjä",
    buyer="Asiakas",
    zero_rated="Nollaverokanta",
    exempt="Veroton myynti",
    reverse_charge="Käännetty verovelvollisuus",
    intra_community="Yhteisömyynti",
    export="Vienti",
    outside_scope="Ei arvonlisäveron alainen",
)
