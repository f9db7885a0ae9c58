"""How long a first view takes on a slow phone: 150 ms round trip, 1.6 Mbit/s, processor slowed four times, cold cache.

    python bench/first_view.py [--json FILE]

Prints a table with the median of five visits to each page: when the first and the largest content was painted, and
what came over the wire. In the same run, on the same profile, a page with a single sentence is visited: what is left
when a page costs nothing. The limit for the largest content is 1.5 seconds.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from loftet.testing.chromium import BROWSER_FLAGS, CHROMIUM, PHONE
from loftet.testing.installation import Installation

VISITS = 5
LIMIT = 1500  # milliseconds until the largest content
NETWORK = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWED = 4
BARE = b'<!doctype html><html lang="sv"><meta charset="utf-8"><title>En mening</title><p>En mening.</p></html>'
EXAMPLE = "/exempelby/"
PAGES = (
    "/",
    "/kommuner/",
    EXAMPLE,
    f"{EXAMPLE}dialoger/tryggare-vag-till-skolan/",
    f"{EXAMPLE}dialoger/tryggare-vag-till-skolan/delta/",
    f"{EXAMPLE}dialoger/trygg-i-centrum/resultat/",
    f"{EXAMPLE}medborgarloften/lugnare-kvallar-i-centrum/",
    f"{EXAMPLE}medborgarloften/lugnare-kvallar-i-centrum/kedjan/",
    "/medborgarloften/",
    "/loftesboken/",
)
PAINTED = """() => new Promise(done => {
  let largest = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { largest = entry.startTime; }))
    .observe({ type: 'largest-contentful-paint', buffered: true });
  setTimeout(() => {
    const first = performance.getEntriesByName('first-contentful-paint')[0];
    done([first ? first.startTime : 0, largest]);
  }, 200);
})"""


@dataclass(frozen=True)
class View:
    """The median of the visits to a page: milliseconds and bytes, and how many times the bare page's it took."""

    page: str
    first: float
    largest: float
    bytes: int
    times_bare: float = 1.0


@contextlib.contextmanager
def demo() -> Iterator[str]:
    """The address of a served demo that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="loftet-bench-") as folder:
        installation = Installation(Path(folder) / "home", is_demo=True)
        installation.command("demo")
        try:
            yield installation.start().address
        finally:
            installation.stop()


class BarePage(BaseHTTPRequestHandler):
    """Answers everything with one sentence."""

    def do_GET(self) -> None:
        """Send the sentence."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(BARE)))
        self.end_headers()
        self.wfile.write(BARE)

    def log_message(self, *_ignored) -> None:
        """Write no log."""


@contextlib.contextmanager
def bare_page() -> Iterator[str]:
    """The address of a server with nothing but the bare page."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BarePage)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def visit(browser: Browser, address: str) -> tuple[float, float, int]:
    """One visit with an empty cache: first and largest paint in milliseconds, and bytes over the wire."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    session, sizes = context.new_cdp_session(page), []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    page.goto(address, wait_until="networkidle")
    first, largest = page.evaluate(PAINTED)
    context.close()
    return first, largest, int(sum(sizes))


def view(browser: Browser, name: str, address: str) -> View:
    """The median of the visits to a page, after one that lets the server fill its own caches."""
    visit(browser, address)
    visits = [visit(browser, address) for _ in range(VISITS)]
    first, largest, size = (median(values) for values in zip(*visits, strict=True))
    return View(name, round(first), round(largest), int(size))


def measure() -> list[View]:
    """The bare page first, then every page of the product."""
    with demo() as site, bare_page() as bare, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=BROWSER_FLAGS)
        floor = view(browser, "(en mening)", f"{bare}/")
        views = [view(browser, page, site + page) for page in PAGES]
        browser.close()
    return [floor, *(View(v.page, v.first, v.largest, v.bytes, round(v.largest / floor.largest, 1)) for v in views)]


def table(views: list[View]) -> str:
    """The views as a table in Markdown."""
    lines = ["| page | first paint, ms | largest paint, ms | times the bare page | over the wire, bytes |"]
    lines.append("|---|---:|---:|---:|---:|")
    lines += [f"| {v.page} | {v.first:.0f} | {v.largest:.0f} | {v.times_bare} | {v.bytes} |" for v in views]
    return "\n".join(lines)


def main() -> int:
    """Measure, print, and end with 1 when a page is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as well")
    arguments = parser.parse_args()
    views = measure()
    print(table(views))
    if arguments.json:
        arguments.json.write_text(json.dumps([asdict(v) for v in views], ensure_ascii=False, indent=1) + "\n")
    slow = [v.page for v in views if v.largest > LIMIT]
    print(f"Over {LIMIT} ms: {', '.join(slow)}." if slow else f"All within {LIMIT} ms.")
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
