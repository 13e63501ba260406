"""German."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="de",
    invoice="Rechnung",
    credit_note="Rechnungskorrektur",
    proforma="Proforma-Rechnung",
    advance="Anzahlungsrechnung",
    self_billed="Gutschrift (Selbstfakturierung)",
    number="Nummer",
    issue_date="Rechnungsdatum",
    supply_date="Lieferdatum",
    due_date="Fällig am",
    order="Bestellung",
    customer_tax_id="USt-IdNr. des Kunden",
    description="Beschreibung",
    quantity="Menge",
    unit_price="Einzelpreis",
    vat="USt.",
    net_amount="Nettobetrag",
    gross_amount="Bruttobetrag",
    net_total="Summe netto",
    gross_total="Gesamtbetrag",
    prepaid="Bereits bezahlt",
    amount_due="Zahlbetrag",
    credited="Erstattungsbetrag",
    tax_summary="Steuerübersicht",
    base="Bemessungsgrundlage",
    allowance="Nachlass",
    charge="Zuschlag",
    payment="Zahlung",
    account_holder="Kontoinhaber",
    reference="Verwendungszweck",
    pay_by="Bitte zahlen Sie bis {date}.",
    tax_id="USt-IdNr.",
    page="Seite {page} von {pages}",
    draft="ENTWURF",
    void="STORNIERT",
    subtotal="Zwischensumme",
    seller="Verkäufer",
    buyer="Kunde",
    zero_rated="Nullsatz",
    exempt="Steuerfrei",
    reverse_charge="Steuerschuldnerschaft des Leistungsempfängers",
    intra_community="Innergemeinschaftliche Lieferung",
    export="Ausfuhr",
    outside_scope="Nicht steuerbar",
)
