"""Backup, loss of everything, restore: the same rows in every table, whatever tables there are."""

from __future__ import annotations

import datetime
import decimal
import json
import os
import uuid
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from loftet.commands.backup import manifest, tables, writing
from loftet.domain.register import actions, keys
from loftet.ledger.cosignatures import WitnessKey, cosign
from loftet.ledger.keys import generate_private_key

AT = datetime.datetime(2026, 3, 1, 11, 30, 15, 123456, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 2, 28)


# --- What is in a backup -------------------------------------------------------------------------------------------
def test_every_table_is_in_a_backup_or_left_out_on_purpose():
    every = {m._meta.label for m in apps.get_models(include_auto_created=True) if not m._meta.proxy}
    assert every == {m._meta.label for m in tables.included()} | (tables.LEFT_OUT & every)


def test_nothing_that_is_backed_up_points_at_what_is_left_out():
    kept = tables.included()
    pointed_at = {f.related_model for m in kept for f in m._meta.local_concrete_fields if f.is_relation}
    # Permissions of roles are Django's own and unused: staff get theirs from memberships.
    assert pointed_at - set(kept) == {apps.get_model("auth.Permission")}
    assert all(m._meta.label == "auth.Group_permissions" for m in kept if _points_at_left_out(m, kept))


def _points_at_left_out(model, kept) -> bool:
    return any(f.is_relation and f.related_model not in kept for f in model._meta.local_concrete_fields)


def test_every_field_can_be_written_and_read_back():
    for model in tables.included():
        for field in tables.columns(model):
            for value in (None, example(field, 1)):
                written = json.loads(json.dumps(tables._out(field, value)))
                assert tables._in(field, written) == value, field


def example(field: models.Field, number: int):
    """A value that the field can hold, with every part of it in use; different for different numbers."""
    if field.is_relation:
        return example(field.target_field, number)
    if field.choices:
        return field.choices[number % len(field.choices)][0]
    text = f"å{number} ”é”\n\t\x7f🐑"
    return {
        "BinaryField": lambda: bytes([0, 255, number]),
        "BooleanField": lambda: bool(number % 2),
        "CharField": lambda: text[: field.max_length],
        "DateField": lambda: DAY + datetime.timedelta(days=number),
        "DateTimeField": lambda: AT + datetime.timedelta(microseconds=number),
        "DecimalField": lambda: decimal.Decimal(number) + decimal.Decimal(1).scaleb(-field.decimal_places),
        "DurationField": lambda: datetime.timedelta(days=number, microseconds=7),
        "FloatField": lambda: 0.1 + number,
        "JSONField": lambda: {"å": [number, 0.1, None, True, "”"], "a": {"10": 1}},
        "TimeField": lambda: datetime.time(23, 59, 59, number),
        "UUIDField": lambda: uuid.UUID(int=number),
        "TextField": lambda: text,
    }.get(_kind(field), lambda: number)()


def _kind(field: models.Field) -> str:
    own = field.get_internal_type()
    return "CharField" if own in ("EmailField", "SlugField") else own


# --- The round trip ------------------------------------------------------------------------------------------------
@pytest.fixture
def full(fresh_database, home, files) -> Path:
    """An installation with rows in every table, a register with a signed checkpoint and uploaded files."""
    keys.create_log_key()
    for number in range(3):
        actions.append(kind="dialogue.opened", subject=f"abcdefghjkm{number}", parts={"text": f"ord {number}"}, at=AT)
    witnessed(actions.sign_checkpoint(at=AT).note)
    actions.append(kind="dialogue.closed", subject="abcdefghjkm1", parts={}, at=AT)
    overlook_checks()
    made_up = [m for m in tables.included() if m._meta.app_label != "register"]
    with transaction.atomic():
        for model in made_up:
            _fill(model)
    folder = files()
    (folder / "2026/underlag").mkdir(parents=True)
    (folder / "2026/underlag/å.txt").write_bytes(b"\x00\xff" * 700_000)
    (folder / "tom.txt").write_bytes(b"")
    return folder


def witnessed(note: str) -> None:
    """Let a witness sign a checkpoint of the register."""
    name, private = "arkivet.example/vittne", generate_private_key()
    actions.add_witness(key=WitnessKey.of(name, private.public_key()).vkey, at=AT)
    assert actions.take_cosignatures(text=cosign(note, name=name, private_key=private, at=AT))


