"""Polish."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="pl",
    invoice="Faktura",
    credit_note="Faktura korygująca",
    proforma="Faktura pro forma",
    advance="Faktura zaliczkowa",
    self_billed="Samofakturowanie",
    number="Numer",
    issue_date="Data wystawienia",
    supply_date="Data dostawy",
    due_date="Termin płatności",
    order="Zamówienie",
    customer_tax_id="NIP nabywcy",
    description="Opis",
    quantity="Ilość",
    unit_price="Cena jedn.",
    vat="VAT",
    net_amount="Wartość netto",
    gross_amount="Wartość brutto",
    net_total="Razem netto",
    gross_total="Razem brutto",
    prepaid="Zapłacono",
    amount_due="Do zapłaty",
    credited="Kwota zwrotu",
    tax_summary="Podsumowanie VAT",
    base="Podstawa",
    allowance="Rabat",
    charge="Dopłata",
    payment="Płatność",
    account_holder="Właściciel konta",
    reference="Tytuł przelewu",
    pay_by="Prosimy o zapłatę do {date}.",
    tax_id="NIP",
    page="Strona {page} z {pages}",
    draft="PROJEKT",
    void="ANULOWANA",
    subtotal="Suma częściowa",
    seller="Sprzedawca",
    buyer="Nabywca",
    zero_rated="Stawka 0%",
    exempt="Zwolnione z VAT",
    reverse_charge="Odwrotne obciążenie",
    intra_community="Wewnątrzwspólnotowa dostawa towarów",
    export="Eksport",
    outside_scope="Nie podlega VAT",
)
