"""The published format is enough: a verifier written from it alone, and the example it shows."""

from __future__ import annotations

import ast
import base64
import hashlib
import io
import json
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from loftet.ledger.keys import VerifierKey
from loftet.ledger.verification import verify_export

LEDGER = Path(__file__).parents[1]
DOCUMENT = LEDGER.parents[2] / "docs" / "reference" / "register-format.md"


def example() -> tuple[str, bytes]:
    blocks = DOCUMENT.read_text(encoding="utf-8").split("```\n")
    return blocks[1].strip(), blocks[3].encode()


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def tree(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01", tree(leaves[:split]), tree(leaves[split:]))


def canonical(value) -> bytes:
    """RFC 8785 for what the format allows; sorting by code points is right because its keys are ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def independent_verdict(data: bytes, vkey: str) -> tuple[int, int]:
    """Return (opened, withheld), or fail by an assertion. Uses nothing of the ledger."""
    name, key_id, encoded = vkey.split("+", 2)
    key = base64.b64decode(encoded)
    assert sha256(name.encode(), b"\n", key)[:4].hex() == key_id
    assert data.endswith(b"\n")
    lines = [json.loads(line) for line in data[:-1].split(b"\n")]
    assert b"".join(canonical(line) + b"\n" for line in lines) == data
    header, entries, checkpoints = lines[0], lines[1:-1], lines[-1:]
    assert header == {"format": "loftet-register", "origin": name, "size": len(entries), "v": 1}
    counts, leaves = [0, 0], []
    for n, entry in enumerate(entries):
        assert entry["envelope"]["n"] == n
        leaves.append(sha256(b"\x00", canonical(entry["envelope"])))
        assert entry["leaf"] == leaves[-1].hex()
        assert entry["parts"].keys() == entry["envelope"]["parts"].keys()
        for part_name, part in entry["parts"].items():
            counts["withheld" in part] += 1
            if part != {"withheld": True}:
                made = sha256(b"loftet/commitment/v1\n", bytes.fromhex(part["salt"]), part["text"].encode())
                assert made.hex() == entry["envelope"]["parts"][part_name]
    body, signature_line = checkpoints[0]["checkpoint"].split("\n\n")
    assert body == f"{name}\n{len(entries)}\n{base64.b64encode(tree(leaves)).decode()}"
    signature = base64.b64decode(signature_line.split(" ")[2])
    assert signature[:4].hex() == key_id
    Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature[4:], body.encode() + b"\n")
    return counts[0], counts[1]


def test_the_example_in_the_document_holds_by_both_verifiers():
    vkey, data = example()
    report = verify_export(io.BytesIO(data), VerifierKey.parse(vkey))
    assert report.holds
    assert (report.opened, len(report.withheld)) == independent_verdict(data, vkey) == (2, 1)


def test_a_verifier_written_from_the_document_agrees_about_the_small_register(book):
    data = b"".join(book.lines())
    assert independent_verdict(data, book.key.vkey) == (11, 1)
    with pytest.raises(AssertionError):
        independent_verdict(data.replace(b"minst 2", b"minst 1", 1), book.key.vkey)


def test_the_ledger_imports_nothing_but_the_standard_library_and_two_packages():
    allowed = set(sys.stdlib_module_names) | {"rfc8785", "cryptography"}
    modules = list(LEDGER.glob("*.py"))
    assert len(modules) >= 9
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            for name in names:
                assert name.startswith("loftet.ledger.") or name.split(".")[0] in allowed, f"{path.name}: {name}"