def overlook_checks() -> None:
    """Let the test's own database take made-up rows, whose fields do not agree with each other."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints=ON")
            return
        cursor.execute(
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint "
            "WHERE contype = 'c' AND conrelid <> 0"
        )
        for (statement,) in cursor.fetchall():
            cursor.execute(statement)


def _fill(model: type[models.Model]) -> None:
    fields = tables.columns(model)
    rows = []
    for number in (1, 2):
        values = [
            None if number == 2 and field.null and not field.primary_key else example(field, number) for field in fields
        ]
        rows.append(json.dumps([tables._out(f, v) for f, v in zip(fields, values, strict=True)]).encode())
    tables.insert(model, [field.attname for field in fields], iter(rows))


def everything() -> dict[str, list[bytes]]:
    """Every row of every table, as a backup writes it."""
    return {model._meta.label: list(tables.lines(model)) for model in tables.included()}


def test_all_is_as_it_was_after_losing_everything(full, fresh_database, files, home, tmp_path, loftet):
    before = everything()
    assert all(before.values()), "Some table is empty."
    key, copy = tmp_path / "nyckel.pem", tmp_path / "kopia.zip"
    assert loftet("key", "export", key).code == 0
    assert loftet("backup", copy).code == 0

    fresh_database()
    overlook_checks()
    restored_to = files()
    keys.log_key_path().unlink()
    keys.public_key_path().unlink()
    keys.create_log_key()  # as a new installation does
    assert not any(lines for lines in everything().values() if lines)
    said = loftet("restore", copy, "--key", key)
    assert said.code == 0, said.err

    assert everything() == before
    assert (restored_to / "2026/underlag/å.txt").read_bytes() == b"\x00\xff" * 700_000
    assert (restored_to / "tom.txt").read_bytes() == b""
    assert "Alla 3 poster stämmer" in said.out
    assert "1 post väntar på nästa kontrollpunkt och stämmer i sig." in said.out
    assert "ligger nu åt sidan: log.key.unused-" in said.out
    assert "Nyckeln är på plats" in said.out
    assert loftet("verify").code == 0
    assert actions.sign_checkpoint(at=AT).size == 4


def test_without_the_key_the_register_verifies_and_signing_waits(full, fresh_database, files, home, tmp_path, loftet):
    key, copy = tmp_path / "nyckel.pem", tmp_path / "kopia.zip"
    loftet("key", "export", key)
    loftet("backup", copy)
    fresh_database()
    overlook_checks()
    files()
    for path in (keys.log_key_path(), keys.public_key_path()):
        path.unlink()

    said = loftet("restore", copy)
    assert said.code == 0, said.err
    assert "inget nytt skrivs under förrän nyckeln är tillbaka" in said.out
    assert loftet("verify").code == 0
    assert not keys.create_log_key(), "A new key would end the register."
    with pytest.raises(keys.LogKeyMissing):
        actions.sign_checkpoint(at=AT)
    assert loftet("key", "import", key).code == 0
    assert actions.sign_checkpoint(at=AT).size == 4


def test_a_backup_holds_no_secrets_and_is_for_its_owner_alone(full, home, tmp_path, loftet):
    (home / "keys/secret.key").write_text("mycket-hemligt-som-ingen-ska-se")
    assert loftet("backup", tmp_path / "kopia.zip").code == 0
    assert oct((tmp_path / "kopia.zip").stat().st_mode)[-3:] == "600"
    private = keys.log_key_path().read_text().splitlines()[1]
    with zipfile.ZipFile(tmp_path / "kopia.zip") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, data in held.items() if private.encode() in data or b"mycket-hemligt" in data]
    assert not [name for name in held if "session" in name.lower()]
    contents = manifest.Manifest.from_json(held["manifest.json"])
    assert contents.public_key == keys.public_key().vkey
    assert {t.label: t.rows for t in contents.tables} == {label: len(rows) for label, rows in everything().items()}


# --- Writing -------------------------------------------------------------------------------------------------------
def test_a_file_that_is_there_is_not_overwritten(fresh_database, home, files, tmp_path, loftet):
    files()
    keys.create_log_key()
    target = tmp_path / "kopia.zip"
    target.write_text("viktigt")
    said = loftet("backup", target)
    assert (said.code, said.err.splitlines()[-1]) == (
        1,
        f"{target} finns redan och skrivs inte över. Välj ett annat namn.",
    )
    assert target.read_text() == "viktigt"


def test_a_folder_gets_a_file_with_the_date(fresh_database, home, files, tmp_path, loftet):
    files()
    keys.create_log_key()
    (tmp_path / "kopior").mkdir()
    assert loftet("backup", tmp_path / "kopior").code == 0
    (made,) = (tmp_path / "kopior").iterdir()
    assert made.name.startswith("loftet-20")
    assert made.suffix == ".zip"


def test_nothing_is_left_of_a_backup_that_fails(fresh_database, home, files, tmp_path, loftet, monkeypatch):
    files()
    keys.create_log_key()

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.tables, "lines", full_disk)
    (tmp_path / "kopior").mkdir()
    said = loftet("backup", tmp_path / "kopior" / "kopia.zip")
    assert said.code == 1
    assert said.err.splitlines()[-1].endswith("går inte att skriva: No space left on device.")
    assert os.listdir(tmp_path / "kopior") == []


def test_a_backup_is_one_moment_and_holds_no_one_up(fresh_database, home, files, tmp_path):
    """While a backup reads, someone writes: the write goes through, and the backup does not see it."""
    from threading import Thread

    files()
    keys.create_log_key()
    actions.append(kind="dialogue.opened", subject="abcdefghjkm1", parts={"text": "före"}, at=AT)
    written = []

    def write() -> None:
        actions.append(kind="dialogue.opened", subject="abcdefghjkm2", parts={"text": "under"}, at=AT)
        written.append(1)
        connection.close()

    def progress(what: str, done: int, total: int) -> None:
        if not written:
            other = Thread(target=write)
            other.start()
            other.join(10)

    contents = writing.write(tmp_path / "kopia.zip", progress)
    assert written, "The write waited for the backup."
    assert {t.label: t.rows for t in contents.tables}["register.Entry"] == 1
    assert len(list(tables.lines(apps.get_model("register.Entry")))) == 2


# --- What a restore refuses ----------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def little() -> dict[str, bytes]:
    """The backup of little and its keys, by name, once the first test has made them."""
    return {}


@pytest.fixture
def copy_of_little(little, fresh_database, home, files, tmp_path, loftet) -> Path:
    """A backup of an installation with one entry, and a new empty installation to restore it into."""
    copy = tmp_path / "kopia.zip"
    kept = {"copy": copy, "key": keys.log_key_path(), "public": keys.public_key_path()}
    if little:
        keys.log_key_path().parent.mkdir(mode=0o700)
        for name, path in kept.items():
            path.touch(mode=0o600)
            path.write_bytes(little[name])
    else:
        folder = files()
        keys.create_log_key()
        actions.append(kind="dialogue.opened", subject="abcdefghjkm1", parts={"text": "ord"}, at=AT)
        actions.sign_checkpoint(at=AT)
        folder.mkdir()
        (folder / "a.txt").write_text("en fil")
        assert loftet("backup", copy).code == 0
        little.update({name: path.read_bytes() for name, path in kept.items()})
        fresh_database()
    files()
    return copy


def rewritten(source: Path, change) -> Path:
    """The same backup with its parts changed: `change` gets the parts by name and may change them."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    target = source.with_name("ändrad.zip")
    with target.open("w+b") as file:
        with zipfile.ZipFile(file, "w") as archive:
            archive.comment = manifest.COMMENT
            for name, data in parts.items():
                archive.writestr(name, data)
        manifest.seal(file)
    return target


