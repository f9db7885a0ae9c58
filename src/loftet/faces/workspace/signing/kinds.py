"""The kinds of documents that parties sign: what each is called, how it is read, who signs it and where it is public.

A new kind is one more row in `KINDS`; the signing page, the copy on paper and the proposal read it here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from loftet.domain.places import queries as places
from loftet.domain.plans import actions as plans
from loftet.domain.plans import queries as plan_queries
from loftet.domain.plans.content import AgreementText
from loftet.domain.promises import actions as promises
from loftet.domain.promises import queries as promise_queries
from loftet.domain.promises.content import PromiseText
from loftet.domain.signing.models import Document, Signature
from loftet.domain.situation import actions as situation
from loftet.domain.situation import queries as situation_queries
from loftet.domain.situation.content import PictureText
from loftet.faces.shared import wording


@dataclass(frozen=True)
class Kind:
    """What the signing pages need to know. `subject_id` is the permanent id of the thing that a document is of."""

    name: str
    sign: Callable[..., Signature]
    answer_paper: Callable[..., list[Signature]]
    lines: Callable[[dict[str, Any]], list[wording.Line]]
    public_url: Callable[[Document, datetime], str]
    subject_id: Callable[[Document], str]


def _promise_url(document: Document, at: datetime) -> str:
    promise = promise_queries.promise_of(document.pk)
    found = promise_queries.public_promise_by_id(promise.public_id, at)
    return _url("public:promise", promise.municipality, found.slug) if found else ""


def _picture_url(document: Document, at: datetime) -> str:
    picture = situation_queries.picture_of(document.pk)
    shown = situation_queries.public_pictures(picture.municipality, at)
    found = next((one for one in shown if one.picture.pk == picture.pk), None)
    return _url("public:picture", picture.municipality, found.slug) if found else ""


def _agreement_url(document: Document, at: datetime) -> str:
    agreement = plan_queries.agreement_of(document.pk)
    found, municipality = plan_queries.public_agreement_by_id(agreement.public_id, at)
    return _url("public:agreement", municipality, found.slug) if found else ""


def _url(name: str, municipality, slug: str) -> str:
    return reverse(name, kwargs={"place": places.slug_of(municipality), "slug": slug})


KINDS = {
    plans.DOCUMENT_KIND: Kind(
        "Samverkansöverenskommelse",
        plans.sign_agreement,
        plans.answer_paper,
        lambda content: wording.agreement_lines(AgreementText.from_content(content)),
        _agreement_url,
        lambda document: plan_queries.agreement_of(document.pk).public_id,
    ),
    situation.DOCUMENT_KIND: Kind(
        "Gemensam problembild",
        situation.sign_picture,
        situation.answer_paper,
        lambda content: wording.picture_lines(PictureText.from_content(content)),
        _picture_url,
        lambda document: situation_queries.picture_of(document.pk).public_id,
    ),
    promises.DOCUMENT_KIND: Kind(
        "Medborgarlöfte",
        promises.sign,
        promises.answer_paper,
        lambda content: wording.promise_lines(PromiseText.from_content(content)),
        _promise_url,
        lambda document: promise_queries.promise_of(document.pk).public_id,
    ),
}
