"""Screenshots of ten views over the demo archive, to be looked at.

PYTHONPATH=. python tests/browser/screenshots.py DIR
"""

import base64
import sys
import threading
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from conftest import Browser, chromium

from index.indexing import index_sources
from index.readers import find_sources
from web.server import listen

VIEWS = {
    "search": ("/?q=губернатор", 1280, "light"),
    "search-dates": ("/?q=губернатор&from=2021-02&to=2021-03", 1280, "dark"),
    "search-phone": ("/?q=мост&bars=share", 390, "light"),
    "article": ("/articles/economy-001?q=мост", 1280, "light"),
    "article-phone": ("/articles/economy-001?q=мост&lang=en", 390, "dark"),
    "person": ("/persons/Екатерина Соловьёва", 1280, "light"),
    "compare": ("/compare?person=Тагиев&person=Екатерина Соловьёва&q=мост", 1280, "light"),
    "compare-shares": (
        "/compare?person=Тагиев&person=Екатерина Соловьёва&q=мост&interval=year&bars=share", 1280, "dark",
    ),
    "compare-phone": ("/compare?person=Тагиев&person=Екатерина Соловьёва&q=мост&lang=en", 390, "dark"),
    "start": ("/", 1280, "light"),
}  # fmt: skip
"""Each view's path, width in CSS pixels, and theme."""

HEIGHT_PX = {1280: 860, 390: 844}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home:
        index_sources(Path(home), find_sources([str(files("index") / "demo")]))
        server = listen(Path(home), "127.0.0.1", 0)
        threading.Thread(target=server.run, daemon=True).start()
        driver = chromium(javascript=True)
        browser = Browser(driver, f"http://127.0.0.1:{server.port}")
        try:
            for name, (path, width, theme) in VIEWS.items():
                browser.open(path, width, theme)
                (folder / f"{name}.png").write_bytes(picture(browser, width))
                print(folder / f"{name}.png")
        finally:
            driver.quit()
            server.close()


def picture(browser: Browser, width: int) -> bytes:
    """What a window of the width shows, as PNG."""
    clip = {"x": 0, "y": 0, "width": width, "height": HEIGHT_PX[width], "scale": 1}
    shot = browser.driver.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip})
    return base64.b64decode(shot["data"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
