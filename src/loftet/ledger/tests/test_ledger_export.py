from __future__ import annotations

import base64
import dataclasses
import io
import itertools
import json
import tracemalloc
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loftet.ledger.canonical import exact_bytes
from loftet.ledger.commitments import commit
from loftet.ledger.entries import entry_leaf_hash
from loftet.ledger.export import ExportEntry, Opened, checkpoint_line, entry_line, export_lines, header_line
from loftet.ledger.keys import VerifierKey, generate_private_key
from loftet.ledger.merkle import Frontier
from loftet.ledger.report import Reason
from loftet.ledger.verification import verify_against_older, verify_export


def changed(line: bytes, change) -> bytes:
    """The line with its value changed and written in canonical form again."""
    value = json.loads(line)
    value = change(value) or value
    return exact_bytes(value) + b"\n"


def reason(lines, key) -> Reason:
    problem = verify_export(lines, key).problem
    assert problem is not None
    return problem.reason


# What holds


def test_a_whole_export_holds_and_says_what_is_withheld(book):
    report = verify_export(book.lines(), book.key)
    assert report.holds
    assert (report.size, report.opened, report.withheld) == (12, 11, ((5, "decision"),))
    assert (report.checkpoints, report.unchecked_signatures) == (1, 0)
    assert report.sentence_sv == (
        "Alla 12 poster stämmer med kontrollpunkten som loftet.example/loftesboken har skrivit under; "
        "1 text lämnas inte ut (post 5 ”decision”), men fingeravtrycket står kvar; "
        "den saknas utan att något beslut står i boken."
    )
    assert report.sentence_en == (
        "All 12 entries match the checkpoint signed by loftet.example/loftesboken; "
        "1 text is withheld (entry 5 “decision”), but its digest stands; "
        "it is missing without a decision in the register."
    )


def test_the_report_holds_the_root_of_the_tree(book):
    frontier = Frontier()
    for entry in book.entries:
        frontier = frontier.append(bytes.fromhex(entry.leaf))
    report = verify_export(book.lines(), book.key)
    assert report.root == frontier.root()
    assert report.root_at(0) == Frontier().root()


def test_an_export_is_read_from_a_binary_file(book):
    assert verify_export(io.BytesIO(b"".join(book.lines())), book.key).holds
    with pytest.raises(TypeError, match="binary"):
        verify_export(io.StringIO(b"".join(book.lines()).decode()), book.key)


def test_an_empty_register_and_one_of_a_single_entry(make_book):
    empty = make_book()
    empty.sign()
    report = verify_export(empty.lines(), empty.key)
    assert report.sentence_sv.startswith("Löftesboken är tom, och det stämmer med kontrollpunkten")
    assert report.sentence_en.startswith("The register is empty, as stated by the checkpoint")
    single = make_book()
    single.add({"text": "Löfte"})
    single.sign()
    report = verify_export(single.lines(), single.key)
    assert report.sentence_sv == (
        "Den enda posten stämmer med kontrollpunkten som loftet.example/loftesboken har skrivit under."
    )


def test_withholding_a_part_changes_no_proof(book):
    for n, entry in enumerate(book.entries):
        book.entries[n] = dataclasses.replace(entry, parts=dict.fromkeys(entry.parts))
    report = verify_export(book.lines(), book.key)
    assert report.holds
    assert (report.opened, len(report.withheld)) == (0, 12)
    assert "12 texter lämnas inte ut (post 0 ”text”, post 1 ”text”, post 2 ”text” med flera)" in report.sentence_sv
    assert "12 texts are withheld (entry 0 “text”, entry 1 “text”, entry 2 “text” and others)" in report.sentence_en
    assert b"fotpatrull" not in b"".join(book.lines())


def test_several_checkpoints_are_each_checked(make_book):
    book = make_book()
    for n in range(7):
        if n in (0, 3, 4):
            book.sign()
        book.add({"text": f"löfte {n}"})
    book.sign()
    report = verify_export(book.lines(), book.key)
    assert report.holds
    assert report.checkpoints == 4
    leaves = [entry.leaf for entry in book.entries]
    for size, expected in ((3, Reason.CHECKPOINT_ROOT), (7, Reason.CHECKPOINT_ROOT_AFTER)):
        place = size - 1
        envelope = book.entries[place].envelope | {"subject": "forged"}
        lines = book.lines()
        lines[1 + place] = entry_line(
            dataclasses.replace(book.entries[place], envelope=envelope, leaf=entry_leaf_hash(envelope).hex())
        )
        assert reason(lines, book.key) is expected
    assert [entry.leaf for entry in book.entries] == leaves


