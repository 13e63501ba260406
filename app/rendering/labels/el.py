"""Greek."""

from __future__ import annotations

from typing import Final

from app.rendering.labels.model import Labels

LABELS: Final = Labels(
    language="el",
    invoice="Τιμολόγιο",
    credit_note="Πιστωτικό τιμολόγιο",
    proforma="Προτιμολόγιο",
    advance="Τιμολόγιο προκαταβολής",
    self_billed="Αυτοτιμολόγηση",
    number="Αριθμός",
    issue_date="Ημερομηνία έκδοσης",
    supply_date="Ημερομηνία παράδοσης",
    due_date="Λήξη πληρωμής",
    order="Παραγγελία",
    customer_tax_id="ΑΦΜ πελάτη",
    description="Περιγραφή",
    quantity="Ποσότητα",
    unit_price="Τιμή μονάδας",
    vat="ΦΠΑ",
    net_amount="Καθαρή αξία",
    gross_amount="Μικτή αξία",
    net_total="Σύνολο χωρίς ΦΠΑ",
    gross_total="Σύνολο",
    prepaid="Ήδη πληρωμένα",
    amount_due="Πληρωτέο ποσό",
    credited="Πιστούμενο ποσό",
    tax_summary="Ανάλυση ΦΠΑ",
    base="Βάση",
    allowance="Έκπτωση",
    charge="Επιβάρυνση",
    payment="Πληρωμή",
    account_holder="Δικαιούχος",
    reference="Αιτιολογία",
    pay_by="Πληρωτέο έως {date}.",
    tax_id="ΑΦΜ",
    page="Σελίδα {page} από {pages}",
    draft="ΠΡΟΣΧΕΔΙΟ",
    void="ΑΚΥΡΟ",
    subtotal="Μερικό σύνολο",
    seller="Πωλητής",
    buyer="Πελάτης",
    zero_rated="Μηδενικός συντελεστής",
    exempt="Απαλλαγή από ΦΠΑ",
    reverse_charge="Αντίστροφη επιβάρυνση",
    intra_community="Ενδοκοινοτική παράδοση",
    export="Εξαγωγή",
    outside_scope="Δεν υπόκειται σε ΦΠΑ",
)
