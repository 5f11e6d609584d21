"""Time from a click on a facet to its result in the browser, and the weight of the first page.

Timed: from the click on a box to the frame after its hits, counts and time line are in place, in
headless Chromium against ``podshivka serve`` on the same machine; each click leads to a page that
was not asked for before. Beside it: how much of that was the request. The index is open already.
Corpus: an index of yours, else ``large_corpus`` (seed 1). Checked: the number of hits is the
count that stood beside the box.

    PYTHONPATH=. python tests/benchmarks/bench_page.py [--index DIR | --articles 200000]
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import NamedTemporaryFile, TemporaryDirectory
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import orjson
from large_corpus import large_corpus
from selenium import webdriver

from index.indexing import index_sources

CLICKS = 20
QUERIES = {"everything": "", "common word": "край", "two words": "губернатор мост"}
WIDTH_PX, HEIGHT_PX = 1280, 900

CLICK = """
const [number, done] = arguments;
const boxes = [...document.querySelectorAll(".facet .values input:not(:checked)")];
const box = boxes[number];
const count = box.closest("label").querySelector(".count").textContent.replace(/\\D/g, "");
box.scrollIntoView({ block: "center" });
performance.clearResourceTimings();
const started = performance.now();
document.addEventListener("redrawn", () => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => done({
    whole: performance.now() - started,
    request: performance.getEntriesByType("resource").at(-1).duration,
    count: Number(count),
    found: Number(document.querySelector("h1").textContent.replace(/\\D/g, "")),
    took: document.querySelector(".took").textContent,
  });
  port2.postMessage(null);
}), { once: true });
box.click();
"""

WEIGHT = """
const done = arguments[0];
new PerformanceObserver((list) => {
  const page = performance.getEntriesByType("navigation")[0];
  const parts = performance.getEntriesByType("resource");
  const [painted] = list.getEntriesByName("first-contentful-paint");
  if (!painted) return;
  done({
    html: page.transferSize,
    rest: parts.reduce((sum, part) => sum + part.transferSize, 0),
    files: parts.length,
    paint: painted.startTime,
  });
}).observe({ type: "paint", buffered: true });
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--index", type=Path)
    parser.add_argument("--articles", type=int, default=200_000)
    asked = parser.parse_args()
    with TemporaryDirectory() as home:
        folder = asked.index or build(Path(home), asked.articles)
        with serving(folder) as site, chromium() as driver:
            measure(driver, site)
    print(f"{platform.machine()}, Python {platform.python_version()}, {os.cpu_count()} cores")


def build(home: Path, n: int) -> Path:
    source = home / "articles.jsonl"
    with source.open("wb") as out:
        out.writelines(orjson.dumps(row) + b"\n" for row in large_corpus(n))
    report = index_sources(home / "index", [source])
    assert report.new == n
    return home / "index"


@contextmanager
def serving(folder: Path):
    """The address of a server in a process of its own."""
    command = [sys.executable, "-m", "web", "serve", "--index", str(folder), "--port", "0"]
    with NamedTemporaryFile() as log, open(log.name) as said:
        server = subprocess.Popen(command, stderr=log, stdout=subprocess.DEVNULL)
        try:
            while not (line := said.readline()):
                assert server.poll() is None, "the server has ended"
                time.sleep(0.1)
            yield next(word for word in line.split() if word.startswith("http")).rstrip("/")
        finally:
            server.terminate()
            server.wait()


@contextmanager
def chromium():
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=ru"):
        options.add_argument(argument)
    options.add_argument(f"--window-size={WIDTH_PX},{HEIGHT_PX}")
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))
    try:
        yield driver
    finally:
        driver.quit()


def warm(address: str) -> None:
    """Ask until the index is open: a first answer that takes too long is a 503."""
    for _ in range(5):
        try:
            urlopen(address).read()
            return
        except HTTPError as error:
            assert error.code == 503, error
    raise AssertionError("the server does not answer")


def measure(driver: webdriver.Chrome, site: str) -> None:
    first = f"{site}/?q={quote('край')}"
    warm(first)
    driver.get(first)
    weight = driver.execute_async_script(WEIGHT)
    print(
        f"first page: {weight['html'] / 1000:.1f} KB of HTML, {weight['rest'] / 1000:.1f} KB in "
        f"{weight['files']} files, first paint after {weight['paint']:.0f} ms"
    )
    print(f"{CLICKS} clicks, ms: median, worst, median of the request")
    for kind, query in QUERIES.items():
        address = f"{site}/?q={quote(query)}" if query else f"{site}/?sort=-date"
        clicks = []
        for number in range(CLICKS):
            driver.get(address)
            click = driver.execute_async_script(CLICK, number)
            assert click["count"] == click["found"], click
            clicks.append(click)
        whole = [click["whole"] for click in clicks]
        request = median(click["request"] for click in clicks)
        print(f"{kind:>12}: {median(whole):6.0f} {max(whole):6.0f} {request:6.0f}")


if __name__ == "__main__":
    main()
