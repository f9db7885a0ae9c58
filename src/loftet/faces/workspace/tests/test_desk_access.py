"""Who reaches what at the desk: every route, by strangers, by readers and by nobody."""

from __future__ import annotations

import pytest
from django.urls import URLPattern, URLResolver, resolve, reverse

from loftet.domain.base import clock
from loftet.domain.journal.models import Event
from loftet.domain.register.models import Entry
from loftet.domain.signing import actions as signing
from loftet.domain.signing.models import Decision, Paper
from loftet.faces.workspace import urls
from loftet.testing.factories import make_promise

# Routes that take a post and nothing else: the button for them stands on another page.
ONLY_POST = {"seed_remove", "voice_moderate", "run_request", "finding_remove", "source_remove"}
ONLY_POST |= {"measure_remove", "target_remove", "withdraw"}
# What everyone who is signed in has of their own.
OWN = {"home", "organisations", "roles", "account"}
# What one reads in one's own place, whatever is there.
OWN_PLACE = {"place", "agreements", "history", "handlings"}
# What a reader may look at; everything else at the desk is for those who do the work.
READ = {
    "place",
    "dialogue",
    "dialogue_understanding",
    "agreements",
    "agreement",
    "picture",
    "promise",
    "measurement",
    "report",
    "feedback",
    "sign",
    "paper",
    "organisation",
    "partnership",
    "history",
    "thing_history",
    "handlings",
}
# What a reader may fetch that is a file and no page.
READ_FILES = {"signing_copy", "paper_scan"}


def names(patterns) -> list[str]:
    """Every route of the workspace."""
    found = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            found.append(pattern.name)
    return found


def announced_later(chain) -> Decision:
    """The municipality's decision on the promise in force."""
    return Decision.objects.get(version__document=chain.promise.document, organisation=chain.cast.town)


def signed_by_hand(chain) -> Paper:
    """A paper that waits for the police's word, made once."""
    if known := Paper.objects.first():
        return known
    waiting = make_promise(chain.cast, problem=chain.problem, title="På papper", is_sharp=False, is_signed=False)
    version = waiting.document.versions.get()
    line = signing.HandSigned(chain.cast.town, "Namn", "ordförande", clock.day_of(clock.now()))
    return signing.enter_paper(
        version=version, digest_start=version.digest, lines=[line], scan=b"%PDF-1.7", by=chain.cast.coordinator
    )


