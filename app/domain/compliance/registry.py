"""All rules there are, by what they look at. Adding one is an object in its theme's file; the page of rules, the
command and the tests find it here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Any, Final, TypeVar

from app.domain.compliance.document import DOCUMENT_RULES
from app.domain.compliance.en16931 import EN16931_RULES
from app.domain.compliance.model import BuyerFacts, CustomersFacts, DraftFacts, Finding, Rule, SellerFacts
from app.domain.compliance.numbering import NUMBERING_RULES
from app.domain.compliance.refusals import REFUSALS
from app.domain.compliance.registrations import REGISTRATION_RULES
from app.domain.compliance.seller import SELLER_RULES
from app.domain.compliance.vies import BUYER_RULES, CUSTOMERS_RULES
from app.domain.numbering_countries import LAWS

F = TypeVar("F")

# What the master data of a seller decides; its status follows from these alone.
OF_SELLERS: Final[tuple[Rule[SellerFacts], ...]] = (*SELLER_RULES, *REGISTRATION_RULES, *NUMBERING_RULES)
# Those whose findings stand on each document; registrations show there as the decisions of its taxes.
ON_DOCUMENTS: Final = frozenset(rule.number for rule in (*SELLER_RULES, *NUMBERING_RULES))
OF_CUSTOMERS: Final[tuple[Rule[CustomersFacts], ...]] = CUSTOMERS_RULES
OF_BUYERS: Final[tuple[Rule[BuyerFacts], ...]] = BUYER_RULES
OF_DRAFTS: Final[tuple[Rule[DraftFacts], ...]] = (*DOCUMENT_RULES, *EN16931_RULES)

# (Title of the theme, its rules), in the order of the page.
THEMES: Final[tuple[tuple[str, Sequence[Rule[Any]]], ...]] = (
    ("Refusals", REFUSALS),
    ("The seller", SELLER_RULES),
    ("Registrations", REGISTRATION_RULES),
    ("Number formats", NUMBERING_RULES),
    ("The document", DOCUMENT_RULES),
    ("Buyers' VAT numbers", (*BUYER_RULES, *CUSTOMERS_RULES)),
    ("EN 16931", EN16931_RULES),
)

# Grows when a rule of sellers decides otherwise than before though nothing that it says of itself has changed.
_REVISION: Final = 1


def findings_of(rules: Iterable[Rule[F]], facts: F) -> list[Finding]:
    """What these rules find in these facts, in their order."""
    return list(chain.from_iterable(rule.findings(facts) for rule in rules))


@lru_cache(maxsize=8_192)
def of_seller(facts: SellerFacts) -> tuple[Finding, ...]:
    """What the rules of sellers find in a seller's master data."""
    return tuple(findings_of(OF_SELLERS, facts))


@lru_cache(maxsize=64)
def law_on(day: date) -> str:
    """A name of the rules of sellers as they stand on a day: another one when a rule came, changed or went, or took
    effect by its date.
    """
    said = [(rule.number, rule.severity, rule.asks, rule.source) for rule in OF_SELLERS]
    dates = [rule.since for law in LAWS.values() for rule in law.rules if rule.since is not None and rule.since <= day]
    digest = hashlib.sha256(repr((_REVISION, said, sorted(dates))).encode())
    return digest.hexdigest()[:16]
