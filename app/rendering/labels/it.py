"""Italian."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="it",
    invoice="Fattura",
    credit_note="Nota di credito",
    proforma="Fattura proforma",
    advance="Fattura di acconto",
    self_billed="Autofatturazione",
    number="Numero",
    issue_date="Data di emissione",
    supply_date="Data di consegna",
    due_date="Scadenza",
    order="Ordine",
    customer_tax_id="P. IVA del cliente",
    description="Descrizione",
    quantity="Quantità",
    unit_price="Prezzo unitario",
    vat="IVA",
    net_amount="Importo netto",
    gross_amount="Importo lordo",
    net_total="Totale imponibile",
    gross_total="Totale",
    prepaid="Già pagato",
    amount_due="Importo dovuto",
    credited="Importo accreditato",
    tax_summary="Riepilogo IVA",
    base="Imponibile",
    allowance="Sconto",
    charge="Maggiorazione",
    payment="Pagamento",
    account_holder="Intestatario",
    reference="Causale",
    pay_by="Si prega di pagare entro il {date}.",
    tax_id="P. IVA",
    page="Pagina {page} di {pages}",
    draft="BOZZA",
    void="ANNULLATA",
    subtotal="Subtotale",
    seller="Venditore",
    buyer="Cliente",
    zero_rated="Aliquota zero",
    exempt="Esente IVA",
    reverse_charge="Inversione contabile",
    intra_community="Cessione intracomunitaria",
    export="Esportazione",
    outside_scope="Fuori campo IVA",
)
