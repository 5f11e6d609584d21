"""Under a path of another site, behind a proxy: every address leads there."""

import http.client
import json
import re
import threading
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from web.access.tokens import new_token
from web.cli import podshivka
from web.server import listen
from web.settings import Settings

ADDRESSES = ("href", "src", "action", "formaction", "data-url", "content")


class Addresses(HTMLParser):
    """The addresses of this site in a page."""

    def __init__(self, html: str):
        super().__init__()
        self.found: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name in ADDRESSES and value and value.startswith("/"):
                self.found.add(value)


@pytest.fixture(scope="module")
def behind(folder):
    """A function that asks a server which a proxy shows under /archive."""
    token, secret = new_token("Дежурный", edit=True)
    settings = Settings(prefix="/archive", proxy="127.0.0.1", editing=True, session=token)
    server = listen(folder, "127.0.0.1", 0, settings)
    thread = threading.Thread(target=server.run)
    thread.start()

    def ask(path: str, method: str = "GET", body: str | None = None, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"X-Forwarded-Proto": "https", **named})
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        return answer, content

    ask.secret = secret
    yield ask
    server.close()
    thread.join(60)


def test_every_address_of_every_page_is_under_the_prefix(behind):
    waiting, seen = ["/archive/?q=%D1%81%D0%BE%D0%B2%D0%B5%D1%82", "/archive/nothing"], set()
    while waiting and len(seen) < 60:
        path = waiting.pop(0)
        seen.add(path)
        answer, html = behind(path)
        assert answer.status in (200, 302, 303, 404), path
        if answer.headers["Location"]:
            assert answer.headers["Location"].startswith("/archive/")
        if "text/html" in answer.headers["Content-Type"]:
            found = Addresses(html).found
            assert found and all(address.startswith("/archive/") for address in found), path
            waiting += [a for a in sorted(found) if a not in seen and "/export" not in a]
    assert len(seen) == 60


@pytest.mark.parametrize("stripped", ["", "/archive"])
def test_a_proxy_may_leave_the_prefix_or_take_it_away(behind, stripped):
    answer, content = behind(f"{stripped}/api/v1/search?limit=1", Host="localhost")
    links = json.loads(content)["links"]
    assert answer.status == 200
    assert all(link.startswith("/archive/api/v1/") for link in links.values())
    assert answer.headers["Link"] == f'<https://localhost{links["next"]}>; rel="next"'
    following = json.loads(behind(links["next"])[1])
    assert following["links"]["self"] == links["next"]
    (server,) = json.loads(behind("/archive/api/v1/openapi.json")[1])["servers"]
    assert server["url"] == "/archive/api/v1"


def test_a_feed_names_the_site_as_its_readers_know_it(behind):
    assert behind("/archive/api/v1/export?format=rss", Host="news.example")[0].status == 421
    feed = behind("/archive/api/v1/export?format=rss", Host="localhost")[1]
    links = re.findall("<link>(.*?)</link>", feed)
    assert links[0].startswith("https://localhost/archive/?")
    assert "https://localhost/archive/articles/council" in links


def test_the_form_to_sign_in_leads_back_under_the_prefix(behind):
    (form,) = re.findall('class="account" href="([^"]*)"', behind("/archive/help?lang=en")[1])
    assert form == "/archive/sign-in?next=/archive/help?lang%3Den"


def test_the_cookie_of_who_signs_in_is_for_the_prefix_and_for_https(behind):
    answer, _ = behind(
        "/archive/sign-in",
        "POST",
        f"token={behind.secret}",
        Content_Type="application/x-www-form-urlencoded",
        Sec_Fetch_Site="same-origin",
    )
    assert (answer.status, answer.headers["Location"]) == (303, "/archive/")
    cookie = answer.headers["Set-Cookie"]
    assert "Path=/archive/" in cookie and "Secure" in cookie and "HttpOnly" in cookie


def test_what_a_proxy_would_say_is_believed_of_nobody_else(folder):
    server = listen(folder, "127.0.0.1", 0, Settings())
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        told = {
            "X-Forwarded-Prefix": "/evil",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-For": "192.0.2.1",
            "Forwarded": "host=evil.example;proto=https",
        }
        connection.request("GET", "/api/v1/export?format=rss", headers=told)
        feed = connection.getresponse().read().decode()
        assert f"<link>http://127.0.0.1:{server.port}/?" in feed
        assert "evil" not in feed and "https://127" not in feed
    finally:
        server.close()
        thread.join(60)


@pytest.mark.parametrize("prefix", ["archive", "/a b", "/ж", "//a", "/a?b", "https://x"])
def test_a_prefix_that_is_no_path_is_wrong_usage(prefix):
    assert CliRunner().invoke(podshivka, ["serve", "--prefix", prefix]).exit_code == 2
