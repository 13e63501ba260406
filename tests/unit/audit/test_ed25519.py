"""Signatures verified in plain Python: by the RFC's vectors, and against the library that signs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.domain.audit.ed25519 import ed25519_verify, key_from_pem, key_id
from app.storage import signing

# RFC 8032, 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("key", "message", "signature"), VECTORS)
def test_the_rfcs_vectors_hold(key: str, message: str, signature: str) -> None:
    assert ed25519_verify(bytes.fromhex(key), bytes.fromhex(message), bytes.fromhex(signature))
    assert not ed25519_verify(bytes.fromhex(key), bytes.fromhex(message) + b"\0", bytes.fromhex(signature))


def test_it_agrees_with_the_library_on_whole_and_altered_signatures() -> None:
    choose = random.Random(8032)
    for _ in range(12):
        private = Ed25519PrivateKey.from_private_bytes(choose.randbytes(32))
        key, message = private.public_key().public_bytes_raw(), choose.randbytes(choose.randrange(200))
        signature = private.sign(message)
        assert ed25519_verify(key, message, signature)
        altered = bytearray(signature)
        altered[choose.randrange(64)] ^= 1 << choose.randrange(8)
        assert not ed25519_verify(key, message, bytes(altered))
        other = bytearray(key)
        other[choose.randrange(32)] ^= 1 << choose.randrange(8)
        assert not ed25519_verify(bytes(other), message, signature)


def test_a_signature_has_one_form() -> None:
    # RFC 8032, 5.1.7: a scalar beyond the group's order is another writing of the same signature.
    private = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    key, signature = private.public_key().public_bytes_raw(), private.sign(b"x")
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(signature[32:], "little") + order
    assert not ed25519_verify(key, b"x", signature[:32] + scalar.to_bytes(32, "little"))
    assert not ed25519_verify(key, b"x", signature[:63])
    assert not ed25519_verify(key[:31], b"x", signature)
    assert not ed25519_verify(b"\xff" * 32, b"x", signature)


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "audit-key.pem"
    made = signing.made_once(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["audit-key.pem"]
    assert signing.made_once(path).public_key == made.public_key == key_from_pem(made.public_pem())
    assert ed25519_verify(made.public_key, b"text", made.sign(b"text"))
    assert len(key_id(made.public_key)) == 16


@pytest.mark.parametrize("pem", ["", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "nonsense"])
def test_what_is_no_key_is_refused(pem: str) -> None:
    with pytest.raises(ValueError, match="must be an unencrypted private key"):
        signing.from_pem(pem.encode())
    with pytest.raises(ValueError, match=r"not an Ed25519|base64|padding"):
        key_from_pem(pem)
