"""Messages as `.eml` files in a folder, which any mail program opens: the embedded default."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path
from typing import Final

from app.domain.mail.model import Envelope, Outcome, Verdict, outcome_for_all

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")


class FolderTransport:
    """Writes each message as one file; sending it again writes the same file again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, envelope: Envelope) -> Outcome:
        """Writes the file; a disk that is full or a folder that is closed is no answer for good."""
        try:
            path = await asyncio.to_thread(self._write, envelope)
        except OSError as error:
            return outcome_for_all(envelope, Verdict.DEFERRED, f"cannot write to {self._folder}: {error.strerror}")
        return outcome_for_all(envelope, Verdict.ACCEPTED, f"written to {path.name}")

    def _write(self, envelope: Envelope) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{_UNSAFE.sub('-', envelope.name)}.eml"
        # Whole or not at all, for whoever watches the folder.
        partial = path.with_suffix(".part")
        partial.write_bytes(envelope.content)
        os.replace(partial, path)
        return path
