"""`loftet witness` and what the witnessed register does with it: split views, rewritten and shortened registers."""

from __future__ import annotations

import fcntl
import shutil

import pytest

from loftet.domain.register import actions, keys, queries
from loftet.domain.register.models import Cosignature, Witness
from loftet.ledger.checkpoints import MAX_SIGNATURES, parse_checkpoint, signature_line
from loftet.ledger.cosignatures import WitnessKey
from loftet.ledger.export import checkpoint_line

ARCHIVE = "arkivet.example/vittne"


@pytest.fixture
def export(fresh_database, home, tmp_path):
    """Writes the register as it stands to a file, after entering some texts."""
    keys.create_log_key()
    (home / "keys/log.pub")

    def write(*texts: str):
        for text in texts:
            actions.append(kind="report", subject="abcdefghjkm1", parts={"report": text})
        actions.sign_checkpoint()
        path = tmp_path / f"bok-{queries.size()}.jsonl"
        path.write_bytes(b"".join(queries.export_lines()))
        return path

    return write


@pytest.fixture
def archive(tmp_path, monkeypatch, loftet, home):
    """Runs `loftet witness` with a home of the archive's own."""
    there = tmp_path / "arkivet"

    def witness(*arguments):
        with monkeypatch.context() as patch:
            patch.setenv("LOFTET_HOME", str(there))
            return loftet("witness", *arguments)

    witness.home = there
    witness.key = there / "keys/witness.pub"
    return witness


def first(archive, path, tmp_path):
    said = archive(path, "--public-key", keys.public_key().vkey, "--name", ARCHIVE, "--output", tmp_path / "sett.txt")
    assert said.code == 0, said.err
    return said


def test_a_register_is_witnessed_and_says_so(export, archive, loftet, tmp_path):
    said = first(archive, export("ett", "två"), tmp_path)
    assert "Alla 2 poster stämmer" in said.out
    assert "Bevittnat: 2 poster." in said.out
    key = archive.key.read_text().strip()
    assert key in said.out
    assert oct((archive.home / "keys/witness.key").stat().st_mode)[-3:] == "600"

    assert "ingen ny rad" in loftet("register", "witnessed", tmp_path / "sett.txt").err
    assert loftet("register", "witness-add", key).out == f"{ARCHIVE} är nu vittne.\n"
    assert "har bevittnat 2 poster" in loftet("register", "witnessed", tmp_path / "sett.txt").out
    assert "ingen ny rad" in loftet("register", "witnessed", tmp_path / "sett.txt").err
    later = export("tre")
    told = loftet("verify", later, "--public-key", keys.public_key().vkey, "--witness", key)
    assert (told.code, f"vittnet {ARCHIVE} har sett de 2 första posterna" in told.out) == (0, True)
    assert loftet("verify", later, "--public-key", keys.public_key().vkey, "--witness", archive.key).code == 0
    assert f"vittnet {ARCHIVE}" in loftet("verify").out


def test_the_next_time_the_witness_knows_the_key_and_what_it_saw(export, archive, tmp_path):
    first(archive, export("ett", "två"), tmp_path)
    said = archive(export("tre"))
    assert (said.code, "Bevittnat: 3 poster." in said.out) == (0, True)
    assert "och med den äldre kontrollpunkten för 2 poster" in said.out
    assert archive(export()).code == 0  # nothing new is no fault


def test_a_witness_follows_a_change_of_key(export, archive, tmp_path):
    first(archive, export("ett"), tmp_path)
    actions.change_key(reason="Ny server.")
    said = archive(export("två"))
    assert (said.code, "Bevittnat: 3 poster." in said.out) == (0, True)


def test_a_register_rewritten_with_the_same_key_is_not_witnessed(export, archive, fresh_database, home, tmp_path):
    first(archive, export("ett", "två"), tmp_path)
    before = (archive.home / "witness").rglob("checkpoint")
    kept = {path: path.read_text() for path in before}
    fresh_database()
    (home / "keys/log.checkpoint").unlink()
    said = archive(export("ett", "något annat", "tre"))
    assert said.code == 1
    assert "Löftesboken är omskriven" in said.out
    assert "Inget är bevittnat" in said.out
    assert {path: path.read_text() for path in kept} == kept


def test_a_register_cut_short_is_not_witnessed(export, archive, tmp_path):
    short = export("ett")
    shutil.copy(short, tmp_path / "kort.jsonl")
    first(archive, export("två"), tmp_path)
    said = archive(tmp_path / "kort.jsonl")
    assert (said.code, "så slutet saknas" in said.out) == (1, True)


def test_a_split_view_is_found_by_who_asks_for_the_witness(export, archive, loftet, fresh_database, home, tmp_path):
    """The witness was shown one register, the reader is shown another with the same key."""
    first(archive, export("ett", "två"), tmp_path)
    fresh_database()
    (home / "keys/log.checkpoint").unlink()
    other = export("ett", "något annat")
    public = keys.public_key().vkey
    assert loftet("verify", other, "--public-key", public).code == 0
    told = loftet("verify", other, "--public-key", public, "--witness", archive.key)
    assert (told.code, "har inte skrivit under någon kontrollpunkt" in told.out) == (1, True)
    actions.add_witness(key=archive.key.read_text())
    refused = loftet("register", "witnessed", tmp_path / "sett.txt")
    assert (refused.code, "ingen av den här löftesbokens" in refused.err) == (1, True)
    assert not Cosignature.objects.exists()


