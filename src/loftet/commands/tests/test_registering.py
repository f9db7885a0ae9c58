"""After a restore: the register waits until someone shows its newest checkpoint, or it openly begins anew."""

from __future__ import annotations

import datetime

import pytest

from loftet.domain.register import actions, keeping, keys, queries
from loftet.domain.register.models import Checkpoint

AT = datetime.datetime(2026, 3, 1, 11, 30, tzinfo=datetime.UTC)
WAITS = "ingen har visat att inget fattas"


@pytest.fixture
def elsewhere(fresh_database, home, files, tmp_path, loftet):
    """A register with two entries is backed up, gets a third, and is lost; what is kept lies in a folder."""
    files()
    keys.create_log_key()
    for number in range(3):
        if number == 2:
            assert loftet("key", "export", tmp_path / "nyckel.pem").code == 0
            assert loftet("backup", tmp_path / "kopia.zip").code == 0
        actions.append(kind="report", subject=f"abcdefghjkm{number}", parts={"report": f"ord {number}"}, at=AT)
        actions.sign_checkpoint(at=AT)
    for size in (2, 3):
        (tmp_path / f"kontrollpunkt-{size}.txt").write_text(Checkpoint.objects.get(size=size).note)
    for path in (keys.log_key_path(), keys.public_key_path(), keeping.kept_path()):
        path.unlink()
    fresh_database()
    files()
    return tmp_path


def restored(loftet, folder) -> str:
    said = loftet("restore", folder / "kopia.zip", "--key", folder / "nyckel.pem")
    assert said.code == 0, said.err
    return said.out


def test_it_goes_on_when_what_was_kept_fits(elsewhere, loftet):
    assert WAITS in restored(loftet, elsewhere)
    said = loftet("tick")
    assert said.code == 1
    assert queries.latest_checkpoint().size == 2
    said = loftet("register", "resume", elsewhere / "kontrollpunkt-2.txt")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Löftesboken börjar som kontrollpunkten säger.")
    actions.append(kind="report", subject="abcdefghjkm9", parts={"report": "nytt"}, at=AT)
    assert loftet("tick").code == 0
    assert queries.latest_checkpoint().size == 3


def test_an_entry_that_is_missing_is_told_and_begun_anew_openly(elsewhere, loftet):
    restored(loftet, elsewhere)
    said = loftet("register", "resume", elsewhere / "kontrollpunkt-3.txt")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Löftesboken har 2 poster, men 3 är underskrivna tidigare.")
    said = loftet("register", "restart", "--reason", "Den tredje posten är förlorad.")
    assert (said.code, said.err) == (0, "")
    assert said.out == "Post 2 säger att löftesboken börjar om, och varför. Den kan skrivas under igen.\n"
    assert loftet("tick").code == 0
    assert loftet("verify").code == 0
    again = loftet("register", "restart", "--reason", "Igen.")
    assert (again.code, again.err) == (
        1,
        "Löftesboken stämmer med det som är underskrivet tidigare. Inget är ändrat.\n",
    )


def test_the_doctor_says_that_it_waits(elsewhere, loftet):
    restored(loftet, elsewhere)
    said = loftet("doctor")
    assert said.code == 1
    assert WAITS in said.out + said.err


def test_a_file_that_cannot_be_read_is_told(home, tmp_path, loftet):
    (tmp_path / "bild.png").write_bytes(b"\xff\xfe\x00")
    for name, why in (("finns-inte", "No such file"), ("bild.png", "UTF-8")):
        said = loftet("register", "resume", tmp_path / name)
        assert (said.code, said.out) == (1, "")
        assert why in said.err


def test_where_the_newest_checkpoint_still_lies_nothing_waits(elsewhere, loftet):
    keeping.keep((elsewhere / "kontrollpunkt-2.txt").read_text())
    assert WAITS not in restored(loftet, elsewhere)
    assert keeping.fault() == ""
