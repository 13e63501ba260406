"""What a document's type means for sums over documents, as SQL, from the registry of document types."""

from __future__ import annotations

from typing import Final

from app.domain.documents.registry import DOCUMENT_TYPES


def _types(types: list[str]) -> str:
    # Names of our own enumeration: letters and underscores, nothing of a caller's.
    return ", ".join(f"'{name}'" for name in types)


# Credit notes count negative.
SIGN: Final = (
    f"CASE WHEN type IN ({_types([kind.type.value for kind in DOCUMENT_TYPES if kind.sign < 0])}) THEN -1 ELSE 1 END"
)
# Proformas are no tax documents: nothing is owed by them.
COUNTS: Final = f"type IN ({_types([kind.type.value for kind in DOCUMENT_TYPES if kind.is_tax_document])})"
