"""What is kept outside the database."""

from __future__ import annotations

from tortoise import fields

from app.db.models.base import ENTITY_KEY, PlatformTable, choice, id_column, instant, text
from app.domain.archive import FileKind


class StoredFile(PlatformTable):
    """The file of a finalized document, kept under its hash until its retention ends."""

    id = id_column(pk=True)
    entity_id = id_column()
    subject_id = id_column()
    kind = choice(FileKind)
    sha256 = text(64)
    size = fields.BigIntField()
    media_type = text(100)
    created_at = instant()
    # The last day on which the law wants it.
    retained_until = fields.DateField()
    # When its bytes were removed after that day; what it was stays known.
    deleted_at = instant(null=True)

    class Meta:
        table = "stored_file"

    unique = (("platform_id", "entity_id", "subject_id", "kind"),)
    references = (ENTITY_KEY,)
    indexes = ((("platform_id", "retained_until", "id"), "deleted_at IS NULL"),)