def with_manifest(source: Path, change) -> Path:
    """The same backup with its list of contents changed."""

    def edit(parts: dict[str, bytes]) -> None:
        contents = json.loads(parts["manifest.json"])
        change(contents)
        parts["manifest.json"] = json.dumps(contents).encode()

    return rewritten(source, edit)


def refused(loftet, *arguments, saying: str) -> None:
    """The restore refuses with a sentence, and nothing has changed."""
    before, key = everything(), keys.public_key_path().read_text()
    said = loftet("restore", *arguments)
    assert said.code == 1
    assert saying in said.err.splitlines()[-1], said.err
    assert everything() == before
    assert keys.public_key_path().read_text() == key
    assert list(writing.stored_files()) == []


def test_it_works_untouched(copy_of_little, loftet):
    assert loftet("restore", copy_of_little).code == 0
    assert list(writing.stored_files()) == ["a.txt"]


def test_a_database_that_is_not_empty_is_left_alone(copy_of_little, loftet):
    actions.append(kind="dialogue.opened", subject="abcdefghjkm9", parts={}, at=AT)
    refused(loftet, copy_of_little, saying="Databasen är inte tom (register.Entry)")


def test_uploaded_files_are_left_alone(copy_of_little, files, loftet):
    folder = files()
    folder.mkdir()
    (folder / "min.txt").write_text("min")
    said = loftet("restore", copy_of_little)
    assert said.code == 1
    assert "Här finns redan uppladdade filer (min.txt)" in said.err
    assert (folder / "min.txt").read_text() == "min"
    assert tables.holding_rows() == []


def test_a_part_that_was_changed_is_named(copy_of_little, loftet):
    def change(parts: dict[str, bytes]) -> None:
        parts["tables/register.Content.jsonl"] = parts["tables/register.Content.jsonl"].replace(b"ord", b"0rd")

    refused(
        loftet,
        rewritten(copy_of_little, change),
        saying="avkortad: tables/register.Content.jsonl stämmer inte",
    )


