"""The log key in and out, and checking registers with nothing but the public key."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest
from django.db import connection

from loftet.domain.base import protection
from loftet.domain.register import actions, keys, queries
from loftet.ledger.keys import VerifierKey, generate_private_key, private_key_to_pem

AT = datetime.datetime(2026, 3, 1, 11, 30, tzinfo=datetime.UTC)


@pytest.fixture
def register(fresh_database, home):
    """A register with two signed checkpoints and an entry that waits for the third."""
    keys.create_log_key()
    for number in range(5):
        actions.append(kind="dialogue.opened", subject=f"abcdefghjkm{number}", parts={"text": f"ord {number}"}, at=AT)
        if number in (1, 3):
            actions.sign_checkpoint(at=AT)


def change(statement: str, *values) -> None:
    """Do what an owner of the database can do: take the guards away and change a row."""
    with connection.cursor() as cursor:
        for model in protection.protected_models():
            table = model._meta.db_table
            for name in protection.expected_names(table, connection.vendor):
                on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER "{name}"{on}')
        cursor.execute(statement, values)
    protection.install()


# --- The key -------------------------------------------------------------------------------------------------------
def test_the_key_is_copied_for_its_owner_alone_and_never_over_a_file(home, tmp_path, loftet):
    keys.create_log_key()
    copy = tmp_path / "nyckel.pem"
    assert loftet("key", "export", copy).code == 0
    assert copy.read_bytes() == keys.log_key_path().read_bytes()
    assert oct(copy.stat().st_mode)[-3:] == "600"
    said = loftet("key", "export", copy)
    assert (said.code, said.err) == (1, f"{copy} finns redan och skrivs inte över. Välj ett annat namn.\n")


def test_without_a_key_there_is_nothing_to_copy(home, tmp_path, loftet):
    said = loftet("key", "export", tmp_path / "nyckel.pem")
    assert said.code == 1
    assert said.err.startswith("Löftesbokens nyckel saknas.")
    assert not (tmp_path / "nyckel.pem").exists()


def test_the_key_comes_back_and_no_other_does(home, tmp_path, loftet):
    keys.create_log_key()
    copy, other = tmp_path / "nyckel.pem", tmp_path / "annan.pem"
    loftet("key", "export", copy)
    other.write_bytes(private_key_to_pem(generate_private_key()))
    keys.log_key_path().unlink()

    said = loftet("key", "import", other)
    assert (said.code, said.err) == (1, "Nyckeln hör till en annan löftesbok än den som finns här. Inget är ändrat.\n")
    assert not keys.log_key_path().exists()
    assert loftet("key", "import", copy).code == 0
    assert oct(keys.log_key_path().stat().st_mode)[-3:] == "600"
    assert loftet("key", "import", copy).out == "Nyckeln finns redan på plats.\n"


def test_a_key_alone_brings_its_public_half(home, tmp_path, loftet):
    key = generate_private_key()
    (tmp_path / "nyckel.pem").write_bytes(private_key_to_pem(key))
    assert loftet("key", "import", tmp_path / "nyckel.pem").code == 0
    assert keys.public_key() == VerifierKey.of("loftet.local/loftesboken", key.public_key())


@pytest.mark.parametrize("content", [b"", b"hej", b"\xff\xfe", b"-----BEGIN PRIVATE KEY-----\nAAAA\n"])
def test_a_file_that_is_no_key_is_refused(content, home, tmp_path, loftet):
    (tmp_path / "nyckel.pem").write_bytes(content)
    said = loftet("key", "import", tmp_path / "nyckel.pem")
    assert (said.code, said.out) == (1, "")
    assert said.err.endswith("är ingen nyckel till löftesboken. Inget är ändrat.\n")


# --- The register of the installation ------------------------------------------------------------------------------
def test_a_register_that_holds(register, loftet):
    said = loftet("verify")
    assert said.code == 0
    assert "Alla 4 poster stämmer" in said.out
    assert "1 post väntar på nästa kontrollpunkt och stämmer i sig." in said.out


def test_an_empty_register_holds(fresh_database, home, loftet):
    keys.create_log_key()
    said = loftet("verify")
    assert (said.code, said.out) == (0, "Löftesboken är tom.\n")


@pytest.mark.long
@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE register_content SET text = 'annat' WHERE text = 'ord 0'", "Post 0 är ändrad i databasen: texten"),
        ("UPDATE register_content SET text = 'annat' WHERE text = 'ord 4'", "Post 4 är ändrad i databasen: texten"),
        (
            "UPDATE register_entry SET kind = 'promise.in_force' WHERE number = 1",
            "Post 1 är ändrad i databasen: slaget",
        ),
        ("UPDATE register_entry SET subject = 'zzzzzzzzzzzz' WHERE number = 4", "Post 4 är ändrad i databasen: slaget"),
        ("UPDATE register_entry SET leaf_hash = repeat_a WHERE number = 2", "Post 2 är ändrad i databasen: fingerav"),
        ("UPDATE register_entry SET envelope = '{}' WHERE number = 2", "Post 2 är ändrad i databasen: kuvertet går"),
        ("DELETE FROM register_checkpoint WHERE size = 4", ""),
        ("UPDATE register_checkpoint SET note = 'x' WHERE size = 2", "Kontrollpunkten på rad "),
        ("DELETE_ENTRY 2", "Post 2 är ändrad i databasen: löpnumret stämmer inte"),
        ("DELETE_ENTRY 3", "Post 3 är ändrad i databasen: löpnumret stämmer inte"),
        ("UPDATE register_node SET hash = repeat_a WHERE level = 2", "Noden 2/0 i löftesbokens träd är ändrad"),
        ("DELETE FROM register_node WHERE level = 1 AND position = 1", "Noden 1/1 i löftesbokens träd är ändrad"),
        ("UPDATE register_node SET level = 1, position = 2 WHERE level = 2", "Noden 1/2 i löftesbokens träd är ändrad"),
    ],
)
def test_what_an_owner_of_the_database_changes_is_found(statement, sentence, register, loftet):
    statement = statement.replace("repeat_a", f"'{'a' * 64}'")
    if statement.startswith("DELETE_ENTRY"):
        number = statement.split()[1]
        ids = f"SELECT id FROM register_entry WHERE number = {number}"
        change(f"DELETE FROM register_content WHERE entry_id IN ({ids})")
        statement = f"DELETE FROM register_entry WHERE number = {number}"
    change(statement)
    said = loftet("verify")
    if not sentence:  # a checkpoint less: what is left holds, and more entries wait
        assert said.code == 0
        assert "Alla 2 poster stämmer" in said.out
        assert "3 poster väntar på nästa kontrollpunkt" in said.out
        return
    assert said.code == 1
    assert sentence in said.out


def test_missing_guards_are_found(register, loftet):
    table = "register_entry"
    name = protection.expected_names(table, connection.vendor)[0]
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"{on}')
    said = loftet("verify")
    assert said.code == 1
    assert f"1 spärr mot ändring saknas i databasen ({name})" in said.out


# --- An export, offline --------------------------------------------------------------------------------------------
@pytest.fixture
def export(register, tmp_path):
    """A register that was exported twice: the first export's checkpoint, and the newest export with its key."""
    actions.sign_checkpoint(at=AT)
    (tmp_path / "bok.jsonl").write_bytes(b"".join(queries.export_lines()))
    (tmp_path / "nyckel.txt").write_text(queries.public_key_text() + "\n")
    from loftet.domain.register.models import Checkpoint

    (tmp_path / "äldre.txt").write_text(Checkpoint.objects.get(size=2).note)
    return tmp_path


