"""What is signed is remembered outside the database, so that nothing is signed that contradicts it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from loftet.domain.base.errors import DomainError
from loftet.domain.register import actions, keeping, keys, queries
from loftet.domain.register.models import Checkpoint, Entry
from loftet.ledger.report import Reason
from loftet.ledger.verification import verify_against_older, verify_export

AT = datetime(2026, 3, 1, 11, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def log_key(settings, tmp_path):
    settings.LOFTET_KEYS = tmp_path / "keys"
    assert keys.create_log_key()


def append(*texts: str) -> None:
    for number, text in enumerate(texts, start=queries.size()):
        actions.append(kind="report", subject=f"subject{number:05}", parts={"report": text}, at=AT)


def signed(*texts: str) -> str:
    """Append, sign, and return the checkpoint that readers have got."""
    append(*texts)
    return actions.sign_checkpoint(at=AT).note


def test_the_newest_checkpoint_is_kept_beside_the_key_once_it_is_committed(fresh_database):
    first = signed("ett", "två")
    assert keeping.kept() == first
    second = signed("tre")
    assert keeping.kept() == second != first
    assert keeping.fault() == ""


@pytest.mark.parametrize("left", [("ett",), ()])
def test_an_older_database_is_noticed_before_anything_is_signed(fresh_database, left):
    signed("ett", "två", "tre")
    fresh_database()
    append(*left)
    with pytest.raises(keeping.NotAsSigned, match=f"har {len(left)} poster, men 3 är underskrivna"):
        actions.sign_checkpoint(at=AT)
    assert not Checkpoint.objects.exists()


def test_another_beginning_is_noticed_before_anything_is_signed(fresh_database):
    signed("ett", "två")
    fresh_database()
    append("ett", "något annat", "tre")
    with pytest.raises(keeping.NotAsSigned, match="börjar inte med de 2 poster"):
        actions.sign_checkpoint(at=AT)


def test_beginning_anew_is_a_visible_entry_with_what_no_longer_fits(fresh_database):
    lost = signed("ett", "två", "tre")
    fresh_database()
    append("ett")
    with pytest.raises(DomainError, match="Skriv varför"):
        actions.restart(reason="  ", at=AT)
    entry = actions.restart(reason="Disken gick sönder, kopian var från i går.", at=AT)
    assert (entry.number, entry.kind) == (1, "register.restarted")
    assert queries.contents_of(1) == {"reason": "Disken gick sönder, kopian var från i går.", "checkpoint": lost}
    assert actions.sign_checkpoint(at=AT).size == 2
    report = verify_export(queries.export_lines(), keys.public_key())
    assert report.holds
    assert verify_against_older(report, lost).problem.reason is Reason.OLDER_LARGER, "who kept it still sees it"
    aside = list(keeping.kept_path().parent.glob("log.checkpoint.before-*"))
    assert [path.read_text() for path in aside] == [lost]


def test_a_register_that_is_whole_does_not_begin_anew(fresh_database):
    signed("ett")
    with pytest.raises(DomainError, match="stämmer med det som är underskrivet"):
        actions.restart(reason="Vi vill börja om.", at=AT)
    assert Entry.objects.count() == 1


def test_after_a_restore_elsewhere_signing_waits_for_what_someone_has_kept(fresh_database):
    older, newest = signed("ett", "två"), signed("tre")
    keeping.kept_path().unlink()  # another machine: the key has come along, what lay beside it has not
    keeping.wait()
    append("fyra")
    with pytest.raises(keeping.NotAsSigned, match="ingen har visat att inget fattas"):
        actions.sign_checkpoint(at=AT)
    with pytest.raises(keeping.NotAsSigned, match="inte underskriven med den här löftesbokens nyckel"):
        actions.resume(note=newest.replace("\n3\n", "\n4\n"))
    actions.resume(note=newest)
    assert not keeping.waiting_path().exists()
    assert actions.sign_checkpoint(at=AT).size == 4
    assert older != newest


def test_a_checkpoint_that_reaches_further_shows_that_something_is_missing(fresh_database):
    newest = signed("ett", "två", "tre")
    fresh_database()
    keeping.kept_path().unlink()
    keeping.wait()
    append("ett", "två")
    with pytest.raises(keeping.NotAsSigned, match="har 2 poster, men 3"):
        actions.resume(note=newest)
    with pytest.raises(keeping.NotAsSigned, match="ingen har visat"):
        actions.sign_checkpoint(at=AT)
    actions.restart(reason="Den nyaste kopian är förlorad.", at=AT)
    assert actions.sign_checkpoint(at=AT).size == 3


def test_a_restore_where_the_checkpoint_is_kept_waits_for_nothing(fresh_database):
    signed("ett")
    keeping.wait()
    assert not keeping.waiting_path().exists()
    assert keeping.fault() == ""