def test_a_line_that_is_changed_is_refused(export, archive, loftet, tmp_path):
    first(archive, export("ett"), tmp_path)
    actions.add_witness(key=archive.key.read_text())
    seen = tmp_path / "sett.txt"
    text = seen.read_text()
    place = text.rindex(" ") + 40
    seen.write_text(text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :])
    refused = loftet("register", "witnessed", seen)
    assert (refused.code, "falsk eller ändrad" in refused.err) == (1, True)
    assert not Cosignature.objects.exists()


def test_a_witness_that_has_ended_is_not_heard_but_what_it_signed_stays(export, archive, loftet, tmp_path):
    first(archive, export("ett"), tmp_path)
    actions.add_witness(key=archive.key.read_text())
    assert loftet("register", "witnessed", tmp_path / "sett.txt").code == 0
    assert loftet("register", "witness-end", ARCHIVE).code == 0
    archive(export("två"), "--output", tmp_path / "mer.txt")
    assert loftet("register", "witnessed", tmp_path / "mer.txt").code == 1
    assert [row.checkpoint.size for row in queries.witnessed()] == [1]
    assert loftet("register", "witness-add", archive.key.read_text()).code == 0
    assert loftet("register", "witnessed", tmp_path / "mer.txt").code == 0
    assert Witness.objects.get().ended_at is None


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (("register", "witness-add", "inte+en+nyckel"), "ingen nyckel till ett vittne"),
        (("register", "witness-end", "ingen.example"), "inte vittne här"),
        (("register", "witnessed", "finns-inte.txt"), "går inte att läsa"),
        (("verify", "--witness", "inte+en+nyckel"), "ingen nyckel till ett vittne"),
    ],
)
def test_what_cannot_be_is_said(export, loftet, command, sentence):
    export("ett")
    said = loftet(*command)
    assert (said.code, sentence in said.err) == (1, True), said


def test_the_first_time_a_name_and_a_key_are_asked_for(export, archive):
    book = export("ett")
    assert "--name" in archive(book).err
    assert "kan inte vara ett namn" in archive(book, "--name", "med blanksteg").err
    assert "--public-key" in archive(book, "--name", ARCHIVE).err
    assert WitnessKey.parse(archive.key.read_text().strip()).name == ARCHIVE
    assert "heter redan" in archive(book, "--name", "en.annan").err


def test_only_one_at_a_time_compares_and_signs(export, archive, tmp_path):
    """Two at once could both compare with what was seen before, and then sign two registers that contradict."""
    first(archive, export("ett"), tmp_path)
    book = export("två")
    with (archive.home / "witness/lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = archive(book)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith("Vittnet läser redan en löftesbok. Inget är bevittnat.")
    assert archive(book).code == 0


@pytest.mark.parametrize(("lines", "code"), [(MAX_SIGNATURES - 1, 0), (MAX_SIGNATURES, 1)])
def test_a_checkpoint_without_room_is_refused_and_the_witness_goes_on(export, archive, tmp_path, lines, code):
    """A register that fills its checkpoint with lines cannot make the witness keep what it could not read."""
    first(archive, export("ett"), tmp_path)
    book = export("två")
    note = queries.latest_checkpoint().note
    filled = note + signature_line("annan.example", b"abcd", b"x" * 64) * (lines - 1)
    full = tmp_path / "full.jsonl"
    full.write_bytes(b"".join([*book.read_bytes().splitlines(keepends=True)[:-1], checkpoint_line(filled)]))
    said = archive(full)
    assert (said.code, "ingen mer får plats" in said.err) == (code, code == 1)
    assert archive(book).code == 0


def test_a_register_that_shows_the_witness_its_own_line_gets_one_in_its_place(export, archive, tmp_path):
    first(archive, export("ett"), tmp_path)
    actions.add_witness(key=archive.key.read_text())
    actions.take_cosignatures(text=(tmp_path / "sett.txt").read_text())
    assert archive(export(), "--output", tmp_path / "igen.txt").code == 0
    again = parse_checkpoint((tmp_path / "igen.txt").read_text())
    assert [line.name for line in again.signatures] == [keys.public_key().name, ARCHIVE]


def test_a_witness_whose_key_was_half_made_goes_on_with_it(export, archive, tmp_path):
    book = export("ett")
    first(archive, book, tmp_path)
    public = archive.key.read_text()
    archive.key.unlink()
    assert archive(book).code == 1
    assert archive(book, "--name", ARCHIVE).code == 0
    assert archive.key.read_text() == public


def test_keys_that_do_not_belong_together_sign_nothing(export, archive, tmp_path):
    book = export("ett")
    first(archive, book, tmp_path)
    private = archive.home / "keys/witness.key"
    private.write_bytes(keys.log_key_path().read_bytes())
    said = archive(book)
    assert (said.code, "hör inte ihop" in said.err) == (1, True)