def offline(folder, *arguments: str, environment) -> subprocess.CompletedProcess:
    """Run verify in a process of its own that fails if it as much as looks at Django."""
    script = (
        "import sys\nsys.modules['django'] = None\nfrom loftet.commands.main import main\nsys.exit(main(sys.argv[1:]))"
    )
    return subprocess.run(
        [sys.executable, "-c", script, "verify", *arguments],
        cwd=folder,
        env={**environment, "LANG": "sv_SE.UTF-8", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
    )


@pytest.mark.processes
def test_an_export_is_checked_with_the_file_and_the_key_alone(export, plain_environment):
    done = offline(export, "bok.jsonl", "--public-key", "nyckel.txt", environment=plain_environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Alla 5 poster stämmer med kontrollpunkten")
    assert not (export / "var").exists(), "Checking a file must not make an installation."


@pytest.mark.processes
def test_an_export_that_was_changed_is_refused(export, plain_environment):
    (export / "bok.jsonl").write_bytes((export / "bok.jsonl").read_bytes().replace(b"ord 3", b"ord 9"))
    done = offline(export, "bok.jsonl", "--public-key", "nyckel.txt", environment=plain_environment)
    assert done.returncode == 1
    assert "i post 3 är inte den som skrevs in" in done.stdout


@pytest.mark.processes
def test_an_older_checkpoint_is_compared_with(export, plain_environment):
    arguments = ("bok.jsonl", "--public-key", "nyckel.txt", "--checkpoint", "äldre.txt")
    done = offline(export, *arguments, environment=plain_environment)
    assert done.returncode == 0
    assert "äldre kontrollpunkten för 2 poster" in done.stdout
    (export / "äldre.txt").write_text("inte en kontrollpunkt")
    assert offline(export, *arguments, environment=plain_environment).returncode == 1


def test_the_own_register_is_compared_with_an_older_checkpoint(export, loftet):
    assert loftet("verify", "--checkpoint", export / "äldre.txt").code == 0


@pytest.mark.processes
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("finns-inte.jsonl", "--public-key", "nyckel.txt"), "finns-inte.jsonl går inte att läsa: No such file"),
        (("bok.jsonl", "--public-key", "finns-inte.txt"), "finns-inte.txt går inte att läsa: No such file"),
        (("bok.jsonl", "--public-key", "bok.jsonl"), "bok.jsonl är ingen öppen nyckel. Den ska vara en rad"),
    ],
)
def test_a_missing_or_wrong_file_is_told(arguments, sentence, export, plain_environment):
    done = offline(export, *arguments, environment=plain_environment)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)


def test_a_key_is_changed_openly_and_either_checks_the_register(fresh_database, home, loftet, tmp_path):
    keys.create_log_key()
    before = keys.public_key().vkey
    actions.append(kind="report", subject="abcdefghjkm1", parts={"report": "ord"})
    actions.sign_checkpoint()
    done = loftet("key", "rotate", "--reason", "Servern är utbytt.")
    assert done.code == 0, done.err
    assert "bytt nyckel i post 1" in done.out
    assert keys.public_key().vkey in done.out
    export = tmp_path / "bok.jsonl"
    export.write_bytes(b"".join(queries.export_lines()))
    told = loftet("verify", export, "--public-key", before)
    assert told.code == 0
    assert "nyckeln är bytt i post 1" in told.out
    assert f"den som gäller nu är {keys.public_key().vkey}" in told.out
    assert loftet("verify").code == 0
    assert (loftet("key", "rotate", "--reason", " ").code, keys.next_key_path().exists()) == (1, False)