def test_lines_by_witnesses_are_counted_and_said_not_to_be_checked(book):
    text = book.checkpoints[0]
    witness = "— witness.example/w1 " + "A" * 92 + "\n"
    book.checkpoints[0] = text + witness
    report = verify_export(book.lines(), book.key)
    assert report.holds
    assert report.unchecked_signatures == 1
    assert report.sentence_sv.endswith("; 1 underskrift av en annan nyckel är inte kontrollerad.")
    assert report.sentence_en.endswith("; 1 signature by another key is not checked.")
    book.checkpoints[0] = text + witness * 2
    report = verify_export(book.lines(), book.key)
    assert report.sentence_sv.endswith("; 2 underskrifter av andra nycklar är inte kontrollerade.")
    assert report.sentence_en.endswith("; 2 signatures by other keys are not checked.")


# Every byte


@pytest.mark.long
def test_every_changed_byte_is_found(short_book):
    """Letters change case, which hex and base64 readers like to overlook; every byte becomes its neighbour."""
    whole = b"".join(short_book.lines())
    assert verify_export(io.BytesIO(whole), short_book.key).holds
    unfound = []
    for at in range(len(whole)):
        for flip in (0x20, 0x01) if whole[at : at + 1].isalpha() else (0x01,):
            tampered = whole[:at] + bytes([whole[at] ^ flip]) + whole[at + 1 :]
            if verify_export(io.BytesIO(tampered), short_book.key).holds:
                unfound.append((at, whole[at : at + 1], flip))
    assert unfound == []


@pytest.mark.long
def test_bytes_left_out_or_doubled_are_found(short_book):
    whole = b"".join(short_book.lines())
    for at in range(0, len(whole), 3):
        assert not verify_export(io.BytesIO(whole[:at] + whole[at + 1 :]), short_book.key).holds
        assert not verify_export(io.BytesIO(whole[: at + 1] + whole[at:]), short_book.key).holds


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_bytes_put_anywhere_are_found(book, data):
    whole = b"".join(book.lines())
    start = data.draw(st.integers(0, len(whole)), "from")
    end = data.draw(st.integers(start, min(len(whole), start + 40)), "to")
    put = data.draw(st.binary(max_size=8) | st.sampled_from([b" ", b"\n", b"\r\n", b"\\u0020", b"null", b"{}"]), "put")
    tampered = whole[:start] + put + whole[end:]
    assert verify_export(io.BytesIO(tampered), book.key).holds == (tampered == whole)


def test_shortened_exports_are_found(book):
    whole = b"".join(book.lines())
    for end in range(0, len(whole), 13):
        assert not verify_export(io.BytesIO(whole[:end]), book.key).holds
    assert not verify_export(io.BytesIO(whole + b"\n"), book.key).holds
    assert not verify_export(io.BytesIO(whole[:-1]), book.key).holds


# Each way of failing


def test_moved_missing_and_added_entries(book):
    lines = book.lines()
    missing = verify_export(lines[:4] + lines[5:], book.key)
    assert missing.problem.reason is Reason.SEQUENCE
    assert missing.sentence_sv == ("Där post 3 ska stå står post 4: en post saknas, är tillagd eller har bytt plats.")
    moved = [*lines[:4], lines[5], lines[4], *lines[6:]]
    assert reason(moved, book.key) is Reason.SEQUENCE
    assert reason([*lines[:5], *lines[4:]], book.key) is Reason.SEQUENCE
    assert reason([*lines[:-2], lines[-1]], book.key) is Reason.CHECKPOINT_SIZE


def test_a_forged_text_is_found_at_its_entry(book):
    lines = book.lines()
    lines[4] = changed(lines[4], lambda line: line["parts"]["text"].update(text="Vi lovar ingenting."))
    report = verify_export(lines, book.key)
    assert (report.problem.reason, report.problem.entry, report.problem.line) == (Reason.COMMITMENT, 3, 5)
    assert report.sentence_sv == "Texten i delen ”text” i post 3 är inte den som skrevs in."
    assert report.sentence_en == "The text of the part “text” of entry 3 is not the one that was entered."
    assert report.size == 3  # so far it held


def test_a_text_in_other_code_points_that_look_the_same_is_found(book):
    lines = book.lines()
    lines[6] = changed(lines[6], lambda line: line["parts"]["text"].update(text="Ett löfte om A\u030avägen."))
    assert reason(lines, book.key) is Reason.COMMITMENT


