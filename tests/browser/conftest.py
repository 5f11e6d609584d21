"""The real server over the demo articles, and headless Chromium to look at it."""

import json
import shutil
import threading
from urllib.parse import parse_qs, urlsplit

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

from web.server import listen


@pytest.fixture(scope="session")
def site(demo_folder):
    """The address of a server that answers while the tests run."""
    server = listen(demo_folder, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.close()
    thread.join(5)


def chromium(javascript: bool) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=ru"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not javascript:
        forbidden = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", forbidden)
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)


@pytest.fixture(scope="session")
def with_javascript():
    driver = chromium(javascript=True)
    yield driver
    driver.quit()


@pytest.fixture(scope="session")
def without_javascript():
    driver = chromium(javascript=False)
    yield driver
    driver.quit()


class Browser:
    """What the tests do with a page and read from it."""

    def __init__(self, driver: webdriver.Chrome, site: str):
        self.driver = driver
        self.site = site

    def open(self, path: str = "/", width: int = 1280, theme: str = "light") -> None:
        """Open a path of the site in a window of this width, in CSS pixels."""
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        feature = {"name": "prefers-color-scheme", "value": theme}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        self.driver.get(self.site + path)

    def one(self, selector: str):
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list:
        return self.driver.find_elements("css selector", selector)

    def texts(self, selector: str) -> list[str]:
        return [element.text for element in self.all(selector)]

    def link(self, words: str):
        return self.driver.find_element("partial link text", words)

    def follow(self, element) -> None:
        """Click what leads to another page, and wait until this one is gone."""
        self.left(element.click)

    def left(self, action) -> None:
        """Do what leads to another page, and wait until this one is gone."""
        page = self.one("html")
        action()
        self.until(staleness_of(page))

    def moved(self, action) -> None:
        """Do something and wait until it has led to another address, shown whole."""
        before = self.driver.current_url
        action()
        self.until(
            lambda driver: (
                driver.current_url != before
                and driver.execute_script("return document.readyState") == "complete"
            )
        )
        self.settled()

    def settled(self) -> None:
        """Wait until no part of the page is being fetched."""
        self.until(lambda _: not self.all("[aria-busy]"))

    def until(self, condition) -> None:
        """Wait until something is so; it is asked of the driver."""
        # while a page or a part of it goes, chromedriver may fail to say what is there
        wait = WebDriverWait(self.driver, 10, ignored_exceptions=[WebDriverException])
        wait.until(condition)

    def params(self) -> dict[str, list[str]]:
        """The parameters of the page's address."""
        return parse_qs(urlsplit(self.driver.current_url).query)

    def check(self, field: str, place: int = 0) -> tuple[str, int]:
        """Scroll to the box of a facet's value and click on it; its name and its count."""
        label = self.all(f".facet.{field} .values label")[place]
        name = label.find_element("css selector", ".name").text
        count = int(label.find_element("css selector", ".count").text)
        self.center(label)
        label.find_element("css selector", "input").click()
        return name, count

    def center(self, element) -> None:
        """Scroll until an element is in the middle of the window."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)

    def run(self, script: str, *arguments):
        """What a script returns."""
        return self.driver.execute_script(script, *arguments)

    def total(self) -> int:
        """The number in the heading of the results."""
        return int("".join(filter(str.isdigit, self.one("h1").text)))

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        return self.driver.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )

    def scrolled(self) -> float:
        """How far the page is scrolled down, in pixels."""
        return self.driver.execute_script("return scrollY")

    def transferred(self) -> int:
        """The bytes that came over the wire since the log was read last, headers included."""
        log = self.driver.get_log("performance")
        events = [json.loads(entry["message"])["message"] for entry in log]
        return sum(
            int(event["params"]["encodedDataLength"])
            for event in events
            if event["method"] == "Network.loadingFinished"
        )

    def requested(self) -> set[str]:
        """The addresses requested since this was asked last."""
        log = self.driver.get_log("performance")
        events = [json.loads(entry["message"])["message"] for entry in log]
        return {
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        }

    def console(self) -> list[str]:
        """What the console says since this was asked last."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture
def browser(with_javascript, site):
    return Browser(with_javascript, site)


@pytest.fixture
def plain_browser(without_javascript, site):
    """A browser that runs no scripts."""
    return Browser(without_javascript, site)
