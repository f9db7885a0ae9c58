"""Writing the joint picture, putting it forward and signing it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from loftet.domain.base import clock
from loftet.domain.base.changes import changes, kept
from loftet.domain.base.errors import DomainError
from loftet.domain.journal import actions as journal
from loftet.domain.parties import rules
from loftet.domain.parties.models import Membership, Partnership
from loftet.domain.places.models import Municipality
from loftet.domain.signing import actions as signing
from loftet.domain.signing import guard
from loftet.domain.signing import queries as signatures
from loftet.domain.signing.confirmation import Confirmation
from loftet.domain.signing.models import Paper, Signature, Version
from loftet.domain.situation.content import words_of
from loftet.domain.situation.models import Picture, Priority, Problem, ProblemSource
from loftet.domain.understanding.models import Need

DOCUMENT_KIND = "picture"
PICTURE_FIELDS = ("title", "summary", "starts", "ends")
PROBLEM_FIELDS = ("title", "what", "where", "when", "for_whom", "extent", "causes")


@transaction.atomic
def draft_picture(
    *,
    by: Membership,
    partnership: Partnership,
    municipality: Municipality,
    title: str,
    summary: str,
    starts: date,
    ends: date,
    at: datetime | None = None,
) -> Picture:
    """Start a joint picture."""
    at = at or clock.now()
    rules.must(by, "situation.write", partnership=partnership, at=at)
    rules.must_not_be_over(partnership, at)
    _must_end_after(starts, ends)
    picture = Picture.objects.create(
        kind=Picture.Kind.JOINT,
        partnership=partnership,
        municipality=municipality,
        title=title,
        summary=summary,
        starts=starts,
        ends=ends,
        document=signing.open_document(kind=DOCUMENT_KIND, partnership=partnership, at=at),
        created_at=at,
    )
    journal.record(verb="situation.picture_drafted", subject=picture, by=by, at=at)
    return picture


@transaction.atomic
def edit_picture(
    *, picture: Picture, by: Membership, title: str, summary: str, starts: date, ends: date, at: datetime | None = None
) -> Picture:
    """Change the working copy. What is signed stays as it was signed."""
    rules.must(by, "situation.write", partnership=picture.parties, at=at)
    _must_end_after(starts, ends)
    before = kept(picture, PICTURE_FIELDS)
    picture.title, picture.summary, picture.starts, picture.ends = title, summary, starts, ends
    picture.save()
    journal.record(
        verb="situation.picture_edited",
        subject=picture,
        by=by,
        at=at,
        data=changes(before, kept(picture, PICTURE_FIELDS)),
    )
    return picture


@transaction.atomic
def add_problem(
    *, picture: Picture, by: Membership, needs: Sequence[Need] = (), at: datetime | None = None, **words: str
) -> Problem:
    """Add a problem to the picture. `words` are the texts of `Problem` (title, what, where, when, …)."""
    rules.must(by, "situation.write", partnership=picture.parties, at=at)
    last = picture.problems.aggregate(last=Max("number"))["last"] or 0
    problem = Problem.objects.create(picture=picture, number=last + 1, **words)
    problem.needs.set(needs)
    journal.record(verb="situation.problem_added", subject=problem, by=by, at=at)
    return problem


@transaction.atomic
def edit_problem(
    *, problem: Problem, by: Membership, needs: Sequence[Need] | None = None, at: datetime | None = None, **words: str
) -> Problem:
    """Change the working copy of a problem."""
    rules.must(by, "situation.write", partnership=problem.picture.parties, at=at)
    before = _kept(problem)
    for name, text in words.items():
        if name not in PROBLEM_FIELDS:
            raise ValueError(f"a problem has no text {name!r}")
        setattr(problem, name, text)
    problem.save()
    if needs is not None:
        problem.needs.set(needs)
    journal.record(verb="situation.problem_edited", subject=problem, by=by, at=at, data=changes(before, _kept(problem)))
    return problem


@transaction.atomic
def add_source(
    *,
    problem: Problem,
    by: Membership,
    kind: str,
    title: str,
    dated: date,
    url: str = "",
    dialogue: str = "",
    at: datetime | None = None,
) -> ProblemSource:
    """Say what a problem rests on, with its date. `dialogue` is the permanent id of a dialogue held here."""
    at = at or clock.now()
    rules.must(by, "situation.write", partnership=problem.picture.parties, at=at)
    if dated > clock.day_of(at):
        raise DomainError("Källans datum ligger i framtiden. Kontrollera datumet. Inget är sparat.")
    source = ProblemSource.objects.create(
        problem=problem, kind=kind, title=title, dated=dated, url=url, dialogue=dialogue
    )
    journal.record(verb="situation.source_added", subject=problem, by=by, at=at, data={"title": title})
    return source


@transaction.atomic
def remove_source(*, source: ProblemSource, by: Membership, at: datetime | None = None) -> None:
    """Take a source away from the working copy."""
    rules.must(by, "situation.write", partnership=source.problem.picture.parties, at=at)
    journal.record(verb="situation.source_removed", subject=source.problem, by=by, at=at, data={"title": source.title})
    source.delete()


@transaction.atomic
def set_priority(*, problem: Problem, by: Membership, rank: int, at: datetime | None = None) -> Priority:
    """Say how high one's own organisation puts the problem; nobody sets the other's."""
    rules.must(by, "situation.write", partnership=problem.picture.parties, at=at)
    before = {"rank": problem.priorities.filter(organisation=by.organisation).values_list("rank", flat=True).first()}
    priority, _ = Priority.objects.update_or_create(
        problem=problem, organisation=by.organisation, defaults={"rank": rank}
    )
    data = changes(before, {"rank": rank})
    journal.record(verb="situation.priority_set", subject=problem, by=by, at=at, data={"rank": rank, **data})
    return priority


@transaction.atomic
def propose_picture(*, picture: Picture, by: Membership, at: datetime | None = None) -> Version:
    """Put the picture forward for both to sign."""
    if not picture.problems.exists():
        raise DomainError(
            "Problembilden har inget problem än. Lägg till ett innan ni lägger fram den. Utkastet är kvar."
        )
    content = words_of(picture).as_content()
    guard.refuse_identifying(content)
    return signing.propose(document=picture.paper, content=content, by=by, at=at)


@transaction.atomic
def sign_picture(
    *, version: Version, digest: str, by: Membership, title: str, confirmation: Confirmation, at: datetime | None = None
) -> Signature:
    """Sign a picture; when the last party signs, it is in force, public and in the register."""
    at = at or clock.now()
    signature = signing.sign(version=version, digest=digest, by=by, title=title, confirmation=confirmation, at=at)
    _act_when_in_force(version, by, at)
    return signature


@transaction.atomic
def answer_paper(
    *, paper: Paper, is_right: bool, by: Membership, reason: str = "", at: datetime | None = None
) -> list[Signature]:
    """Say whether a picture signed by hand is right. When all have signed, it is in force as by any signature."""
    at = at or clock.now()
    signatures_made = signing.answer_paper(paper=paper, is_right=is_right, by=by, reason=reason, at=at)
    _act_when_in_force(paper.version, by, at)
    return signatures_made


def _act_when_in_force(version: Version, by: Membership, at: datetime) -> None:
    if current := signatures.came_in_force(version):
        signing.publish_in_force(
            kind=DOCUMENT_KIND,
            subject=Picture.objects.get(document=version.document),
            scope="problembilder",
            version=current,
            verb="situation.picture_in_force",
            by=by,
            at=at,
        )


def _kept(problem: Problem) -> dict[str, Any]:
    return kept(problem, PROBLEM_FIELDS, needs=problem.needs.order_by("id").values_list("text", flat=True))


def _must_end_after(starts: date, ends: date) -> None:
    if ends < starts:
        raise DomainError("Slutdatumet ligger före startdatumet. Inget är sparat.")
