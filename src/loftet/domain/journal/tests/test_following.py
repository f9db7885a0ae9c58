"""Consumers follow the history: no event is skipped and none is handled twice, in whatever order acts are committed."""

from __future__ import annotations

import random
import threading
import time

import pytest
from django.db import connection, transaction

from loftet.domain.journal import actions, queries
from loftet.domain.journal.models import Cursor, Event
from loftet.domain.places.models import Municipality

WRITERS, ACTS_EACH = 20, 5


def write(number: int) -> Event:
    """One event, about something that only looks like a thing with a permanent id."""
    return actions.record(verb=f"test.written_{number}", subject=Municipality(public_id=f"thing{number:07}"))


def read_all(consumer: str = "reader", handled: list[int] | None = None) -> list[int]:
    seen: list[int] = [] if handled is None else handled
    while actions.follow(consumer=consumer, handle=lambda event: seen.append(event.pk), limit=7):
        pass
    return seen


@pytest.mark.transactional
def test_each_consumer_handles_each_event_once_and_in_order(real_database):
    written = [write(number).pk for number in range(20)]
    assert read_all("one") == written
    assert read_all("one") == []
    assert read_all("other") == written
    late = write(20).pk
    assert (read_all("one"), read_all("other")) == ([late], [late])


@pytest.mark.transactional
def test_a_consumer_that_fails_stops_before_the_event_and_keeps_the_rest(real_database):
    written = [write(number).pk for number in range(4)]
    done: list[int] = []

    def handle(event: Event) -> None:
        Cursor.objects.create(consumer=f"wrote {event.pk}")
        if event.pk == written[2] and not done.count(-1):
            done.append(-1)
            raise LookupError("the printer is out of paper")
        done.append(event.pk)

    with pytest.raises(LookupError, match="out of paper"):
        actions.follow(consumer="reader", handle=handle)
    assert done == [written[0], written[1], -1]
    assert not Cursor.objects.filter(consumer=f"wrote {written[2]}").exists(), "what it wrote for the event is undone"
    assert actions.follow(consumer="reader", handle=handle) == 2
    assert done == [written[0], written[1], -1, written[2], written[3]]


@pytest.mark.transactional
def test_an_act_that_is_undone_is_never_handled(real_database):
    with transaction.atomic():
        write(0)
        transaction.set_rollback(True)
    kept = write(1).pk
    assert read_all() == [kept]


@pytest.mark.transactional
def test_two_who_follow_under_one_name_share_the_events(real_database):
    written = {write(number).pk for number in range(60)}
    mine: list[int] = []
    theirs: list[int] = []
    answers = real_database.together(lambda: read_all(handled=mine), lambda: read_all(handled=theirs))
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert sorted(mine + theirs) == sorted(written)


@pytest.mark.long
@pytest.mark.transactional
def test_twenty_writers_who_commit_out_of_order_lose_nothing(real_database):
    handled: list[int] = []
    committed: list[int] = []
    left, lock = [WRITERS], threading.Lock()
    # On SQLite one writes at a time: a pause with the pen in hand lets no other write, and only makes all wait longer.
    longest_pause = 0.01 if connection.vendor == "postgresql" else 0

    def act(number: int) -> None:
        pause = random.Random(number)
        try:
            for act_number in range(ACTS_EACH):
                with transaction.atomic():
                    Cursor.objects.create(consumer=f"of {number}, {act_number}")  # the transaction has begun to write
                    time.sleep(pause.random() * longest_pause)
                    event = write(number * ACTS_EACH + act_number)
                    time.sleep(pause.random() * longest_pause)  # others are written, and committed, meanwhile
                committed.append(event.pk)
        finally:
            with lock:
                left[0] -= 1

    def follow() -> None:
        while left[0]:
            read_all(handled=handled)
            time.sleep(0.005)  # the writers' turn, on SQLite
        read_all(handled=handled)

    answers = real_database.together(follow, *[lambda n=n: act(n) for n in range(WRITERS)])
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert sorted(handled) == sorted(Event.objects.values_list("pk", flat=True))
    assert len(handled) == WRITERS * ACTS_EACH
    if connection.vendor == "postgresql":
        assert committed != sorted(committed), "no event was committed behind a newer one: nothing was tried"
        assert handled != sorted(handled), "every act began in the order of its event: less was tried than could be"


@pytest.mark.parametrize(
    ("short", "following", "whole"),
    [
        (700, 750, 700),
        (700, (5 << 32) + 750, (5 << 32) + 700),
        ((1 << 32) - 3, (5 << 32) + 2, (5 << 32) - 3),  # begun before the short numbers started over
        (4, (5 << 32) + 2, (5 << 32) + 4),  # begun since the next number was read
        (4, (6 << 32) - 2, (6 << 32) + 4),  # and since the short numbers started over
    ],
)
def test_a_transactions_short_number_is_made_whole(short, following, whole):
    assert queries._in_full(short, following) == whole
