from __future__ import annotations

import base64
import dataclasses

import pytest

from loftet.ledger.checkpoints import (
    MAX_SIGNATURES,
    BadSignatureError,
    CheckpointFormatError,
    UnknownSignerError,
    parse_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
)
from loftet.ledger.keys import VerifierKey, generate_private_key
from loftet.ledger.merkle import EMPTY_ROOT

# Checkpoints that the public log log2025-1.rekor.sigstore.dev has signed, and its published key: they show that the
# form, the key id and the signed bytes are those that others use. The last bears a witness's line too.
LOG_KEY = VerifierKey.parse("log2025-1.rekor.sigstore.dev+cf119915+AbfK5adZJxsI323FwGD2AJJ9F4i89cfDuLdGJBIYntuO")
PUBLISHED = {
    412115: (
        "log2025-1.rekor.sigstore.dev\n412115\n+8vUkEgBK/ansexBUomzocaWoPEmPIzxJC/y+xNMQN4=\n\n"
        "— log2025-1.rekor.sigstore.dev zxGZFahCZ/+MqTjH4rC5MWcdLDWbpetE5l30RZfQc4BQkRjWSoKipEUPjvHENeZDHIlAsuezJcLzUVv"
        "ItpNjaSRoMAs=\n"
    ),
    34356369: (
        "log2025-1.rekor.sigstore.dev\n34356369\ndA9mMr0smTXgo7nGsE01Zdc5KOOqTs2/zYfdSqxO+ks=\n\n"
        "— log2025-1.rekor.sigstore.dev zxGZFQZgTebN28s0D7vKP5gX8R+CsXCved700HCQAHgDHbdkaH3tfx7+DMPkccNhzsnSy7LijLzWMa+"
        "evZduylLs0wc=\n"
    ),
    139911860: (
        "log2025-1.rekor.sigstore.dev\n139911860\nEliTHtnx44DhEBH+5qIXBtQsSpc54Avam7mIYEvxnTA=\n\n"
        "— log2025-1.rekor.sigstore.dev zxGZFcOra4Y7QpuiQen+CmnUvDZbxSXfBOXJzL+HKIeR9aC58QTfao58ABqkhVyBhQDseS+TZdDNpcn"
        "ZhoRxkh7IbQ0=\n"
        "— witness.stagemole.eu Z/euoAAAAABqxF18wrJCADsJ1G5Lc2JaRjZqqBwjpNqH24yQse4iJ4rKS6b5MtvHP+IbKYXwaWuWokdGA+BubLF"
        "i+TrwK7xpKr6XBw==\n"
    ),
}
ORIGIN = "loftet.example/loftesboken"
PRIVATE_KEY = generate_private_key()
KEY = VerifierKey.of(ORIGIN, PRIVATE_KEY.public_key())
SIGNED = sign_checkpoint(origin=ORIGIN, size=12, root=bytes(range(32)), private_key=PRIVATE_KEY)


@pytest.mark.parametrize("size", PUBLISHED)
def test_checkpoints_of_a_public_log_verify_and_a_changed_one_does_not(size):
    assert verify_checkpoint(PUBLISHED[size], [LOG_KEY]).size == size
    with pytest.raises(BadSignatureError):
        verify_checkpoint(PUBLISHED[size].replace(str(size), str(size + 1)), [LOG_KEY])


def test_what_is_signed_is_read_back():
    read = verify_checkpoint(SIGNED, [KEY])
    assert (read.origin, read.size, read.root, read.extensions) == (ORIGIN, 12, bytes(range(32)), ())
    assert SIGNED.split("\n")[:4] == [ORIGIN, "12", base64.b64encode(bytes(range(32))).decode(), ""]
    assert read == parse_checkpoint(SIGNED)
    empty = sign_checkpoint(origin=ORIGIN, size=0, root=EMPTY_ROOT, private_key=PRIVATE_KEY)
    assert verify_checkpoint(empty, [KEY]).size == 0


def test_signing_twice_gives_the_same_text():
    assert sign_checkpoint(origin=ORIGIN, size=12, root=bytes(range(32)), private_key=PRIVATE_KEY) == SIGNED


@pytest.mark.parametrize("flip", [1, 2, 4, 8, 16, 32])
def test_every_changed_character_is_refused(flip):
    for at in range(len(SIGNED)):
        changed = SIGNED[:at] + chr(ord(SIGNED[at]) ^ flip) + SIGNED[at + 1 :]
        with pytest.raises((CheckpointFormatError, UnknownSignerError, BadSignatureError)):
            verify_checkpoint(changed, [KEY])