def where(chain, place: str) -> dict[str, dict]:
    """The holes in each route's address, filled with things of Provby."""
    at = {"place": place}
    dialogue = {**at, "public_id": chain.dialogue.public_id}
    draft = {**at, "public_id": chain.draft.public_id}
    picture = {**at, "public_id": chain.picture.public_id}
    problem = {**picture, "problem_id": chain.problem.public_id}
    promise = {**at, "public_id": chain.promise.public_id}
    measure = {**promise, "measure_id": chain.measure.public_id}
    feedback = {**dialogue, "feedback_id": chain.feedback.public_id}
    agreement = {**at, "public_id": chain.agreement.public_id}
    document = {"document_id": chain.promise.document.public_id}
    paper = signed_by_hand(chain)
    on_paper = {"document_id": paper.version.document.public_id, "paper_id": paper.public_id}
    town = {"public_id": chain.cast.town.public_id}
    hat = {**town, "hat_id": chain.cast.chair.pk}
    partnership = {"public_id": chain.cast.partnership.public_id}
    return {
        "home": {},
        "organisations": {},
        "roles": {},
        "account": {},
        "organisation": town,
        "organisation_edit": town,
        "board_new": town,
        "member_new": town,
        "invite": {**town, "person_id": chain.cast.chair.person.public_id},
        "membership": hat,
        "withdraw": hat,
        "handover": {"person_id": chain.cast.chair.person.public_id},
        "partnership": partnership,
        "partnership_days": partnership,
        "party_new": partnership,
        "party_leave": {**partnership, "party_id": chain.cast.police.public_id},
        "place": at,
        "sign": document,
        "signing_copy": document,
        "send_back": document,
        "decision_step": {**document, "decision_id": announced_later(chain).pk, "kind": "announced"},
        "paper_new": {"document_id": paper.version.document.public_id},
        "paper": on_paper,
        "paper_scan": on_paper,
        "dialogue_new": at,
        "dialogue": dialogue,
        "dialogue_edit": draft,
        "dialogue_publish": draft,
        "dialogue_moderation": dialogue,
        "voice_moderate": {**dialogue, "voice_id": chain.voice.public_id},
        "seed_remove": {**draft, "number": 1},
        "dialogue_understanding": dialogue,
        "run_request": dialogue,
        "release": dialogue,
        "finding_new": dialogue,
        "findings_publish": dialogue,
        "finding_edit": {**dialogue, "finding_id": chain.heard_draft.public_id},
        "finding_remove": {**dialogue, "finding_id": chain.heard_draft.public_id},
        "need_new": dialogue,
        "need_edit": {**dialogue, "need_id": chain.need.public_id},
        "agreements": at,
        "agreement_new": at,
        "agreement": agreement,
        "agreement_edit": agreement,
        "agreement_share": agreement,
        "agreement_comment": agreement,
        "agreement_propose": agreement,
        "agreement_terminate": agreement,
        "picture_new": at,
        "picture": picture,
        "picture_edit": picture,
        "picture_propose": picture,
        "problem_new": picture,
        "problem_edit": problem,
        "source_new": problem,
        "problem_priority": problem,
        "source_remove": {**picture, "source_id": chain.problem.sources.get().pk},
        "promise_new": at,
        "promise": promise,
        "promise_edit": promise,
        "promise_propose": promise,
        "measure_new": promise,
        "measure_edit": measure,
        "measure_remove": measure,
        "target_new": promise,
        "target_remove": {**promise, "target_id": chain.target.public_id},
        "series_new": at,
        "measurement": {**at, "public_id": chain.series.public_id},
        "history": at,
        "thing_history": {**at, "kind": "lofte", "public_id": chain.promise.public_id},
        "handlings": at,
        "diary_number": {**at, "subject": chain.promise.public_id, "organisation_id": town["public_id"]},
        "weeding_plan": {**at, "organisation_id": town["public_id"]},
        "weeding_plan_file": {**at, "organisation_id": town["public_id"]},
        "weed": {
            **at,
            "organisation_id": town["public_id"],
            "subject": chain.dialogue.public_id,
            "document_type": "answers",
        },
        "disclose": at,
        "registry": {**at, "organisation_id": town["public_id"]},
        "send_to_diary": {**at, "subject": chain.promise.public_id},
        "retention_rules": {**at, "organisation_id": town["public_id"]},
        "retention_rule": {**at, "organisation_id": town["public_id"], "document_type": "answers"},
        "withheld": at,
        "withhold": at,
        "report": {**at, "public_id": chain.measure.public_id},
        "feedback": dialogue,
        "respond": {**feedback, "finding_id": chain.finding.public_id},
        "feedback_publish": feedback,
    }


@pytest.fixture
def addresses(chain):
    """Every route by its name, filled with things of Provby, under a place."""

    def fill(place: str = "provby") -> dict[str, str]:
        return {name: reverse(f"workspace:{name}", kwargs=kwargs) for name, kwargs in where(chain, place).items()}

    return fill


def written() -> tuple[int, int]:
    """How much has been written: every act of staff leaves a line here."""
    return Event.objects.count(), Entry.objects.count()


def test_the_table_names_every_route(addresses):
    assert sorted(addresses()) == sorted(names(urls.urlpatterns))


def test_nobody_gets_past_the_door(addresses, client):
    known, before = addresses(), written()
    for name, address in known.items():
        for answer in (client.get(address), client.post(address, {"act": "sign"})):
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/logga-in/?next=/skrivbord/"), name
    assert written() == before


