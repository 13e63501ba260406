"""Greek."""

from __future__ import annotations

from typing import Final

from app.rendering.mail.words.model import Words

WORDS: Final = Words(
    language="el",
    greeting="Καλημέρα σας,",
    attached="Το έγγραφο επισυνάπτεται σε αυτό το μήνυμα σε μορφή PDF.",
    settled="Δεν απαιτείται πληρωμή.",
    reminder="Υπενθύμιση πληρωμής",
    overdue="Η προθεσμία πληρωμής αυτού του εγγράφου έχει παρέλθει και δεν έχουμε λάβει ακόμη ολόκληρο το ποσό.",
    please_pay="Παρακαλούμε εξοφλήστε το οφειλόμενο ποσό το συντομότερο δυνατό.",
    crossed="Αν έχετε ήδη πληρώσει, παρακαλούμε αγνοήστε αυτό το μήνυμα.",
    questions="Για οποιαδήποτε απορία, απλώς απαντήστε σε αυτό το μήνυμα.",
    closing="Με εκτίμηση",
)
