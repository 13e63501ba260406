"""The Ed25519 key that signs certificates: given as PEM, as a file, or made once beside the database."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


class SigningKey:
    """An Ed25519 private key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @property
    def public_key(self) -> bytes:
        """Its public half, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._key.sign(message)

    def public_pem(self) -> str:
        """The public half in PEM."""
        public, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(public, form).decode()


def from_pem(pem: bytes) -> SigningKey:
    """The key of a PEM text (PKCS #8). Raises ValueError saying nothing of its content."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("must be an unencrypted private key in PEM (PKCS #8)") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("must be an Ed25519 key; make one with `openssl genpkey -algorithm ed25519`")
    return SigningKey(key)


def from_file(path: Path) -> SigningKey:
    """The key in a file. Raises ValueError, and OSError when it cannot be read."""
    return from_pem(path.read_bytes())


def made_once(path: Path) -> SigningKey:
    """The key in that file, which is made when there is none, for its owner's eyes only. Raises ValueError, OSError."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        secret = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        # Complete before it has its name: another process that starts now finds all of it or nothing.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        try:
            # Unlike a renaming, it does not replace the key that another one has made meanwhile.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return from_file(path)