def test_forging_ever_deeper_is_found_ever_later(book):
    """Whoever changes a text must change its commitment, then its leaf hash, then the root, then the signature."""
    lines = book.lines()
    text = "Vi lovar ingenting."

    def forge_text(line):
        line["parts"]["text"]["text"] = text

    def forge_commitment(line):
        forge_text(line)
        line["envelope"]["parts"]["text"] = commit(line["parts"]["text"]["salt"], text)

    def forge_leaf(line):
        forge_commitment(line)
        line["leaf"] = entry_leaf_hash(line["envelope"]).hex()

    steps = [
        (forge_text, Reason.COMMITMENT),
        (forge_commitment, Reason.LEAF_HASH),
        (forge_leaf, Reason.CHECKPOINT_ROOT),
    ]
    for forge, expected in steps:
        assert reason([*lines[:4], changed(lines[4], forge), *lines[5:]], book.key) is expected
    forged = json.loads(changed(lines[4], forge_leaf))
    shown = Opened(**forged["parts"]["text"])
    book.entries[3] = ExportEntry(forged["envelope"], forged["leaf"], {"text": shown})
    true_checkpoint, true_key = book.checkpoints.pop(), book.key
    book.seed = b"another key, of whoever forges.."
    book.sign()
    assert reason(book.lines(), true_key) is Reason.CHECKPOINT_UNKNOWN_KEY
    # Only the holder of the true key gets this far; then an older checkpoint finds it.
    book.seed = type(book)().seed
    book.checkpoints.clear()
    book.sign()
    report = verify_export(book.lines(), true_key)
    assert report.holds
    assert verify_against_older(report, true_checkpoint).problem.reason is Reason.OLDER_ROOT


def entry(change):
    return lambda lines: lines.__setitem__(6, changed(lines[6], change))


def note(*edit):
    return lambda lines: lines.__setitem__(
        -1, changed(lines[-1], lambda line: line.update(checkpoint=line["checkpoint"].replace(*edit)))
    )


def header(**fields):
    return lambda lines: lines.__setitem__(0, changed(lines[0], lambda line: line | fields))


CASES = [
    (lambda lines: lines.clear(), Reason.EMPTY),
    (lambda lines: lines.__setitem__(3, lines[3][:-1]), Reason.LINE_END),
    (lambda lines: lines.__setitem__(3, b"\n"), Reason.NOT_JSON),
    (lambda lines: lines.__setitem__(3, b"\xff\n"), Reason.NOT_JSON),
    (lambda lines: lines.__setitem__(3, lines[3][:-1] + b"\r\n"), Reason.NOT_CANONICAL),
    (lambda lines: lines.__setitem__(3, b" " + lines[3]), Reason.NOT_CANONICAL),
    (lambda lines: lines.pop(0), Reason.HEADER),
    (lambda lines: lines.__setitem__(0, b"[]\n"), Reason.HEADER),
    (header(format="other"), Reason.HEADER),
    (header(v=2), Reason.HEADER),
    (header(v=True), Reason.HEADER),
    (header(note="x"), Reason.HEADER),
    (header(size="12"), Reason.HEADER),
    (header(size=True), Reason.HEADER),
    (header(size=-1), Reason.HEADER),
    (header(size=11), Reason.HEADER_SIZE),
    (header(size=13), Reason.HEADER_SIZE),
    (header(origin="other.example"), Reason.HEADER_ORIGIN),
    (header(origin=1), Reason.HEADER_ORIGIN),
    (lambda lines: lines.insert(1, lines[0]), Reason.LINE_KIND),
    (lambda lines: lines.insert(1, b"7\n"), Reason.LINE_KIND),
    (entry(lambda line: line.update(note="x")), Reason.LINE_KIND),
    (entry(lambda line: line.pop("leaf") and None), Reason.LINE_KIND),
    (entry(lambda line: line["envelope"].update(note="x")), Reason.ENVELOPE),
    (entry(lambda line: line["envelope"].update(v=True)), Reason.ENVELOPE),
    (entry(lambda line: line["envelope"].update(time="i går")), Reason.ENVELOPE),
    (entry(lambda line: line.update(envelope=[list(pair) for pair in line["envelope"].items()])), Reason.ENVELOPE),
    (entry(lambda line: line.update(envelope=None)), Reason.ENVELOPE),
    (entry(lambda line: line["envelope"].update(n=6)), Reason.SEQUENCE),
    (entry(lambda line: line["envelope"].update(kind="promise.ended")), Reason.LEAF_HASH),
    (entry(lambda line: line["envelope"]["parts"].pop("text") and None), Reason.LEAF_HASH),
    (entry(lambda line: line.update(leaf=line["leaf"].upper())), Reason.LEAF_HASH),
    (entry(lambda line: line.update(leaf=None)), Reason.LEAF_HASH),
    (entry(lambda line: line["parts"].pop("decision") and None), Reason.PARTS),
    (entry(lambda line: line["parts"].update(more={"withheld": True})), Reason.PARTS),
    (entry(lambda line: line.update(parts=[])), Reason.PARTS),
    (entry(lambda line: line["parts"].update(decision={"withheld": 1})), Reason.PART_FORM),
    (entry(lambda line: line["parts"].update(decision={"withheld": False})), Reason.PART_FORM),
    (entry(lambda line: line["parts"].update(decision={})), Reason.PART_FORM),
    (entry(lambda line: line["parts"].update(decision=None)), Reason.PART_FORM),
    (entry(lambda line: line["parts"]["text"].update(withheld=True)), Reason.PART_FORM),
    (entry(lambda line: line["parts"]["text"].update(text=1)), Reason.PART_FORM),
    (entry(lambda line: line["parts"]["text"].update(salt="00" * 32)), Reason.COMMITMENT),
    (entry(lambda line: line["parts"]["text"].update(salt=line["parts"]["text"]["salt"].upper())), Reason.COMMITMENT),
    (lambda lines: lines.pop(), Reason.NO_CHECKPOINT),
    (lambda lines: lines.insert(12, lines.pop()), Reason.CHECKPOINT_SIZE),
    (lambda lines: lines.append(lines[-1]), Reason.CHECKPOINT_ORDER),
    (lambda lines: lines.append(lines[12]), Reason.AFTER_CHECKPOINT),
    (lambda lines: lines.__setitem__(-1, b'{"checkpoint":7}\n'), Reason.CHECKPOINT_FORM),
    (note("\n\n", "\n"), Reason.CHECKPOINT_FORM),
    (note("\n12\n", "\n012\n"), Reason.CHECKPOINT_FORM),
    (note("\n12\n", "\n13\n"), Reason.CHECKPOINT_SIGNATURE),
    (note("\n\n— loftet", "\n\n— laftet"), Reason.CHECKPOINT_UNKNOWN_KEY),
]


