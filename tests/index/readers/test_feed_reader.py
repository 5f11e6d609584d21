"""RSS and Atom files as rows."""

import re

import pytest

from index.indexing import index_sources
from index.readers import Row, Unreadable, read_source
from search import Archive, Request

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Речной вестник</title>
<item><title>Мост &amp; паром</title><link>https://reka.example/most</link><guid>n-1</guid>
<pubDate>Wed, 24 Aug 2022 00:30:00 +0300</pubDate><category>Город</category>
<author>Анна Ветрова</author><description>Кратко.</description>
<content:encoded><![CDATA[<p>Мост открыли <b>вчера</b>.</p><p>Паром&nbsp;ушёл.</p>]]></content:encoded>
</item>
<item><title>Без ссылки</title><guid isPermaLink="false">n-2</guid>
<description>Лёд &lt;br&gt; встал</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Атом</title>
<entry><title>Заголовок</title><id>urn:1</id><link href="https://atom.example/1"/>
<updated>2023-01-02T10:00:00Z</updated><summary>Снег пошёл.</summary></entry></feed>"""


def write(tmp_path, content, name="feed.xml", encoding="utf-8"):
    path = tmp_path / name
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251"])
def test_rss(tmp_path, encoding):
    path = write(tmp_path, RSS.format(encoding=encoding), encoding=encoding)
    first, second = (row.content for row in read_source(path))
    assert first == {
        "title": "Мост & паром",
        "text": "Мост открыли вчера.\n\nПаром ушёл.",
        "date": "Wed, 24 Aug 2022 00:30:00 +0300",
        "url": "https://reka.example/most",
        "source": "Речной вестник",
        "section": "Город",
        "authors": ["Анна Ветрова"],
    }
    assert (second["text"], second["date"]) == ("Лёд\n\nвстал", None)


def test_atom_is_known_by_its_content(tmp_path):
    (row,) = read_source(write(tmp_path, ATOM, "dump.txt"))
    assert (row.content["url"], row.content["source"]) == ("https://atom.example/1", "Атом")


@pytest.mark.parametrize(
    "id, url", [("urn:1", None), ("https://a.example/1", "https://a.example/1")]
)
def test_an_id_is_an_address_only_if_it_looks_like_one(tmp_path, id, url):
    feed = re.sub("<link[^>]*/>", "", re.sub("<id>.*?</id>", f"<id>{id}</id>", ATOM))
    (row,) = read_source(write(tmp_path, feed, "a.atom"))
    assert (row.content["url"], row.key) == (url, id)


@pytest.mark.parametrize(
    "content",
    [
        ATOM.replace("<feed", "<!-- Редакция --><feed"),
        ATOM.replace("<feed", f"<!--{'х' * 2000}-->\n<?xml-stylesheet href='a.xsl'?><feed"),
        ATOM.replace('<?xml version="1.0"?>', "\ufeff<!-- Редакция -->\n"),
        re.sub("(</?)([a-z])", r"\1a:\2", ATOM).replace("xmlns=", "xmlns:a="),
    ],
)
def test_what_stands_before_the_first_element_hides_no_feed(tmp_path, content):
    found = [row.content["title"] for row in read_source(write(tmp_path, content))]
    assert found == [row.content["title"] for row in read_source(write(tmp_path, ATOM))]


def test_the_day_is_that_of_the_feed(tmp_path):
    report = index_sources(tmp_path / "index", [write(tmp_path, RSS.format(encoding="utf-8"))])
    assert report.new == 2
    found = Archive(tmp_path / "index").search(Request(q="паром"))["results"]
    assert [(hit["date"], hit["date_provenance"]) for hit in found] == [("2022-08-24", "metadata")]


def test_a_feed_read_again_brings_nothing_new(tmp_path):
    path = write(tmp_path, RSS.format(encoding="utf-8"))
    index_sources(tmp_path / "index", [path])
    again = index_sources(tmp_path / "index", [path])
    assert (again.new, again.unchanged) == (0, 2)


def test_a_feed_that_breaks_off_gives_what_it_has(tmp_path):
    whole = RSS.format(encoding="utf-8")
    path = write(tmp_path, whole[: whole.index("<item><title>Без")] + "<item><title>Обр")
    *rows, broken = read_source(path)
    assert isinstance(rows[0], Row) and rows[0].content["title"] == "Мост & паром"
    assert isinstance(broken, Unreadable)
    assert broken.reason == "broken after entry 2: no element found"


def test_entities_are_not_unfolded(tmp_path):
    bomb = '<!DOCTYPE rss [<!ENTITY a "ха">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8)
    )
    bomb += "]>"
    feed = RSS.format(encoding="utf-8").replace("<rss", f"{bomb}<rss", 1).replace("Кратко", "&i;")
    found = list(read_source(write(tmp_path, feed)))
    assert all(len(str(row.content)) < 10_000 for row in found if isinstance(row, Row))
