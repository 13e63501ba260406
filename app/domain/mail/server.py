"""Where mail goes, as a URL: `smtp://user:password@host:587`, `smtps://host`, `file://folder`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

_PORTS: Final = {"smtp": 587, "smtps": 465}
_OPTIONS: Final = frozenset({"tls", "ca"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server. `tls`: from the first byte, by STARTTLS, or not at all; `ca` is a file of further authorities."""

    host: str
    port: int
    tls: str
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: Path | None = None


def parse_mail_url(url: str) -> MailServer | Path:
    """What a URL names: a server, or a folder for `.eml` files. Raises ValueError saying what is wrong.

    `smtp` insists on STARTTLS and `smtps` on TLS from the first byte; `?tls=none` gives that up, which is refused when
    a password would travel. `?ca=FILE` trusts an authority of one's own besides the system's.
    """
    parts = urlsplit(url)
    if parts.scheme == "file":
        folder = url.removeprefix("file://")
        if not folder:
            raise ValueError("needs a folder, such as file://var/mail")
        return Path(folder)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError("must be smtp://HOST, smtps://HOST or file://FOLDER")
    options = parse_qs(parts.query, keep_blank_values=True)
    if unknown := sorted(options.keys() - _OPTIONS):
        raise ValueError(f"knows the options tls and ca only, not {', '.join(unknown)}")
    plain = "tls" in options
    if plain and (options["tls"] != ["none"] or parts.scheme == "smtps"):
        raise ValueError("knows tls=none with smtp:// only; without it TLS is required")
    if plain and parts.password:
        raise ValueError("does not send a password without TLS")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("needs both a user and a password, or neither")
    return MailServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        tls="none" if plain else "starttls" if parts.scheme == "smtp" else "tls",
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        ca=Path(options["ca"][-1]) if "ca" in options else None,
    )