@pytest.mark.parametrize(("tamper", "expected"), CASES)
def test_each_way_of_failing_has_its_own_reason(book, tamper, expected):
    lines = book.lines()
    tamper(lines)
    report = verify_export(lines, book.key)
    assert report.problem.reason is expected
    for sentence in (report.sentence_sv, report.sentence_en):
        assert sentence.endswith(".")
        assert "None" not in sentence
        assert "!" not in sentence
        assert "\n" not in sentence


def test_checkpoints_that_are_truly_signed_but_say_something_else(book, make_book):
    entries, checkpoint = list(book.entries), book.checkpoints[0]
    other = make_book(origin="other.example/bok")
    same_key = VerifierKey.of("other.example/bok", other.private_key.public_key())
    foreign = other.sign()
    assert reason([header_line("other.example/bok", 12), checkpoint_line(checkpoint)], same_key) is (
        Reason.CHECKPOINT_UNKNOWN_KEY
    )
    assert reason([*book.lines()[:-1], checkpoint_line(foreign)], book.key) is Reason.CHECKPOINT_UNKNOWN_KEY
    book.checkpoints.clear()
    partial = book.sign(7)
    lines = [*book.lines()[:-1], checkpoint_line(partial)]
    assert reason(lines, book.key) is Reason.UNCOVERED
    assert reason([header_line(book.origin, 12), *lines[1:-1], checkpoint_line(checkpoint), lines[-1]], book.key) is (
        Reason.CHECKPOINT_ORDER
    )
    assert book.entries == entries


def test_a_checkpoint_of_another_origin_signed_under_our_name(book):
    body = book.checkpoints[0].split("\n\n")[0].replace(book.origin, "other.example") + "\n"
    signature = base64.b64encode(book.key.key_id + book.private_key.sign(body.encode())).decode()
    lines = [*book.lines()[:-1], checkpoint_line(f"{body}\n— {book.origin} {signature}\n")]
    assert reason(lines, book.key) is Reason.CHECKPOINT_ORIGIN


def test_another_key_holds_nothing(book):
    key = VerifierKey.of(book.origin, generate_private_key().public_key())
    assert reason(book.lines(), key) is Reason.CHECKPOINT_UNKNOWN_KEY


# Older checkpoints


