"""`backup`, then loss of everything, then `restore`: the same public pages, and a register that verifies with the
public key that was kept elsewhere. Through the installed command and over HTTP, as an operator and a reader see it.
"""

from __future__ import annotations

import dataclasses
import io
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from loftet.ledger.keys import VerifierKey, generate_private_key, private_key_to_pem
from loftet.ledger.verification import verify_against_older, verify_export
from loftet.testing.demo import ACCOUNTS, PASSWORD

# One installation for all the tests of the file.
pytestmark = pytest.mark.processes

EXPORT, CHECKPOINT, PUBLIC_KEY = "/loftesboken/export.jsonl", "/loftesboken/kontrollpunkt", "/loftesboken/nyckel"
# The first statement that a newcomer meets is drawn anew each hour. Nothing else on the public pages follows the clock
# from one minute to the next.
DRAWN_EACH_HOUR = "/delta/"

SAYS_RESTORED = "Allt är återställt"
SAYS_KEY_IS_BACK = "Nyckeln är på plats"
SAYS_KEY_IS_AWAITED = "inget nytt skrivs under förrän nyckeln är tillbaka"
SAYS_NOTHING_IS_SHOWN = "ingen har visat att inget fattas"
SAYS_KEY_IS_MISSING = "Löftesbokens nyckel saknas"
SAYS_ONE_WAITS = "1 post väntar på nästa kontrollpunkt"
SAYS_ALL_HOLDS = "Alla {} poster stämmer"
SAYS_NOT_EMPTY = "Databasen är inte tom"
REFUSALS = {
    "kort": "avkortad",
    "utan-slut": "avkortad",
    "tom": "avkortad",
    "annat": "är ingen säkerhetskopia från Löftet",
    "andrad": "skadad",
    "gar-inte-att-packa-upp": "skadad",
    "finns-inte": "finns-inte.zip går inte att läsa",
    "annan-nyckel": "hör inte till löftesboken i säkerhetskopian",
}
TO_SIGN, SIGN, READ_IT_ALL = "Läs och skriv under", "Skriv under", "Jag har läst hela texten"


@dataclass(frozen=True)
class Kept:
    """What an operator and a reader have kept elsewhere, the day when the machine is lost with all that was on it."""

    lost: object  # the installation that was
    folder: Path
    pages: dict[str, bytes]
    hour: datetime

    @property
    def backup(self) -> Path:
        """The operator's backup."""
        return self.folder / "kopia.zip"

    @property
    def private_key(self) -> Path:
        """The operator's copy of the log key, kept apart from the backup."""
        return self.folder / "nyckel.pem"

    def files_for_reader(self) -> tuple[Path, Path]:
        """The public key and the checkpoint that a reader fetched before the loss, as files."""
        files = self.folder / "oppen-nyckel.txt", self.folder / "kontrollpunkt.txt"
        for file, address in zip(files, (PUBLIC_KEY, CHECKPOINT), strict=True):
            file.write_bytes(self.pages[address])
        return files


def this_hour() -> datetime:
    """The hour it is."""
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)


@pytest.fixture(scope="module")
def kept(shared_installation, newcomer, tmp_path_factory) -> Kept:
    """A demo that was served, read from end to end, backed up while it ran, and then lost with its whole home."""
    kept = Kept(shared_installation, tmp_path_factory.mktemp("elsewhere"), {}, this_hour())
    kept.pages.update(read_all(newcomer(shared_installation)))
    shared_installation.command("backup", str(kept.backup))
    shared_installation.command("key", "export", str(kept.private_key))
    shared_installation.stop()
    shutil.rmtree(shared_installation.home)
    return kept


@pytest.fixture
def new_machine(kept, tmp_path) -> Callable:
    """A new machine under the same address, with nothing on it."""
    machine = dataclasses.replace(kept.lost, home=tmp_path / "home", server=None)
    yield machine
    machine.stop()


def read_all(visitor) -> dict[str, bytes]:
    """Every public page and file, byte for byte. All that is linked must answer."""
    answers = visitor.public_pages()
    silent = [f"{address}: {answer.status}" for address, answer in answers.items() if answer.status != 200]
    assert not silent, "These addresses are linked and do not answer:\n" + "\n".join(silent)
    assert len(answers) > 350, "The whole site was to be read."
    return {address: answer.body for address, answer in answers.items()}


def both_sign_the_waiting_picture(machine, newcomer) -> None:
    """The chair and the chief sign what the demo has left for them."""
    for who in ("chair", "chief"):
        email = next(account.email for account in ACCOUNTS if account.key == who)
        desk = newcomer(machine).sign_in(email, PASSWORD).get("/skrivbord/").page
        page = desk.link(TO_SIGN).follow().page
        form = page.form(SIGN)
        box = next(label for label in form.labels if label.startswith(READ_IT_ALL))
        said = form.tick(box).submit(SIGN)
        assert said.status == 200, said.page.text


