"""Nothing that an article or an address holds becomes markup or a live link."""

from html.parser import HTMLParser
from urllib.parse import quote

import pytest

HOSTILE_WORDS = "\"'><script>alert(1)</script>"


class Tags(HTMLParser):
    """Every tag of a page and its attributes."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def article_addresses(client) -> list[str]:
    tags = Tags(client.get("/?sort=-date").text).tags
    return [
        attributes["href"]
        for tag, attributes in tags
        if tag == "a" and attributes["href"].startswith("/articles/") and len(attributes) == 1
    ]


def urls(client) -> list[str]:
    hostile = quote(HOSTILE_WORDS)
    return [
        "/",
        "/?sort=-date",
        "/help",
        "/compare",
        f"/compare?person={hostile}&org={hostile}&q={hostile}&q=мост",
        f"/compare?add={hostile}&as=q",
        f"/compare?add={hostile}&as={hostile}",
        f"/persons/{quote('Имя ' + HOSTILE_WORDS)}",
        f"/organizations/{quote('Контора ' + HOSTILE_WORDS)}",
        f"/persons/{hostile}",
        f"/?q={hostile}",
        f"/?person={hostile}&source={hostile}&section.not={hostile}",
        f"/?{hostile}={hostile}",
        f"/?from={hostile}",
        f"/?lang={hostile}",
        f"/?q=date:{hostile}",
        f"/articles/{hostile}",
        f"/{hostile}",
        *article_addresses(client),
    ]


def test_no_page_holds_foreign_markup(hostile):
    for url in urls(hostile):
        page = hostile.get(url, follow_redirects=True)
        assert page.status_code in (200, 400, 404), url
        for tag, attributes in Tags(page.text).tags:
            assert tag != "img" and "style" not in attributes, url
            assert tag != "script" or attributes["src"].startswith("/static/"), url
            assert not any(name.startswith("on") for name in attributes), url
            if tag == "a":
                assert attributes["href"].lower().startswith(("/", "#", "https://")), url


def test_a_hostile_id_has_a_page(hostile):
    addresses = article_addresses(hostile)
    assert len(addresses) == 2
    pages = [hostile.get(address) for address in addresses]
    assert [page.status_code for page in pages] == [200, 200]
    text = "".join(page.text for page in pages)
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    assert "Без заголовка" in text


def test_only_addresses_of_the_web_become_links(hostile):
    html = "".join(hostile.get(address).text for address in article_addresses(hostile))
    assert html.count('class="original"') == 1
    assert 'href="HTTPS://gazeta.example/a?b=1&amp;c=&#34;2&#34;" rel="noopener noreferrer"' in html


def test_every_facet_of_a_hostile_name_can_be_chosen(hostile):
    facets = hostile.get("/api/v1/search").json["facets"]
    for field in ("person", "org", "source", "section"):
        (only,) = facets[field]["values"]
        page = hostile.get(f"/?{field}={quote(only['id'])}", follow_redirects=True)
        assert page.status_code == 200
        assert "Найдена 1 новость" in page.text


@pytest.mark.parametrize("query", ["%FF%FE", "%00", "%ED%A0%80", "a" * 2000, "(" * 500])
def test_odd_bytes_and_lengths_are_answered(hostile, query):
    for path in ("/?q=", "/api/v1/search?q=", "/?person=", "/articles/"):
        assert hostile.get(path + query, follow_redirects=True).status_code in (200, 400, 404)
