"""A store of files in a local folder or in an S3-compatible bucket, by obstore.

Keys are hashes of what they name, so that nothing is ever overwritten. A local file appears under its name once it is
complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

import structlog

from app.domain.errors import Unavailable

if TYPE_CHECKING:
    from obstore.store import ObjectStore

log = structlog.get_logger(__name__)

# A document of 10,000 lines has some megabytes.
MAX_BYTES: Final = 100_000_000
_OPTIONS: Final = frozenset({"endpoint", "region", "virtual_hosted"})


def check_url(url: str) -> str:
    """The URL of a store, checked: `file://FOLDER`, `s3://BUCKET/PREFIX?…`, or `memory://`. Raises ValueError."""
    parts = urlsplit(url)
    match parts.scheme:
        case "file":
            if not url.removeprefix("file://"):
                raise ValueError("needs a folder, such as file://var/archive")
        case "s3":
            if not parts.netloc or "@" in parts.netloc:
                raise ValueError("must be s3://BUCKET/PREFIX; credentials come from AWS_ACCESS_KEY_ID and its like")
            unknown = set(parse_qs(parts.query, keep_blank_values=True)) - _OPTIONS
            if unknown:
                raise ValueError(f"does not know {', '.join(sorted(unknown))}; known are {', '.join(sorted(_OPTIONS))}")
        case "memory":
            pass
        case _:
            raise ValueError("must start with file:// or s3://")
    return url


class ObjectFiles:
    """The store that a URL names (`check_url`); opened when it is first used."""

    def __init__(self, url: str, *, timeout_s: int = 20) -> None:
        self._url = check_url(url)
        self._timeout_s = timeout_s
        self._opened: ObjectStore | None = None

    @property
    def _store(self) -> ObjectStore:
        if self._opened is None:
            self._opened = _open(self._url, self._timeout_s)
        return self._opened

    async def put(self, key: str, content: bytes) -> None:
        """Keeps the bytes, unless there are some under that key already. Raises Unavailable."""
        with _answering():
            # Asked first: not every S3-compatible server refuses to overwrite.
            try:
                await self._store.head_async(key)
            except FileNotFoundError:
                await self._store.put_async(key, content)

    async def get(self, key: str) -> bytes | None:
        """The bytes under that key, or None. Raises Unavailable."""
        with _answering():
            try:
                found = await self._store.get_async(key)
            except FileNotFoundError:
                return None
            if found.meta["size"] > MAX_BYTES:
                raise Unavailable(f"the file {key} has more than {MAX_BYTES} bytes")
            return bytes(await found.bytes_async())

    async def delete(self, key: str) -> None:
        """Removes what is under that key, if anything. Raises Unavailable."""
        with _answering():
            try:
                await self._store.delete_async(key)
            except FileNotFoundError:
                return

    async def check(self) -> None:
        """Raises Unavailable when the store cannot be asked."""
        await self.get("probe/none")


def _open(url: str, timeout_s: int) -> ObjectStore:
    from obstore.store import LocalStore, MemoryStore, S3Store

    parts = urlsplit(url)
    if parts.scheme == "memory":
        return MemoryStore()
    if parts.scheme == "file":
        folder = Path(url.removeprefix("file://"))
        # Documents are nobody else's business.
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return LocalStore(folder)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    config: Any = {"region": options.get("region", "us-east-1")}
    if "endpoint" in options:
        config["endpoint"] = options["endpoint"]
    if "virtual_hosted" in options:
        config["virtual_hosted_style_request"] = options["virtual_hosted"] == "true"
    client: Any = {"timeout": f"{timeout_s}s", "allow_http": options.get("endpoint", "").startswith("http://")}
    retry: Any = {"max_retries": 3, "retry_timeout": timedelta(seconds=timeout_s)}
    prefix = parts.path.strip("/") or None
    return S3Store(parts.netloc, prefix=prefix, config=config, client_options=client, retry_config=retry)


@contextmanager
def _answering() -> Iterator[None]:
    """Makes what the store fails with the one error that callers know."""
    from obstore.exceptions import BaseError

    try:
        yield
    except (BaseError, OSError) as error:
        # Its text tells addresses, which are the operator's business alone.
        log.warning("archive_unavailable", error=str(error).splitlines()[0][:500])
        raise Unavailable("the archive does not answer; try again") from error
