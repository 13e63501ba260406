"""Romanian."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="ro",
    invoice="Factură",
    credit_note="Notă de credit",
    proforma="Factură proformă",
    advance="Factură de avans",
    self_billed="Autofactură",
    number="Număr",
    issue_date="Data emiterii",
    supply_date="Data livrării",
    due_date="Scadență",
    order="Comandă",
    customer_tax_id="Cod TVA client",
    description="Descriere",
    quantity="Cantitate",
    unit_price="Preț unitar",
    vat="TVA",
    net_amount="Valoare netă",
    gross_amount="Valoare brută",
    net_total="Total fără TVA",
    gross_total="Total",
    prepaid="Achitat deja",
    amount_due="Total de plată",
    credited="Sumă creditată",
    tax_summary="Detalii TVA",
    base="Bază",
    allowance="Reducere",
    charge="Suprataxă",
    payment="Plată",
    account_holder="Titular",
    reference="Referință",
    pay_by="Vă rugăm să plătiți până la {date}.",
    tax_id="Cod TVA",
    page="Pagina {page} din {pages}",
    draft="CIORNĂ",
    void="ANULATĂ",
    subtotal="Subtotal",
    seller="Vânzător",
    buyer="Client",
    zero_rated="Cotă zero",
    exempt="Scutit de TVA",
    reverse_charge="Taxare inversă",
    intra_community="Livrare intracomunitară",
    export="Export",
    outside_scope="Neimpozabil în scopuri de TVA",
)
