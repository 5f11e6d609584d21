"""Articles that try to run, to load or to look like something else, on every page that a reader
can come to, editing included."""

import threading
from collections import Counter
from urllib.parse import quote, urljoin, urlsplit

import pytest
from selenium.common.exceptions import NoAlertPresentException

from web.access.tokens import new_token
from web.server import listen
from web.settings import Settings

pytestmark = pytest.mark.browser

MOST_OF_KIND = 18
"""Pages of each kind that are looked at: of articles, persons, searches, …"""

NAME = "<script>window.foreign=1;alert(1)</script>\"'><img src=//foreign.example onerror=alert(1)>"
STARTS = [
    "/?q=мост",
    "/?q=мост&limit=100&facet.size=100",
    "/help",
    "/compare?q=мост&add=" + quote(NAME),
    "/sign-in",
    "/api/",
    *(f"/?{name}={quote(NAME)}" for name in ("q", "person", "source", "from", "sort", NAME)),
    *(f"/{kind}/{quote(NAME, safe='')}" for kind in ("articles", "persons", "nothing")),
    f"/sign-in?next={quote('javascript:alert(1)')}",
    f"/theme/dark?back={quote('//foreign.example')}",
]
FOREIGN = """
const bad = [], links = new Set();
const own = (address) => new URL(address, location).origin === location.origin;
for (const element of document.querySelectorAll("*")) {
  const tag = element.localName;
  for (const {name, value} of element.attributes) {
    if (name.startsWith("on") || name === "style" || name === "srcdoc" || name === "http-equiv")
      bad.push(`${tag} ${name}=${value}`);
    if (["src", "action", "formaction", "data", "poster", "xlink:href"].includes(name) && !own(value))
      bad.push(`${tag} ${name}=${value}`);
  }
  if (["iframe", "object", "embed", "base", "style", "frame"].includes(tag)) bad.push(tag);
  if (tag === "script" && !element.src) bad.push("script");
  if (tag === "a" && element.hasAttribute("href")) {
    const target = new URL(element.getAttribute("href"), location);
    if (own(target)) links.add(target.href.split("#")[0]);
    else if (!/^https?:$/.test(target.protocol)) bad.push(`link to ${target}`);
    else if (element.rel !== "noopener noreferrer") bad.push(`rel of ${target}`);
  }
}
if (window.foreign) bad.push("a script ran");
if (getComputedStyle(document.body).display === "none") bad.push("a style was applied");
return [bad, [...links]];
"""


@pytest.fixture(scope="module")
def foreign_site(foreign_folder, with_javascript):
    """The address of a server that edits an index of hostile articles, and a token's secret;
    what it made the browser keep is gone afterwards."""
    token, secret = new_token(NAME, edit=True)
    server = listen(foreign_folder, "127.0.0.1", 0, Settings(editing=True, session=token))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}", secret
    with_javascript.delete_all_cookies()
    server.close()
    thread.join(5)


def test_nothing_foreign_runs_loads_or_shows_as_markup(with_javascript, browser, foreign_site):
    browser.site, secret = foreign_site
    browser.open("/sign-in")
    browser.one("#token").send_keys(secret)
    browser.follow(browser.one("main button"))
    browser.console(), browser.requested()
    waiting, seen = [urljoin(browser.site, path) for path in STARTS], Counter()
    known = set(waiting)
    while waiting:
        address = waiting.pop(0)
        kind = urlsplit(address).path.split("/")[1]
        if seen[kind] == MOST_OF_KIND:
            continue
        seen[kind] += 1
        with_javascript.get(address)
        with pytest.raises(NoAlertPresentException):
            with_javascript.switch_to.alert.accept()
        bad, links = with_javascript.execute_script(FOREIGN)
        assert bad == [], address
        new = [link for link in links if link not in known and "/api/v1/" not in link]
        known.update(new)
        waiting += new
    assert seen["articles"] > 15 and seen["persons"] > 15 and seen["organizations"] > 10
    assert seen.keys() >= {"", "compare", "help", "api", "sign-in", "theme"}
    complaints = [line for line in browser.console() if "Failed to load resource" not in line]
    assert complaints == []
    assert {u for u in browser.requested() if not u.startswith(f"{browser.site}/")} == set()
