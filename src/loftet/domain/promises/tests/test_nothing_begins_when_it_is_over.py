"""When a partnership has ended, what is begun may be finished, but nothing new is begun."""

from __future__ import annotations

from datetime import timedelta

import pytest

from loftet.domain.base import clock
from loftet.domain.base.errors import DomainError
from loftet.domain.parties.models import Partnership
from loftet.testing import factories


@pytest.mark.parametrize("begin", [factories.make_picture, factories.make_promise, factories.make_agreement])
def test_nothing_new_is_begun(cast, begin):
    picture = factories.make_picture(cast)
    how = {"is_signed": False} | ({} if begin is factories.make_picture else {"is_proposed": False})
    if begin is factories.make_promise:
        how |= {"problem": picture.problems.get(), "is_sharp": False}
    begin(cast, **how)
    long_ago = clock.day_of(clock.now()) - timedelta(days=20)
    Partnership.objects.filter(pk=cast.partnership.pk).update(ends=long_ago)
    cast.partnership.refresh_from_db()
    with pytest.raises(DomainError, match="Inget nytt är påbörjat"):
        begin(cast, **how)
