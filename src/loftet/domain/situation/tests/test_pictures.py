"""The joint picture: written by both, signed by both, public as it was signed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError, NotAllowed
from loftet.domain.register import queries as register
from loftet.domain.situation import actions, queries
from loftet.domain.situation.content import PictureText, words_of
from loftet.testing.factories import make_picture

TODAY = clock.day_of(clock.now())


def test_the_public_sees_a_picture_when_both_have_signed_it(cast, ready_picture):
    draft = ready_picture(is_signed=False)
    assert queries.public_pictures(cast.municipality) == []
    assert queries.in_force_problem(draft.problems.get()) is None
    signed = make_picture(cast, title="En annan bild")
    shown = queries.public_pictures(cast.municipality)
    assert [one.picture for one in shown] == [signed]
    assert queries.public_picture(cast.municipality, shown[0].slug).words == shown[0].words
    assert register.entries(kind="picture.in_force", subject=signed.public_id).count() == 1


def test_the_signed_words_stand_when_the_working_copy_changes(cast, ready_picture):
    picture = ready_picture()
    problem = picture.problems.get()
    actions.edit_problem(problem=problem, by=cast.coordinator, title="Ett helt annat problem")
    assert queries.in_force_problem(problem).title != "Ett helt annat problem"


def test_words_survive_the_way_to_canonical_text_and_back(cast, ready_picture):
    words = words_of(ready_picture(is_signed=False))
    assert PictureText.from_content(words.as_content()) == words


def test_a_picture_without_a_problem_is_not_put_forward(cast):
    picture = actions.draft_picture(
        by=cast.coordinator,
        partnership=cast.partnership,
        municipality=cast.municipality,
        title="Tom",
        summary="Inget än.",
        starts=TODAY,
        ends=TODAY,
    )
    with pytest.raises(DomainError, match="inget problem än"):
        actions.propose_picture(picture=picture, by=cast.coordinator)


def test_words_that_point_someone_out_are_not_put_forward(cast, ready_picture):
    picture = ready_picture(is_signed=False)
    actions.edit_problem(problem=picture.problems.get(), by=cast.coordinator, extent="Ring 070-123 45 67.")
    with pytest.raises(DomainError, match="peka ut en person"):
        actions.propose_picture(picture=picture, by=cast.coordinator)


def test_all_words_that_point_someone_out_are_told_at_once(cast, ready_picture):
    picture = ready_picture(is_signed=False)
    words = "Grannen i 3:an säljer knark. Ring 070-174 06 05."
    actions.edit_problem(problem=picture.problems.get(), by=cast.coordinator, extent=words)
    with pytest.raises(
        DomainError, match="”Grannen i 3:an säljer knark”, ”070-174 06 05” ser ut att peka ut en person"
    ):
        actions.propose_picture(picture=picture, by=cast.coordinator)


def test_names_alone_do_not_stop_two_parties_from_signing(cast, ready_picture):
    picture = ready_picture(is_signed=False)
    words = "Störst vid Fatimas park, Karlssons livs och stiftelsen Anna Berg."
    actions.edit_problem(problem=picture.problems.get(), by=cast.coordinator, extent=words)
    assert actions.propose_picture(picture=picture, by=cast.coordinator)


def test_nobody_sets_the_other_partys_priority(cast, ready_picture):
    problem = ready_picture(is_signed=False).problems.get()
    actions.set_priority(problem=problem, by=cast.coordinator, rank=1)
    actions.set_priority(problem=problem, by=cast.police_coordinator, rank=3)
    actions.set_priority(problem=problem, by=cast.coordinator, rank=2)
    assert {p.organisation: p.rank for p in problem.priorities.all()} == {cast.town: 2, cast.police: 3}


def test_only_those_who_write_there_write(cast, strangers, ready_picture):
    picture = ready_picture(is_signed=False)
    for hat in (cast.reader, cast.chair, strangers.coordinator):
        with pytest.raises(NotAllowed):
            actions.add_problem(picture=picture, by=hat, title="X", what="Y", where="Z")
    assert picture.problems.count() == 1


def test_a_source_is_not_dated_in_the_future(cast, ready_picture):
    problem = ready_picture(is_signed=False).problems.get()
    with pytest.raises(DomainError, match="framtiden"):
        actions.add_source(
            problem=problem, by=cast.coordinator, kind="survey", title="Enkät", dated=TODAY + timedelta(days=1)
        )


def test_pictures_are_read_in_the_same_number_of_queries_however_many(
    cast, django_assert_max_num_queries, ready_picture
):
    ready_picture()
    with django_assert_max_num_queries(8):
        assert len(queries.public_pictures(cast.municipality)) == 1
    for number in range(3):
        make_picture(cast, title=f"Bild {number}")
    with django_assert_max_num_queries(8):
        assert len(queries.public_pictures(cast.municipality)) == 4