@pytest.mark.long
@pytest.mark.parametrize("part", ["coordinator", "police_coordinator", "chair"])
def test_another_municipalitys_people_reach_nothing_here(addresses, strangers, client, part):
    client.sign_in(getattr(strangers, part).person)
    addresses()
    before = written()
    assert client.get("/skrivbord/grannby/").status_code == 200
    for place in ("provby", "grannby"):
        for name, address in addresses(place).items():
            if name in OWN or (place == "grannby" and name in OWN_PLACE | _own_start(part)):
                continue
            assert client.get(address, check=False).status_code in {403, 404, 405}, (place, name)
            answer = client.post(address, _plausible(name), check=False)
            assert answer.status_code in {403, 404, 405}, (place, name)
    assert written() == before


def _own_start(part: str) -> set[str]:
    """Pages on which one starts something new in one's own place, which name nothing of Provby's."""
    own = {"agreement_new", "dialogue_new", "picture_new", "promise_new", "series_new", "withheld", "withhold"}
    own |= {"disclose"}
    return own if "coordinator" in part else set()


def _plausible(name: str) -> dict[str, str]:
    words = {"text": "Ett påstående.", "title": "Något", "reason": "Ett skäl.", "introduction": "Tack.", "rank": "1"}
    return {
        **words,
        "act": {"sign": "sign", "paper": "confirm"}.get(name, ""),
        "outcome": "published",
        "amount": "1",
        "value": "1",
    }


@pytest.mark.long
def test_a_reader_reads_the_desk_without_anything_to_press(addresses, chain, client):
    client.sign_in(chain.cast.reader.person)
    known, before = addresses(), written()
    for name, address in known.items():
        answer = client.get(address, check=name not in READ_FILES)
        if name in READ_FILES:
            assert answer["Content-Type"] == "application/pdf", name
        elif name in READ | OWN:
            assert answer.status_code == 200, name
            forms = [f for f in answer.page.document.all("form") if answer.page.document.inside(f, "main")]
            forms = [form for form in forms if form.get("method") == "post"]
            assert forms == [], name
            assert _leads_to(answer.page) <= READ | READ_FILES | OWN | {"handover"}, name
        else:
            assert answer.status_code in {403, 404, 405}, name
        if name not in {"home", "place"}:
            assert client.post(address, _plausible(name)).status_code in {403, 404, 405}, name
    assert written() == before


def _leads_to(page) -> set[str]:
    """The workspace's routes that the page has links to."""
    found = set()
    for link in page.links():
        path = link.address.split("?")[0].split("#")[0]
        if path.startswith("/skrivbord/"):
            found.add(resolve(path).url_name)
    return found


@pytest.mark.long
@pytest.mark.parametrize("part", ["police_coordinator", "chair", "contributor", "moderator"])
def test_no_link_at_the_desk_leads_where_one_may_not_go(addresses, chain, client, part):
    client.sign_in(getattr(chain.cast, part).person)
    known = addresses()
    pages = [client.get(known[name], check=False).page for name in sorted(READ | OWN)]
    links = {link.address.split("#")[0]: link.text for page in pages for link in page.links()}
    for path, words in links.items():
        if path.startswith("/skrivbord/"):
            assert client.get(path, check=False).status_code in {200, 302}, words


def test_what_only_a_button_asks_for_takes_no_visit(addresses, chain, client):
    client.sign_in(chain.cast.coordinator.person)
    for name in ONLY_POST:
        assert client.get(addresses()[name]).status_code == 405, name


def test_a_thing_is_found_only_under_its_own_place_and_parent(addresses, chain, client):
    """The address tells the truth: an id under another parent is not found, though one may see both."""
    client.sign_in(chain.cast.coordinator.person)
    swapped = {
        "problem_edit": (chain.picture.public_id, chain.picture_draft.public_id),
        "measure_edit": (chain.promise.public_id, chain.promise_draft.public_id),
        "respond": (chain.dialogue.public_id, chain.draft.public_id),
    }
    for name, (right, wrong) in swapped.items():
        address = addresses()[name]
        assert client.get(address).status_code == 200, name
        assert client.get(address.replace(right, wrong)).status_code == 404, name
    target = addresses()["target_remove"]
    assert client.post(target.replace(chain.promise.public_id, chain.promise_draft.public_id)).status_code == 404
