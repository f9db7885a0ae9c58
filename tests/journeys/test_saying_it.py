"""While a resident writes: what the guard would stop at and what others have said, told under the text."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

DIALOGUE = "/exempelby/dialoger/tryggare-vag-till-skolan/"
SAID = "En vandrande skolbuss vore en bra lösning för oss."
LIKE_IT = "Vandrande skolbuss vore en bra lösning för alla"
NAMED = "Parken som heter efter Selma Lagerlöf är mörk."


def test_a_hint_comes_while_writing_and_goes_when_it_no_longer_holds(installation, somebody, axe):
    resident = somebody(viewport={"width": 390, "height": 844})
    resident.go(f"{DIALOGUE}sag-det-sjalv/").write({"Vad vill du säga?": LIKE_IT})
    resident.page.get_by_role("link", name=SAID).wait_for()
    axe(resident.page)
    resident.write({"Vad vill du säga?": NAMED})
    resident.page.get_by_text("”Selma Lagerlöf” (namn)").wait_for()
    assert not resident.page.get_by_role("link", name=SAID).count()
    axe(resident.page)
    resident.write({"Vad vill du säga?": "Fler bänkar, tack."})
    resident.page.get_by_text("”Selma Lagerlöf” (namn)").wait_for(state="detached")
    assert not [address for address, _ in resident.sent if not address.endswith("/medan-du-skriver/")]


def test_what_another_has_said_is_answered_instead(installation, somebody):
    resident = somebody()
    resident.go(f"{DIALOGUE}sag-det-sjalv/").write({"Vad vill du säga?": LIKE_IT})
    resident.page.get_by_role("link", name=SAID).click()
    resident.comes_to(f"{DIALOGUE}delta/").reads(SAID)
    resident.press("Håller med").go(f"{DIALOGUE}mina-svar/").reads(SAID, "Ditt svar: håller med")
