"""Several claims on one address in the same moment, with real commits."""

from __future__ import annotations

import pytest

from loftet.domain.places import actions
from loftet.domain.places.models import Slug

SCOPE = "dialoger:2062"


@pytest.mark.transactional
def test_claims_in_the_same_moment_all_get_an_address(real_database):
    def claim(subject: str):
        return lambda: actions.claim_slug(scope=SCOPE, wanted="Torget", subject_kind="dialogue", subject=subject)

    got = real_database.together(*(claim(f"subject0000{number}") for number in range(6)))
    assert sorted(got) == ["torget", "torget-2", "torget-3", "torget-4", "torget-5", "torget-6"]
    assert Slug.objects.filter(scope=SCOPE, is_current=True).count() == 6
