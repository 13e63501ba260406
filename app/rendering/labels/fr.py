"""French."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="fr",
    invoice="Facture",
    credit_note="Avoir",
    proforma="Facture pro forma",
    advance="Facture d'acompte",
    self_billed="Autofacture",
    number="Numéro",
    issue_date="Date d'émission",
    supply_date="Date de livraison",
    due_date="Échéance",
    order="Commande",
    customer_tax_id="N° TVA du client",
    description="Désignation",
    quantity="Quantité",
    unit_price="Prix unitaire",
    vat="TVA",
    net_amount="Montant HT",
    gross_amount="Montant TTC",
    net_total="Total HT",
    gross_total="Total TTC",
    prepaid="Déjà payé",
    amount_due="Net à payer",
    credited="Montant de l'avoir",
    tax_summary="Détail de la TVA",
    base="Base",
    allowance="Remise",
    charge="Supplément",
    payment="Paiement",
    account_holder="Titulaire",
    reference="Référence",
    pay_by="À régler au plus tard le {date}.",
    tax_id="N° TVA",
    page="Page {page} sur {pages}",
    draft="BROUILLON",
    void="ANNULÉE",
    subtotal="Sous-total",
    seller="Vendeur",
    buyer="Client",
    zero_rated="Taux zéro",
    exempt="Exonéré de TVA",
    reverse_charge="Autoliquidation",
    intra_community="Livraison intracommunautaire",
    export="Exportation",
    outside_scope="Hors champ de la TVA",
)
