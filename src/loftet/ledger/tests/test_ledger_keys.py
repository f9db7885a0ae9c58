from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from loftet.ledger.keys import (
    VerifierKey,
    decode_base64,
    generate_private_key,
    private_key_from_pem,
    private_key_to_pem,
    public_key_from_pem,
    public_key_to_pem,
)

# Keys of public logs, published by those who run them.
PUBLISHED = [
    "log2025-1.rekor.sigstore.dev+cf119915+AbfK5adZJxsI323FwGD2AJJ9F4i89cfDuLdGJBIYntuO",
    "armory-drive-log+16541b8f+AYDPmG5pQp4Bgu0a1mr5uDZ196+t8lIVIfWQSPWmP+Jv",
    "lvfs+7908d142+ASnlGgOh+634tcE/2Lp3wV7k/cLoU6ncawmb/BLC1oMU",
]


@pytest.mark.parametrize("vkey", PUBLISHED)
def test_published_verifier_keys_are_read_and_written_the_same(vkey):
    assert VerifierKey.parse(vkey).vkey == vkey


@pytest.mark.parametrize("vkey", PUBLISHED[1:2])
def test_no_changed_or_shortened_verifier_key_is_read(vkey):
    wrong = [vkey[:i] + chr(ord(vkey[i]) ^ flip) + vkey[i + 1 :] for i in range(len(vkey)) for flip in (1, 2, 32)]
    wrong += [vkey[start:end] for start in range(len(vkey)) for end in (len(vkey) - 1, len(vkey)) if vkey[start:end]]
    for text in wrong:
        if text != vkey:
            with pytest.raises(ValueError, match="key"):
                VerifierKey.parse(text)


def test_other_kinds_of_key_and_other_lengths_are_refused():
    for material in (b"\x02" + bytes(32), b"\x01" + bytes(31), b"\x01" + bytes(33), b""):
        key_id = hashlib.sha256(b"a\n" + material).hexdigest()[:8]
        with pytest.raises(ValueError, match="key"):
            VerifierKey.parse(f"a+{key_id}+{base64.b64encode(material).decode()}")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\x00", "a\u2003b", "a\tb"])
def test_names_that_would_blur_a_signature_line_are_refused(name):
    with pytest.raises(ValueError, match="name"):
        VerifierKey(name, bytes(32))


def test_pem_there_and_back():
    key = generate_private_key()
    pem = private_key_to_pem(key)
    assert pem.startswith(b"-----BEGIN PRIVATE KEY-----")
    assert private_key_from_pem(pem).private_bytes_raw() == key.private_bytes_raw()
    public = public_key_from_pem(public_key_to_pem(key.public_key()))
    assert public == key.public_key()
    assert generate_private_key().private_bytes_raw() != key.private_bytes_raw()


def test_pem_with_a_password_opens_with_that_password_only():
    key = generate_private_key()
    pem = private_key_to_pem(key, b"hemligt")
    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert private_key_from_pem(pem, b"hemligt").private_bytes_raw() == key.private_bytes_raw()
    for password in (None, b"fel"):
        with pytest.raises(ValueError, match=r"[Pp]assword|decrypt"):
            private_key_from_pem(pem, password)


def test_pem_of_another_kind_of_key_is_refused():
    other = ec.generate_private_key(ec.SECP256R1())
    private = other.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = other.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with pytest.raises(ValueError, match="Ed25519"):
        private_key_from_pem(private)
    with pytest.raises(ValueError, match="Ed25519"):
        public_key_from_pem(public)


def test_base64_has_one_spelling():
    assert decode_base64("AA==") == b"\x00"
    for text in ("AB==", "AA=", "AA", "AA==\n", " AA==", "A-==", "ÅA==", "AA==AA=="):
        assert decode_base64(text) is None
