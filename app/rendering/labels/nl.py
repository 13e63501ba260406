"""Dutch."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="nl",
    invoice="Factuur",
    credit_note="Creditnota",
    proforma="Proformafactuur",
    advance="Voorschotfactuur",
    self_billed="Self-billingfactuur",
    number="Nummer",
    issue_date="Factuurdatum",
    supply_date="Leverdatum",
    due_date="Vervaldatum",
    order="Bestelling",
    customer_tax_id="Btw-nr. klant",
    description="Omschrijving",
    quantity="Aantal",
    unit_price="Stukprijs",
    vat="Btw",
    net_amount="Bedrag excl. btw",
    gross_amount="Bedrag incl. btw",
    net_total="Totaal excl. btw",
    gross_total="Totaal incl. btw",
    prepaid="Reeds betaald",
    amount_due="Te betalen",
    credited="Te crediteren",
    tax_summary="Btw-overzicht",
    base="Grondslag",
    allowance="Korting",
    charge="Toeslag",
    payment="Betaling",
    account_holder="Rekeninghouder",
    reference="Kenmerk",
    pay_by="Gelieve te betalen uiterlijk op {date}.",
    tax_id="Btw-nr.",
    page="Pagina {page} van {pages}",
    draft="CONCEPT",
    void="VERVALLEN",
    subtotal="Subtotaal",
    seller="Verkoper",
    buyer="Klant",
    zero_rated="Nultarief",
    exempt="Vrijgesteld van btw",
    reverse_charge="Btw verlegd",
    intra_community="Intracommunautaire levering",
    export="Uitvoer",
    outside_scope="Niet onderworpen aan btw",
)