@pytest.mark.long
def test_a_bit_that_has_turned_anywhere_is_found(copy_of_little, loftet):
    whole = copy_of_little.read_bytes()
    turned = copy_of_little.with_name("fel.zip")
    for at in range(0, len(whole), len(whole) // 40):
        turned.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        said = loftet("restore", turned)
        assert said.code == 1, f"The bit at {at} of {len(whole)} went unnoticed."
        assert len(said.err.splitlines()) <= 2
    assert tables.holding_rows() == []
    assert loftet("restore", copy_of_little).code == 0


def test_a_part_that_is_missing_is_named(copy_of_little, loftet):
    changed = rewritten(copy_of_little, lambda parts: parts.pop("files/000001"))
    refused(loftet, changed, saying="skadad eller avkortad: files/000001 stämmer inte")


def test_a_register_that_does_not_hold_is_not_restored(copy_of_little, loftet):
    """Whoever changes a word and the list of contents with it is still found out by the register."""
    import hashlib

    def change(parts: dict[str, bytes]) -> None:
        name = "tables/register.Content.jsonl"
        parts[name] = parts[name].replace(b'"ord"', b'"nya"')
        contents = json.loads(parts["manifest.json"])
        for table in contents["tables"]:
            if table["file"] == name:
                table["sha256"] = hashlib.sha256(parts[name]).hexdigest()
        parts["manifest.json"] = json.dumps(contents).encode()

    refused(
        loftet, rewritten(copy_of_little, change), saying="Löftesboken i säkerhetskopian stämmer inte: Post 0 är ändrad"
    )


def test_another_public_key_is_found_out(copy_of_little, loftet):
    from loftet.ledger.keys import VerifierKey, generate_private_key

    def change(contents: dict) -> None:
        name = VerifierKey.parse(contents["public_key"]).name
        contents["public_key"] = VerifierKey.of(name, generate_private_key().public_key()).vkey

    refused(loftet, with_manifest(copy_of_little, change), saying="Löftesboken i säkerhetskopian stämmer inte")


def test_another_version_of_the_tables_is_refused(copy_of_little, loftet):
    def change(contents: dict) -> None:
        contents["migrations"].append("promises.0099_from_the_future")
        contents["product"] = "9.9"

    refused(
        loftet,
        with_manifest(copy_of_little, change),
        saying="den är gjord med version 9.9 och här finns",
    )


def test_another_register_name_is_refused(copy_of_little, loftet, settings):
    settings.LOFTET_LOG_ORIGIN = "exempel.se/loftesboken"
    refused(loftet, copy_of_little, saying="Sätt LOFTET_LOG_ORIGIN=loftet.local/loftesboken")


def test_a_key_of_another_register_is_refused(copy_of_little, loftet, tmp_path):
    from loftet.ledger.keys import generate_private_key, private_key_to_pem

    other = tmp_path / "annan.pem"
    other.write_bytes(private_key_to_pem(generate_private_key()))
    refused(loftet, copy_of_little, "--key", other, saying="hör inte till löftesboken i säkerhetskopian")


@pytest.mark.parametrize("size", [0, 10, 400, -120])
def test_a_file_that_is_cut_short_is_refused(size, copy_of_little, loftet):
    cut = copy_of_little.with_name("kort.zip")
    cut.write_bytes(copy_of_little.read_bytes()[:size])
    refused(loftet, cut, saying="är ingen säkerhetskopia från Löftet, eller är avkortad")


def test_another_format_is_refused(copy_of_little, loftet):
    changed = with_manifest(copy_of_little, lambda contents: contents.update(v=2))
    refused(loftet, changed, saying="annat format (loftet-backup 2)")
    refused(
        loftet,
        rewritten(copy_of_little, lambda parts: parts.update({"manifest.json": b"[]"})),
        saying="innehållsförteckning går inte att läsa",
    )


def test_a_file_that_is_not_there_is_told(copy_of_little, loftet, tmp_path):
    refused(loftet, tmp_path / "finns-inte.zip", saying="finns-inte.zip går inte att läsa: No such file")


def test_rows_that_break_a_rule_of_the_database_stop_all(copy_of_little, loftet):
    """A row that points at nothing: the whole restore is taken back, files too."""
    import hashlib

    def change(parts: dict[str, bytes]) -> None:
        contents = json.loads(parts["manifest.json"])
        (entry,) = [t for t in contents["tables"] if t["label"] == "register.Content"]
        rows = [json.loads(line) for line in parts[entry["file"]].splitlines()]
        rows[0][entry["columns"].index("entry_id")] = 777
        parts[entry["file"]] = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
        entry["sha256"] = hashlib.sha256(parts[entry["file"]]).hexdigest()
        parts["manifest.json"] = json.dumps(contents).encode()

    refused(
        loftet, rewritten(copy_of_little, change), saying="Raderna i säkerhetskopian bryter mot databasens regler: "
    )