def test_lines_by_unknown_keys_are_ignored_but_do_not_vouch():
    other = generate_private_key()
    theirs = VerifierKey.of("witness.example/w1", other.public_key())
    body = parse_checkpoint(SIGNED).body
    line = f"— {theirs.name} {base64.b64encode(theirs.key_id + other.sign(body.encode())).decode()}\n"
    junk = f"— {ORIGIN} {base64.b64encode(b'junk' + bytes(5)).decode()}\n"  # our name, another id: another key
    assert verify_checkpoint(SIGNED + line + junk, [KEY]).size == 12
    assert verify_checkpoint(SIGNED + line, [theirs]).size == 12
    assert verify_checkpoint(SIGNED + line, [KEY, theirs]).size == 12
    with pytest.raises(UnknownSignerError):
        verify_checkpoint(body + "\n" + line, [KEY])
    with pytest.raises(UnknownSignerError):
        verify_checkpoint(SIGNED, [])


def test_a_false_line_by_a_known_key_refuses_the_whole_even_beside_a_true_one():
    false = base64.b64encode(KEY.key_id + bytes(64)).decode()
    for text in (SIGNED + f"— {ORIGIN} {false}\n", SIGNED.replace("\n\n", f"\n\n— {ORIGIN} {false}\n")):
        with pytest.raises(BadSignatureError):
            verify_checkpoint(text, [KEY])
    short = base64.b64encode(KEY.key_id + bytes(3)).decode()
    with pytest.raises(BadSignatureError):
        verify_checkpoint(SIGNED + f"— {ORIGIN} {short}\n", [KEY])


def test_the_same_key_under_another_name_is_another_signer():
    with pytest.raises(UnknownSignerError):
        verify_checkpoint(SIGNED, [dataclasses.replace(KEY, name="other.example")])


def test_extension_lines_are_kept_and_signed():
    body = f"{ORIGIN}\n3\n{base64.b64encode(bytes(32)).decode()}\nextra\n"
    line = f"— {ORIGIN} {base64.b64encode(KEY.key_id + PRIVATE_KEY.sign(body.encode())).decode()}\n"
    assert verify_checkpoint(f"{body}\n{line}", [KEY]).extensions == ("extra",)
    with pytest.raises(BadSignatureError):
        verify_checkpoint(f"{body}\n{line}".replace("extra", "other"), [KEY])


ROOT = base64.b64encode(bytes(32)).decode()
LINE = SIGNED.split("\n")[4]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        f"a\n1\n{ROOT}\n",
        f"a\n1\n{ROOT}\n\n",
        f"a\n1\n{ROOT}\n\n{LINE}",
        f"a\n1\n{ROOT}\n{LINE}\n",
        f"a\n1\n\n{LINE}\n",
        f"\n1\n{ROOT}\n\n{LINE}\n",
        f"a\n\n{ROOT}\n\n{LINE}\n",
        f"a\n01\n{ROOT}\n\n{LINE}\n",
        f"a\n-1\n{ROOT}\n\n{LINE}\n",
        f"a\n+1\n{ROOT}\n\n{LINE}\n",
        f"a\n١\n{ROOT}\n\n{LINE}\n",
        f"a\n{2**53}\n{ROOT}\n\n{LINE}\n",
        f"a\n{'9' * 5000}\n{ROOT}\n\n{LINE}\n",
        f"a\n1\n{ROOT[:-1]}\n\n{LINE}\n",
        f"a\n1\n{ROOT[:-2]}B=\n\n{LINE}\n",
        f"a\n1\n{base64.b64encode(bytes(31)).decode()}\n\n{LINE}\n",
        f"a\r\n1\n{ROOT}\n\n{LINE}\n",
        f"a\n1\n{ROOT}\n\n{LINE}\n\n",
        f"a\n1\n{ROOT}\n\n{LINE} \n",
        f"a\n1\n{ROOT}\n\n- {LINE[2:]}\n",
        f"a\n1\n{ROOT}\n\n—{LINE[2:]}\n",
        f"a\n1\n{ROOT}\n\n— a AAAA\n",
        f"a\n1\n{ROOT}\n\n— a+b {LINE.split()[2]}\n",
        f"a\n1\n{ROOT}\n\n—  {LINE.split()[2]}\n",
        f"\ud800\n1\n{ROOT}\n\n{LINE}\n",
        f"a\n1\n{ROOT}\n\n" + f"{LINE}\n" * (MAX_SIGNATURES + 1),
    ],
)
def test_what_has_not_the_form_is_refused(text):
    with pytest.raises(CheckpointFormatError):
        parse_checkpoint(text)


def test_many_signature_lines_are_read():
    assert len(parse_checkpoint(SIGNED + f"{LINE}\n" * (MAX_SIGNATURES - 1)).signatures) == MAX_SIGNATURES


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [("two words", 1, bytes(32)), ("a\nb", 1, bytes(32)), ("", 1, bytes(32)), ("a", -1, bytes(32)), ("a", 1, b"")],
)
def test_what_could_not_be_read_is_not_signed(origin, size, root):
    with pytest.raises(ValueError, match=r"name a key|needs a size"):
        sign_checkpoint(origin=origin, size=size, root=root, private_key=PRIVATE_KEY)
