"""The transport that a mail URL names."""

from __future__ import annotations

from pathlib import Path

from app.delivery.mail.folder import FolderTransport
from app.delivery.mail.smtp import SmtpTransport
from app.domain.mail.model import MailTransport
from app.domain.mail.server import parse_mail_url


def transport_for(url: str, *, timeout_s: float) -> MailTransport:
    """What carries mail to where the URL says."""
    target = parse_mail_url(url)
    if isinstance(target, Path):
        return FolderTransport(target)
    return SmtpTransport(
        host=target.host,
        port=target.port,
        tls=target.tls,
        username=target.username,
        password=target.password,
        ca=target.ca,
        timeout_s=timeout_s,
    )
