"""Croatian."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="hr",
    invoice="Račun",
    credit_note="Odobrenje",
    proforma="Predračun",
    advance="Račun za predujam",
    self_billed="Samoizdavanje računa",
    number="Broj",
    issue_date="Datum izdavanja",
    supply_date="Datum isporuke",
    due_date="Datum dospijeća",
    order="Narudžba",
    customer_tax_id="PDV ID kupca",
    description="Opis",
    quantity="Količina",
    unit_price="Jed. cijena",
    vat="PDV",
    net_amount="Iznos bez PDV-a",
    gross_amount="Iznos s PDV-om",
    net_total="Ukupno bez PDV-a",
    gross_total="Ukupno",
    prepaid="Već plaćeno",
    amount_due="Za plaćanje",
    credited="Odobreni iznos",
    tax_summary="Pregled PDV-a",
    base="Osnovica",
    allowance="Popust",
    charge="Doplatak",
    payment="Plaćanje",
    account_holder="Vlasnik računa",
    reference="Opis plaćanja",
    pay_by="Molimo platite do {date}.",
    tax_id="PDV ID",
    page="Stranica {page} od {pages}",
    draft="NACRT",
    void="STORNIRANO",
    subtotal="Međuzbroj",
    seller="Prodavatelj",
    buyer="Kupac",
    zero_rated="Nulta stopa",
    exempt="Oslobođeno PDV-a",
    reverse_charge="Prijenos porezne obveze",
    intra_community="Isporuka unutar EU-a",
    export="Izvoz",
    outside_scope="Ne podliježe PDV-u",
)
