"""What is handed out is exactly what was looked at; a masked word stands nowhere in it, and nowhere in the log."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
import zlib

import pytest
from django.apps import apps
from django.db import models

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.base.models import WITHHELD
from loftet.domain.dialogues import actions as dialogues
from loftet.domain.journal.models import Event
from loftet.domain.records import actions, disclosing, queries
from loftet.domain.records.models import Disclosure
from loftet.domain.register import keys
from loftet.papers.tests.pdf_reading import Pdf
from loftet.testing.factories import make_dialogue, make_promise, make_voice, make_votes

NAME = "Grönköpings-Qvicke"
REQUEST = {"request": "begäran 12 mars, KS 2026/45", "ground": "21 kap. 1 § OSL"}


def look(cast, keys, words=(), by=None):
    return actions.preview_disclosure(
        partnership=cast.partnership, keys=keys, words=list(words), by=by or cast.coordinator
    )


def hand_out(cast, keys, words=(), by=None, **changed):
    about = {"partnership": cast.partnership, "keys": keys, "words": list(words), "by": by or cast.coordinator}
    return actions.disclose(**about, **{**REQUEST, "seen": look(cast, keys, words, by).seen, **changed})


def itself(thing):
    return f"{thing.public_id}.itself"


def files(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everything_in(made: bytes) -> str:
    """All that a package says, in any way: its bytes, what is packed in them, and what is drawn on its papers."""
    told = [made]
    for name, content in files(made).items():
        told += [name.encode(), content]
        for body in re.findall(rb"stream\r?\n(.*?)endstream", content, re.S):
            try:
                told.append(zlib.decompressobj().decompress(body))
            except zlib.error:
                told.append(body)
        if name.endswith(".pdf"):
            told.append(Pdf(content).text().encode())
    text = "\n".join(one.decode("utf-8", "replace") for one in told)
    wide = b"".join(told).replace(b"\x00", b"").decode("latin-1")
    return "".join((text + wide).split()).lower()


def stands(name: str, told: str) -> bool:
    return any("".join(one.split()).lower() in told for one in (name, name.encode().decode("latin-1")))


@pytest.fixture
def promise(cast):
    """The name stands everywhere that it can, also broken by a sign that nobody sees and over two lines."""
    return make_promise(
        cast,
        title=f"Lugnt vid {NAME}s kiosk",
        summary=f"{NAME.upper()} går hem. Grönköpings-\u00adQvicke också. Anna  \n Berg likaså.",
    )


def test_a_masked_word_stands_nowhere_in_the_package(cast, promise):
    plain = everything_in(hand_out(cast, [itself(promise)], ground="")[1])
    assert stands(NAME, plain)
    assert stands("Anna Berg", plain)
    row, made = hand_out(cast, [itself(promise)], [NAME, "anna berg", cast.police.name])
    told = everything_in(made)
    for word in (NAME, "Qvicke", "Anna Berg", cast.police.name):
        assert not stands(word, told), word
    assert stands(disclosing.MASK, told)
    assert stands("Fotpatrull på torget", told), "the rest can be read"
    assert row.masked >= 4


def test_a_masked_word_stands_nowhere_in_what_is_kept_of_it(cast, promise):
    masked = "Fotpatrull på torget"
    before = _rows_with(masked)
    hand_out(cast, [itself(promise)], [masked])
    assert _rows_with(masked) == before


def _rows_with(word: str) -> int:
    return sum(
        word in str(row)
        for model in apps.get_models()
        if model._meta.app_label in {"records", "journal"}
        for row in models.QuerySet(model).values_list()
    )


def test_the_log_says_what_was_handed_out_to_which_request_and_by_whom(cast, promise):
    row, made = hand_out(cast, [itself(promise)], [NAME])
    assert row.package_digest == hashlib.sha256(made).hexdigest()
    assert (row.request, row.ground) == (REQUEST["request"], REQUEST["ground"])
    assert (row.organisation, row.disclosed_by) == (cast.town, cast.coordinator.person)
    assert row.contents == [{"key": itself(promise), "title": "Lugnt vid [maskat]s kiosk", "masked": row.masked}]
    assert list(queries.disclosures(cast.partnership)) == [row]
    event = Event.objects.get(verb="records.disclosed")
    assert (event.subject, event.person) == (row.public_id, cast.coordinator.person.public_id)
    names = {field.name for field in Disclosure._meta.get_fields()}
    assert not names & {"asker", "requester", "name", "email"}


def test_the_package_lists_what_it_holds(cast, promise, ready_dialogue):
    _row, made = hand_out(cast, [itself(promise), itself(ready_dialogue())], ground="")
    held = files(made)
    listed = json.loads(held.pop("innehall.json"))
    assert listed["form"] == "loftet.disclosure/1"
    assert {one["file"]: one["sha256"] for one in listed["contents"]} == {
        name: hashlib.sha256(content).hexdigest() for name, content in held.items()
    }
    assert len(held) == 2


@pytest.fixture
def asked(cast):
    dialogue = make_dialogue(cast)
    make_votes(dialogue, camps=(3,))
    shown, held = make_voice(dialogue, text="Mer ljus i parken."), make_voice(dialogue, text="Han i huset gör det.")
    dialogues.moderate(voice=shown, outcome="published", by=cast.moderator)
    dialogues.moderate(voice=held, outcome="held", reason="person", by=cast.moderator)
    return dialogue


def offered(cast, dialogue, by):
    found = queries.disclosable(cast.partnership, by, clock.now())
    return [one.key.partition(".")[2] for one in found if one.about.subject == dialogue.public_id]


def test_answers_have_numbers_of_the_tables_own_and_no_ids(cast, asked):
    _row, made = hand_out(cast, [f"{asked.public_id}.answers"], ground="")
    (content,) = (content for name, content in files(made).items() if name.endswith(".csv"))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["deltagare", "påstående", "svar"]
    assert {row[0] for row in rows[1:]} == {"1", "2", "3"}
    told = everything_in(made)
    assert not any(person.public_id in told or person.token_hash in told for person in asked.participants.all())


def test_what_is_not_published_is_handed_out_only_by_those_who_may_read_it_and_that_is_told(cast, asked):
    assert offered(cast, asked, cast.coordinator) == ["itself", "published", "unpublished", "answers"]
    assert offered(cast, asked, cast.police_coordinator) == ["itself", "published"]
    unpublished = [f"{asked.public_id}.unpublished"]
    with pytest.raises(DomainError, match="Välj vad"):
        look(cast, unpublished, by=cast.police_coordinator)
    assert not Event.objects.filter(verb="dialogues.waiting_voices_read").exists(), "to be offered is not to read"
    shown = look(cast, unpublished, ["Han i huset"])
    assert Event.objects.filter(verb="dialogues.waiting_voices_read", subject=asked.public_id).count() == 1
    assert shown.places == {"Han i huset": 1}
    _row, made = hand_out(cast, unpublished, ["Han i huset"])
    assert not stands("Han i huset", everything_in(made))
    published = everything_in(hand_out(cast, [f"{asked.public_id}.published"], ground="")[1])
    assert stands("Mer ljus i parken.", published)
    assert not stands("gör det", published)


def test_the_text_guard_suggests_what_is_not_masked_yet(cast, asked):
    dialogues.moderate(
        voice=make_voice(asked), outcome="declined", reason="Ring 070-174 06 05 till oss.", by=cast.moderator
    )
    unpublished = [f"{asked.public_id}.unpublished"]
    assert look(cast, unpublished).suggestions == ("070-174 06 05",)
    assert look(cast, unpublished, ["070-174 06 05"]).suggestions == ()


def test_the_text_guard_suggests_names_too(cast, promise):
    assert "Anna Berg" in look(cast, [itself(promise)]).suggestions
    assert "Anna Berg" not in look(cast, [itself(promise)], ["anna berg"]).suggestions


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"seen": "0" * 64}, "ändrats sedan"),
        ({"request": " "}, "vilken begäran"),
        ({"request": "x" * 201}, "vilken begäran"),
        ({"ground": " "}, "vilket stöd"),
        ({"ground": "x" * 201}, "stödet"),
        ({"request": f"från {NAME}"}, "Upprepa inte"),
    ],
)
def test_what_is_not_sensible_is_not_handed_out(cast, promise, changed, why):
    with pytest.raises(DomainError, match=why):
        hand_out(cast, [itself(promise)], [NAME], **changed)
    assert not Disclosure.objects.exists()


def test_one_chooses_and_names_enough_of_a_word(cast, promise):
    with pytest.raises(DomainError, match="Välj vad"):
        look(cast, [])
    with pytest.raises(DomainError, match="Välj vad"):
        look(cast, ["finnsinte123.itself"])
    with pytest.raises(DomainError, match="minst 2"):
        look(cast, [itself(promise)], ["a"])


def test_only_those_who_may(cast, strangers, promise):
    for hat in (cast.reader, cast.chair, cast.moderator, strangers.coordinator):
        with pytest.raises(NotAllowed):
            look(cast, [itself(promise)], by=hat)
    with pytest.raises(DomainError, match="Välj vad"):
        actions.preview_disclosure(
            partnership=strangers.partnership, keys=[itself(promise)], words=[], by=strangers.coordinator
        )


def test_words_typed_in_the_log_can_be_withheld(cast, promise, settings, tmp_path):
    settings.LOFTET_KEYS = tmp_path
    keys.create_log_key()
    hand_out(cast, [itself(promise)], request="från Kvick Kvicksson", ground="")
    actions.withhold_words(
        partnership=cast.partnership,
        words="Kvick Kvicksson",
        by=cast.coordinator,
        body="kommunstyrelsen",
        decided_on=clock.day_of(clock.now()),
        basis="artikel 17",
        reason="Pekar ut en person.",
    )
    assert Disclosure.objects.get().request == WITHHELD