def refusal(done) -> str:
    """The one sentence with which a command said no."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    sentence = done.stderr.strip().splitlines()[-1]
    assert sentence.endswith(".")
    return sentence


def all_rows(home: Path) -> list[str]:
    """Everything in the database, as text."""
    with closing(sqlite3.connect(f"file:{home / 'loftet.sqlite3'}?mode=ro", uri=True)) as database:
        return list(database.iterdump())


def counted(home: Path, *tables: str) -> list[int] | None:
    """How many rows each table holds; None when there is no database."""
    if not (home / "loftet.sqlite3").exists():
        return None
    with closing(sqlite3.connect(f"file:{home / 'loftet.sqlite3'}?mode=ro", uri=True)) as database:
        return [database.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in tables]


def test_the_same_public_pages_and_a_register_that_goes_on(kept, new_machine, newcomer, tmp_path):
    public_key, old_checkpoint = kept.files_for_reader()
    said = new_machine.command("restore", str(kept.backup), "--key", str(kept.private_key)).stdout
    assert SAYS_RESTORED in said
    assert SAYS_KEY_IS_BACK in said
    pages = read_all(newcomer(new_machine.start()))

    assert pages.keys() == kept.pages.keys()
    drawn_anew = {a for a in pages if a.endswith(DRAWN_EACH_HOUR) and this_hour() != kept.hour}
    assert [a for a in pages if pages[a] != kept.pages[a] and a not in drawn_anew] == []
    export = tmp_path / "bok.jsonl"
    export.write_bytes(pages[EXPORT])
    n = len(pages[EXPORT].splitlines()) - 2  # a header, the entries, a checkpoint
    told = new_machine.command("verify", str(export), "--public-key", str(public_key)).stdout
    assert SAYS_ALL_HOLDS.format(n) in told

    both_sign_the_waiting_picture(new_machine, newcomer)
    waiting = new_machine.command("tick", check=False)
    assert waiting.returncode == 1
    assert SAYS_NOTHING_IS_SHOWN in said
    assert SAYS_NOTHING_IS_SHOWN in waiting.stdout + waiting.stderr
    new_machine.command("register", "resume", str(old_checkpoint))  # the one that a reader has kept
    new_machine.command("tick")
    later = newcomer(new_machine).get(EXPORT).body
    key = VerifierKey.parse(public_key.read_text().strip())
    report = verify_against_older(verify_export(later.splitlines(keepends=True), key), old_checkpoint.read_text())
    assert report.holds, report.sentence_en
    assert (report.older_size, report.size) == (n, n + 1)
    forgotten = later.replace(b'"dialogue.opened"', b'"dialogue.0pened"', 1)
    assert not verify_export(forgotten.splitlines(keepends=True), key).holds


def test_without_the_key_all_can_be_read_and_signing_waits_and_says_so(kept, new_machine, newcomer):
    public_key, old_checkpoint = kept.files_for_reader()
    assert SAYS_KEY_IS_AWAITED in new_machine.command("restore", str(kept.backup)).stdout
    visitor = newcomer(new_machine.start())
    for address in (EXPORT, CHECKPOINT, PUBLIC_KEY, "/loftesboken/", "/exempelby/"):
        assert visitor.get(address).body == kept.pages[address], address
    both_sign_the_waiting_picture(new_machine, newcomer)

    waiting = new_machine.command("tick", check=False)
    assert waiting.returncode == 1
    assert SAYS_KEY_IS_MISSING in waiting.stdout + waiting.stderr
    assert visitor.get(CHECKPOINT).body == kept.pages[CHECKPOINT]
    assert SAYS_ONE_WAITS in new_machine.command("verify", "--public-key", str(public_key)).stdout

    new_machine.command("key", "import", str(kept.private_key))
    new_machine.command("register", "resume", str(old_checkpoint))
    new_machine.command("tick")
    assert visitor.get(CHECKPOINT).body != kept.pages[CHECKPOINT]
    new_machine.command("verify", "--public-key", str(public_key), "--checkpoint", str(old_checkpoint))


def damaged(backup: bytes) -> dict[str, bytes]:
    """Files that were meant to be backups, by what has happened to them."""
    middle = len(backup) // 2
    with zipfile.ZipFile(io.BytesIO(backup)) as archive:
        largest = max(archive.infolist(), key=lambda part: part.compress_size)
    packed = largest.header_offset + 30 + len(largest.filename.encode()) + len(largest.extra)
    return {
        "kort": backup[:middle],
        "utan-slut": backup[:-20],
        "tom": b"",
        "annat": b"SQLite format 3\0" + bytes(4096),
        "andrad": backup[:middle] + bytes([backup[middle] ^ 1]) + backup[middle + 1 :],
        "gar-inte-att-packa-upp": backup[:packed] + b"\xff" * 8 + backup[packed + 8 :],
    }


def test_what_is_no_whole_backup_is_refused_in_a_sentence_and_leaves_nothing(kept, new_machine, tmp_path):
    other_key = tmp_path / "annan.pem"
    other_key.write_bytes(private_key_to_pem(generate_private_key()))
    attempts = {name: (tmp_path / f"{name}.zip", kept.private_key) for name in damaged(kept.backup.read_bytes())}
    for name, data in damaged(kept.backup.read_bytes()).items():
        attempts[name][0].write_bytes(data)
    attempts |= {
        "finns-inte": (tmp_path / "finns-inte.zip", kept.private_key),
        "annan-nyckel": (kept.backup, other_key),
    }
    said = {
        name: refusal(new_machine.command("restore", str(file), "--key", str(key), check=False))
        for name, (file, key) in attempts.items()
    }
    for name, words in REFUSALS.items():
        assert words in said[name], name
    assert said.keys() == REFUSALS.keys()
    assert not (new_machine.home / "keys" / "log.key").exists()
    assert counted(new_machine.home, "people_person", "register_entry", "places_municipality") in (None, [0, 0, 0])
    assert list(new_machine.home.glob("files/**/*")) == []

    whole = new_machine.command("restore", str(kept.backup), "--key", str(kept.private_key)).stdout
    assert SAYS_RESTORED in whole
    keys = {file.name: file.read_bytes() for file in (new_machine.home / "keys").iterdir()}
    before = all_rows(new_machine.home)
    assert SAYS_NOT_EMPTY in refusal(new_machine.command("restore", str(kept.backup), check=False))
    assert all_rows(new_machine.home) == before
    assert {file.name: file.read_bytes() for file in (new_machine.home / "keys").iterdir()} == keys