def test_an_older_checkpoint_is_compared(book, make_book):
    older = [make_book(entries=book.entries[:size]).sign() for size in range(13)]
    report = verify_export(book.lines(), book.key)
    for size, text in enumerate(older):
        compared = verify_against_older(report, text)
        assert compared.holds
        assert compared.older_size == size
    assert "och med den äldre kontrollpunkten för 7 poster;" in verify_against_older(report, older[7]).sentence_sv
    assert "and the older checkpoint of 1 entry;" in verify_against_older(report, older[1]).sentence_en


def test_a_register_that_was_rewritten_or_cut_by_its_own_keeper_is_found(book, make_book):
    kept = book.checkpoints[0]
    cut = make_book(entries=book.entries[:9])
    cut.sign()
    report = verify_export(cut.lines(), cut.key)
    assert report.holds
    compared = verify_against_older(report, kept)
    assert compared.problem.reason is Reason.OLDER_LARGER
    assert compared.sentence_sv == "Antalet poster är 9 i filen men 12 i den äldre kontrollpunkten, så slutet saknas."
    rewritten = make_book()
    for n in range(15):
        rewritten.add({"text": f"annat {n}"})
    rewritten.sign()
    report = verify_export(rewritten.lines(), rewritten.key)
    assert report.holds
    assert verify_against_older(report, kept).problem.reason is Reason.OLDER_ROOT


def test_an_older_checkpoint_must_itself_be_true(book, make_book):
    report = verify_export(book.lines(), book.key)
    kept = book.checkpoints[0]
    other = make_book(origin="other.example/bok", seed=b"a third key, also worth nothing.")
    cases = [
        ("", Reason.OLDER_FORM),
        (kept.replace("\n12\n", "\n11\n"), Reason.OLDER_SIGNATURE),
        (other.sign(), Reason.OLDER_UNKNOWN_KEY),
    ]
    for text, expected in cases:
        compared = verify_against_older(report, text)
        assert compared.problem.reason is expected
        assert not compared.holds
    assert verify_against_older(report, other.checkpoints[0], other.key).problem.reason is Reason.OLDER_ORIGIN


def test_an_older_checkpoint_by_the_key_before(book, make_book):
    before = make_book(entries=book.entries[:4], seed=b"the key used until last new year")
    report = verify_export(book.lines(), book.key)
    text = before.sign()
    assert verify_against_older(report, text).problem.reason is Reason.OLDER_UNKNOWN_KEY
    assert verify_against_older(report, text, before.key).holds


def test_a_failed_report_is_not_mended_by_a_comparison(book):
    report = verify_export(book.lines()[:-1], book.key)
    assert verify_against_older(report, book.checkpoints[0]) is report


# The writer


def test_lines_are_canonical_and_one_each(book):
    for line in book.lines():
        assert line.endswith(b"\n")
        assert line.count(b"\n") == 1
        assert exact_bytes(json.loads(line)) + b"\n" == line
    assert Counter(next(iter(json.loads(line))) for line in book.lines()) == {
        "format": 1,
        "envelope": 12,
        "checkpoint": 1,
    }


def test_an_envelope_changed_in_the_database_is_found_at_its_entry(book):
    stored = book.entries[7]
    book.entries[7] = dataclasses.replace(stored, envelope=stored.envelope | {"time": "2020-01-01T00:00:00Z"})
    report = verify_export(book.lines(), book.key)
    assert (report.problem.reason, report.problem.entry) == (Reason.LEAF_HASH, 7)


def test_what_could_not_be_verified_is_not_written(book):
    stored = book.entries[0]
    with pytest.raises(ValueError, match="parts"):
        entry_line(dataclasses.replace(stored, parts={}))
    with pytest.raises(ValueError, match="leaf"):
        entry_line(dataclasses.replace(stored, leaf=stored.leaf.upper()))
    with pytest.raises(ValueError, match="fields"):
        entry_line(dataclasses.replace(stored, envelope={}))
    with pytest.raises(ValueError, match="checkpoint"):
        list(export_lines(origin=book.origin, entries=book.entries, checkpoints=[]))


def test_memory_does_not_grow_with_the_texts(make_book):
    """Twenty texts of half a megabyte are read within the room of a few of them."""

    def lines():
        book = make_book()
        for _ in range(20):
            book.add({"text": "x" * 500_000})
            yield entry_line(book.entries[-1])
            book.entries[-1] = dataclasses.replace(book.entries[-1], parts={"text": None})
        book.sign()
        yield from book.lines()[-1:]

    key = make_book().key
    stream = itertools.chain([header_line(make_book().origin, 20)], lines())
    tracemalloc.start()
    try:
        assert verify_export(stream, key).opened == 20
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000
