"""The certificate of an audit export: what is signed, and what signs it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol

from app.domain.audit.ed25519 import key_id
from app.domain.audit.records import Chain

FORMAT: Final = 1


class Signer(Protocol):
    """A key of Ed25519."""

    @property
    def public_key(self) -> bytes:
        """Its public half, 32 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        ...

    def public_pem(self) -> str:
        """The public half in PEM."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CertifiedSeries:
    """A series as certified: where it began, its first and last number, its documents, and its last hash and date."""

    id: str
    entity_id: str
    type: str
    pattern: str
    period: str
    start_number: int
    first: int | None
    last: int
    count: int
    voided: int
    head: str | None
    last_issue_date: str | None

    @classmethod
    def of(cls, chain: Chain, *, entity_id: str, document_type: str, period: str) -> CertifiedSeries:
        """A series that was followed to its end."""
        return cls(
            id=chain.series,
            entity_id=entity_id,
            type=document_type,
            pattern=chain.pattern,
            period=period,
            start_number=chain.start,
            first=chain.first,
            last=chain.last,
            count=chain.count,
            voided=chain.voided,
            head=chain.head,
            last_issue_date=chain.last_date,
        )


def certificate_text(
    *,
    version: str,
    created_at: datetime,
    platform: Mapping[str, str],
    entities: Sequence[Mapping[str, Any]],
    series: Sequence[CertifiedSeries],
    documents: int,
    sha256: str,
    findings: int,
    pdfs: int,
    public_key: bytes,
) -> bytes:
    """The certificate as JSON, in the very bytes that are signed."""
    content = {
        "format": FORMAT,
        "product": "marketplace-invoicing",
        "version": version,
        "created_at": created_at.isoformat(timespec="seconds"),
        "key_id": key_id(public_key),
        "platform": dict(platform),
        "entities": [dict(entity) for entity in entities],
        "series": [asdict(one) for one in series],
        "documents": {"count": documents, "sha256": sha256, "pdfs": pdfs},
        "findings": findings,
    }
    return (json.dumps(content, indent=2, ensure_ascii=False, default=_plain) + "\n").encode()


def public_jwk(signer: Signer) -> dict[str, str]:
    """The public half of a key as a JSON Web Key (RFC 8037), with its PEM beside it."""
    x = base64.urlsafe_b64encode(signer.public_key).decode().rstrip("=")
    common = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA"}
    return {**common, "kid": key_id(signer.public_key), "x": x, "pem": signer.public_pem()}


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a certificate")
