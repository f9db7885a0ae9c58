"""What a first view of each public page costs a phone: bytes over the wire, and nothing that moves while it loads.

Measured in the browser with an empty cache, as compressed on the wire with headers. How long the first view takes
depends on the machine and is measured by `bench/first_view.py`, not here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

pytestmark = pytest.mark.browser

PAGE_AT_MOST, STYLES_AND_SCRIPTS_AT_MOST = 60_000, 20_000
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
PLACE = "/exempelby/"
SCHOOL = f"{PLACE}dialoger/tryggare-vag-till-skolan/"
# Beside one of each kind that the crawler finds: the open dialogue, where people come first.
MORE = (SCHOOL, f"{SCHOOL}delta/", f"{SCHOOL}resultat/")
SHIFTS = """() => new Promise(done => {
  const found = [];
  new PerformanceObserver(list => list.getEntries().forEach(entry => found.push(
      [entry.value, ...entry.sources.map(source => source.node?.outerHTML?.slice(0, 80) ?? '')])))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(found), 150);
})"""


@dataclass
class Wire:
    """What has come over the wire, in bytes, by what it is."""

    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, page) -> Wire:
        """Listen to a page from now on."""
        wire, session = cls(), page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", lambda e: wire.kinds.update({e["requestId"]: e["type"]}))
        session.on("Network.loadingFinished", lambda e: wire.sizes.update({e["requestId"]: e["encodedDataLength"]}))
        return wire

    def total(self, *kinds: str) -> int:
        """All of it, or all of some kinds."""
        return sum(size for key, size in self.sizes.items() if not kinds or self.kinds.get(key) in kinds)


@pytest.fixture
def installation(shared_installation):
    """These tests only read."""
    return shared_installation


@pytest.fixture(scope="module")
def addresses(browser, shared_installation, crawl) -> list[str]:
    """A page of every public kind."""
    context = browser.new_context(base_url=shared_installation.address)
    found = crawl(context.new_page(), "/", most_of_a_kind=1, wanted=lambda kind: kind.startswith("public:"))
    addresses = [address for _, address in found]
    context.close()
    assert len(addresses) >= 18
    return list(dict.fromkeys([*addresses, *MORE]))


def test_a_first_view_is_light_and_holds_still(new_page, addresses):
    faults = []
    for address in addresses:
        page = new_page(**PHONE)
        wire = Wire.of(page)
        page.goto(address, wait_until="networkidle")
        shifts = page.evaluate(SHIFTS)
        styles = wire.total("Stylesheet", "Script")
        assert 0 < styles < wire.total()
        print(f"{wire.total():7} bytes, styles and scripts {styles:6}  {address}")
        if wire.total() > PAGE_AT_MOST:
            faults.append(f"{address} weighs {wire.total()} bytes, at most {PAGE_AT_MOST} are allowed.")
        if styles > STYLES_AND_SCRIPTS_AT_MOST:
            faults.append(f"{address} has {styles} bytes of styles and scripts.")
        if shifts:
            faults.append(f"{address} moves while it loads: {shifts}")
        page.close()
    assert not faults, "\n".join(faults)
