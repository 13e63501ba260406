"""An audit's export: documents, their signed certificate, the public key, and the verifier, in one zip file.

Written as the audit goes, so that a million documents need no more memory than a chunk of them.
"""

from __future__ import annotations

import asyncio
import hashlib
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

import structlog

from app import __version__
from app.db.aggregates import ENTITIES
from app.db.audit import StoredDocument
from app.db.rows import EntityRow
from app.domain.archive import file_key
from app.domain.audit.certificate import certificate_text
from app.domain.audit.records import Record, canonical
from app.domain.audit.script import verifier_script
from app.domain.errors import ArchiveDamaged, InvalidState
from app.domain.scope import Permission, Scope
from app.services import documents
from app.services.audit import AuditReport, Progress, run_audit
from app.services.context import ServiceContext

log = structlog.get_logger(__name__)

# Every entry bears it, so that the same documents give the same file.
_DATE: Final = (1980, 1, 1, 0, 0, 0)
_MAX_ENTITIES: Final = 100_000
_README: Final = """This is an audit export of finalized invoices.

documents.jsonl   one finalized document a line, by series and number: its canonical text, its SHA-256 over its
                  predecessor's hash and the text, and the frozen columns of its rows (sealed within the text)
certificate.json  whose documents they are, every series with its last number and hash, and the SHA-256 of
                  documents.jsonl
certificate.sig   the Ed25519 signature of certificate.json, 64 bytes
public_key.pem    the key that it was signed with; compare it with the one that the issuer publishes
                  (/.well-known/invoicing-audit-keys.json)
pdfs/             the archived PDFs by their SHA-256, where they were asked for
verify.py         verifies all of it offline with Python 3.11 or later: python verify.py EXPORT.zip [PUBLIC_KEY.pem]
"""


@dataclass(slots=True)
class _Writer:
    """The export on its way into its file."""

    ctx: ServiceContext
    scope: Scope
    lines: IO[bytes]
    with_pdfs: bool
    digest: Any = field(default_factory=hashlib.sha256)
    documents: int = 0
    pdfs: list[str] = field(default_factory=list)

    async def take(self, record: Record, document: StoredDocument) -> None:
        """Writes a document's line, its PDF's hash in it."""
        sha256 = document.raw["pdf_sha256"]
        if self.with_pdfs and sha256 is None:
            # Archived now, if nobody has read it yet.
            sha256 = await self._archived(document.id)
        content = {
            "id": record.id,
            "series": record.series,
            "sequence": record.sequence,
            "text": record.text,
            "hash": record.hash,
            "previous": record.previous,
            "sealed": record.sealed,
            "status": record.status,
            "voided": record.voided,
            "pdf_sha256": sha256,
        }
        line = canonical(content).encode() + b"\n"
        self.lines.write(line)
        self.digest.update(line)
        self.documents += 1
        if self.with_pdfs and sha256 is not None:
            self.pdfs.append(sha256)

    async def _archived(self, invoice_id: str) -> str | None:
        try:
            return (await documents.render_pdf(self.ctx, self.scope, invoice_id, as_issued=True)).sha256
        except (ArchiveDamaged, ValueError, TypeError, KeyError) as error:
            # A row or a text that cannot be read is among the findings already.
            log.warning("audit_export_without_pdf", invoice=invoice_id, error=type(error).__name__)
            return None


async def export(
    ctx: ServiceContext,
    scope: Scope,
    path: Path,
    entity_id: str | None = None,
    *,
    with_pdfs: bool = False,
    progress: Progress | None = None,
) -> AuditReport:
    """Audits one seller or all, and writes the signed export; findings do not keep it from being written.

    Raises InvalidState where there is no key to sign with, and OSError.
    """
    scope.require(Permission.INVOICES_READ)
    signer = ctx.signing_key()
    if signer is None:
        raise InvalidState("there is no key to sign with; set INVOICING_SIGNING_KEY")
    draft = path.with_name(f"{path.name}.part")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open(_entry("documents.jsonl"), "w", force_zip64=True) as lines:
                writer = _Writer(ctx, scope, lines, with_pdfs)
                report = await run_audit(ctx, scope, entity_id, sink=writer.take, progress=progress)
            await _write_pdfs(ctx, scope, archive, writer.pdfs)
            certificate = certificate_text(
                version=__version__,
                created_at=ctx.clock(),
                platform={"id": scope.platform_id, "mode": scope.mode.value},
                entities=await _entities(ctx, scope, entity_id),
                series=report.series,
                documents=writer.documents,
                sha256=writer.digest.hexdigest(),
                findings=report.errors,
                pdfs=len(set(writer.pdfs)),
                public_key=signer.public_key,
            )
            for name, content in (
                ("certificate.json", certificate),
                ("certificate.sig", signer.sign(certificate)),
                ("public_key.pem", signer.public_pem().encode()),
                ("README.txt", _README.encode()),
                ("verify.py", verifier_script().encode()),
            ):
                archive.writestr(_entry(name), content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return report


async def _write_pdfs(ctx: ServiceContext, scope: Scope, archive: zipfile.ZipFile, hashes: list[str]) -> None:
    for sha256 in dict.fromkeys(hashes):
        content = await ctx.files.get(file_key(scope.platform_id, sha256))
        if content is not None:
            await asyncio.to_thread(archive.writestr, _entry(f"pdfs/{sha256}.pdf"), content)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


async def _entities(ctx: ServiceContext, scope: Scope, entity_id: str | None) -> list[dict[str, Any]]:
    async with ctx.database.read(scope) as session:
        if entity_id is not None:
            rows = list((await ENTITIES.by_ids(scope, session, [entity_id])).values())
        else:
            rows = await ENTITIES.list(scope, session, order=(("id", False),), limit=_MAX_ENTITIES)
    return [_identity(row) for row in rows]


def _identity(row: EntityRow) -> dict[str, Any]:
    names = ("address_line1", "address_line2", "address_postcode", "address_city", "address_region", "country")
    return {
        "id": row.id,
        "external_id": row.external_id,
        "legal_name": row.legal_name,
        "registration": row.registration,
        "tax_ids": [tax_id["value"] for tax_id in row.tax_ids],
        "address": {name.removeprefix("address_"): getattr(row, name) for name in names},
    }
