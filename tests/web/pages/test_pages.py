"""The pages: what they show and where their links lead."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from index.indexing import index_sources
from web.app import create_app

TUKUMOV = "erkin-tukumov-e0079aaf86"
SHAFIEV = "farid-shafiev-d9c7e8d052"


class Page(HTMLParser):
    """The links (text and address), form fields and headings of a page."""

    def __init__(self, html: str):
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.fields: list[dict[str, str | None]] = []
        self.text = ""
        self._address: str | None = None
        self._at = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "a":
            self._address, self._at = attributes["href"], len(self.text)
        if tag == "input":
            self.fields.append(attributes)

    def handle_endtag(self, tag):
        if tag == "a":
            self.links.append((" ".join(self.text[self._at :].split()), self._address))

    def handle_data(self, data):
        self.text += data

    def leads(self, words: str) -> list[tuple[str, str]]:
        """The parameters to which the first link with these words leads."""
        address = next(address for text, address in self.links if words in text)
        return parse_qsl(urlsplit(address).query)

    def field_values(self, name: str) -> list[str | None]:
        return [field.get("value") for field in self.fields if field.get("name") == name]

    def checked(self, name: str) -> list[str | None]:
        boxes = [field for field in self.fields if field.get("name") == name]
        return [box["value"] for box in boxes if "checked" in box]


def page(client, url: str) -> Page:
    answer = client.get(url)
    assert answer.status_code == 200, answer.headers.get("Location")
    return Page(answer.text)


def test_without_a_query_the_newest_articles_come_first(client):
    start = page(client, "/?sort=-date")
    assert "8 новостей в подшивке" in start.text
    titles = [text for text, address in start.links if address.startswith("/articles/")]
    assert titles[0] == "Совет без экспертов"
    assert "10 января 2023" in start.text and "сентябрь 2022" in start.text
    assert "2022 год" in start.text and "дата неизвестна" in start.text


def test_every_form_of_the_word_is_marked(client):
    html = client.get("/?q=визиты").text
    assert set(re.findall("<mark>(.*?)</mark>", html)) == {"Визит", "визит", "визитом", "визитов"}
    assert "Найдены 3 новости" in html
    assert "<title>визиты — 3 новости — Подшивка</title>" in html


def test_a_hit_explains_its_score(client):
    text = " ".join(page(client, "/?q=тонну+стали&explain=1").text.split())
    assert "Из чего сложилась оценка" in text
    assert "слово «сталь» в тексте: 2 раза, вес с учётом места" in text
    assert "как менее вероятная лемма в доле 0,30" in text
    assert "«тонну» и «стали» близко: расстояние в словах — 1" in text
    english = " ".join(page(client, "/?q=метал*+-спорт&explain=1&lang=en").text.split())
    assert "words like “метал*” in the text" in english
    assert "Из чего сложилась" not in page(client, "/?q=сталь").text


def test_a_page_is_as_english_as_it_was_asked_for(client):
    english = page(client, "/?q=визиты&lang=en")
    assert "3 stories found" in english.text and "Persons" in english.text
    assert 'lang="en"' in client.get("/?lang=en").text
    assert english.field_values("lang") == ["en"]
    assert english.leads("Русский") == [("q", "визиты")]
    for text, address in english.links:
        written = address.startswith(("/api/", "/theme/"))
        if not written and text not in ("Русский", "Skip to results", "Skip the chart"):
            assert ("lang", "en") in parse_qsl(urlsplit(address).query), text


def test_a_shared_address_says_what_it_leads_to(client):
    html = client.get("/?q=визиты&from=2022").text
    shared = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))
    assert shared["title"] == "визиты — 1 новость — Подшивка"
    assert shared["url"] == f"http://localhost/?q={quote('визиты')}&amp;from=2022"
    assert (shared["site_name"], shared["type"]) == ("Подшивка", "website")
    image = client.get(urlsplit(shared["image"]).path)
    assert (image.status_code, image.mimetype) == (200, "image/png")


def test_all_articles_and_the_start_page_have_titles_of_their_own(client):
    titles = [
        re.search("<title>(.*)</title>", client.get(url).text)[1] for url in ("/", "/?sort=date")
    ]
    assert titles == ["Подшивка — кто, что и когда сказал", "Все новости — Подшивка"]


def test_who_is_asked_for_is_among_the_chips_of_every_hit(demo_folder):
    client = create_app(demo_folder).test_client()
    html = client.get("/?person=Лев Ольховский&limit=50", follow_redirects=True).text
    hits = html.split('<article class="hit"')[1:]
    assert len(hits) > 9
    for hit in hits:
        assert 'class="chip person chosen"' in hit
        answer = client.get(
            re.search('href="(/articles/[^"?]*)', hit)[1].replace("/articles", "/api/v1/articles")
        ).json
        named = len(answer["persons"]) + len(answer["organizations"])
        more = re.search(r">и ещё (\d+)<", hit)
        assert hit.count('class="chip ') + int(more[1] if more else 0) == named


def test_a_theme_is_chosen_and_kept(folder):
    client = create_app(folder).test_client()
    assert "data-theme=" not in client.get("/").text
    english = page(client, "/?q=визиты&lang=en")
    (dark,) = (address for _, address in english.links if address.startswith("/theme/dark"))
    assert client.get(dark).headers["Location"] == f"/?q={quote('визиты')}&lang=en"
    for url in ("/", "/articles/visit", "/nothing"):
        assert '<html lang="ru" data-theme="dark">' in client.get(url).text
    client.get("/theme/system?back=/")
    assert "data-theme=" not in client.get("/").text
    assert client.get("/theme/blue").status_code == 404


@pytest.mark.parametrize(
    "back",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "\t//evil.example",
        "/?q=мост\r\nSet-Cookie: a=b",
        "/\n/evil.example",
        "",
    ],
)
def test_a_theme_leads_to_no_other_site(client, back):
    assert client.get(f"/theme/dark?back={quote(back)}").headers["Location"] == "/"


def test_a_facet_value_is_a_checked_box_and_a_chip_that_removes_it(client):
    found = page(client, f"/?q=визит&person={TUKUMOV}&from=2021")
    assert found.checked("person") == [TUKUMOV]
    assert found.leads("Эркин Тукумов×") == [("q", "визит"), ("from", "2021")]
    assert found.leads("с 2021 года×") == [("q", "визит"), ("person", TUKUMOV)]
    assert found.leads("Сбросить всё") == [("q", "визит")]


def test_a_range_of_one_month_is_one_chip(client):
    found = page(client, "/?q=визит&from=2022-08&to=2022-08")
    chip = next(text for text, _ in found.links if text.endswith("×"))
    assert re.fullmatch(r"август 2022\sг\.×", chip)
    assert found.leads(chip) == [("q", "визит")]


@pytest.mark.parametrize(
    "given, canonical",
    [
        ("person=Эркин Тукумов", f"person={TUKUMOV}"),
        ("person=тукумов", f"person={TUKUMOV}"),
        ("person=e0079aaf8644d556", f"person={TUKUMOV}"),
        ("person=e0079aaf86", f"person={TUKUMOV}"),
        ("person=another-name-e0079aaf86", f"person={TUKUMOV}"),
        ("org.not=ЦАМО&q=визит", f"q={quote('визит')}&org.not=tsamo-3b8b07bb95"),
        ("source=Каспийский вестник", "source=kaspiysky-vestnik-9c7cfd2751"),
        ("section.not=СПОРТ", "section.not=sport-a8e52187de"),
    ],
)
def test_what_stands_for_one_entity_leads_to_its_readable_address(client, given, canonical):
    answer = client.get(f"/?{given}")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/?{canonical}")
    assert client.get(f"/?{canonical}").status_code == 200


@pytest.mark.parametrize("name", ["Сергей Иванов", "Никто", "Салтыков-Щедрин", "no-one-0123456789"])
def test_a_name_of_several_or_of_none_stays_as_it_is(client, name):
    assert f'name="person" value="{name}"' in client.get(f"/?person={name}&facets=none").text


def test_an_entity_of_a_hit_adds_itself_to_the_filters(client):
    found = page(client, "/?q=заседание")
    assert found.leads("ЦАМО") == [("q", "заседание"), ("org", "tsamo-3b8b07bb95")]


def test_exclusion_absence_and_mode_are_kept_by_the_form(client):
    found = page(client, f"/?person.not={TUKUMOV}&org.missing=1&org.mode=all&limit=5")
    assert found.checked("person.not") == found.field_values("person.not") == [TUKUMOV]
    assert found.checked("org.mode") == ["all"]
    assert found.field_values("limit") == ["5"]
    assert found.checked("org.missing") == ["1"]
    assert "кроме: Эркин Тукумов" in found.text and "без организаций×" in found.text


def test_a_selection_without_its_boxes_is_kept_by_the_form(client):
    found = page(client, "/?section=sport-a8e52187de&from=2020&facets=none")
    assert found.field_values("section") == ["sport-a8e52187de"]
    assert found.field_values("facets") == ["none"]
    assert found.field_values("from") == ["2020"]


def test_bars_lead_to_their_month(client):
    html = client.get(
        "/?section=politika-2ef2c0274e&section=ekonomika-044d2bee71&interval=month"
    ).text
    bars = re.findall(
        r'<a href="([^"]*)" data-start="2022-08"><title>август 2022.г\.: 2 новости<', html
    )
    assert [parse_qsl(urlsplit(bar.replace("&amp;", "&")).query)[-3:] for bar in bars] == [
        [("from", "2022-08"), ("to", "2022-08"), ("interval", "month")]
    ]


def test_sorting_leads_from_the_default_and_back(client):
    found = page(client, "/?q=визит&sort=date")
    assert found.leads("сначала подходящие") == [("q", "визит")]
    assert found.leads("сначала новые") == [("q", "визит"), ("sort", "-date")]
    assert "сначала старые" not in [text for text, _ in found.links]
    assert found.field_values("sort") == ["date"]


def test_paging_keeps_the_state(client):
    found = page(client, "/?source=kaspiysky-vestnik-9c7cfd2751&limit=2&offset=2")
    state = [("source", "kaspiysky-vestnik-9c7cfd2751"), ("limit", "2")]
    assert found.leads("← Назад") == state
    assert found.leads("Дальше →") == [*state, ("offset", "4")]
    assert "3–4 из 5" in found.text


def test_past_the_end_a_way_back_is_shown(client):
    found = page(client, "/?offset=500")
    assert found.leads("К первой странице") == [("sort", "-date")]


@pytest.mark.parametrize(
    "given, canonical",
    [
        ("/?q=&from=&to=", "/?sort=-date"),
        ("/?q=+мост+&from=&person=", f"/?q={quote('мост')}"),
        ("/?limit=10&offset=0", "/?sort=-date"),
        ("/?from=19.08.2022", "/?from=2022-08-19"),
        ("/?q=&lang=en", "/?sort=-date&lang=en"),
        ("/?sort=-date&section=sport-a8e52187de", "/?section=sport-a8e52187de"),
        ("/?lang=ru", "/"),
        ("/?q=мост&bars=counts&lang=ru", f"/?q={quote('мост')}"),
        ("/articles/visit?q=&limit=10", "/articles/visit"),
        ("/facets/person?prefix=&q=мост&lang=de", f"/facets/person?q={quote('мост')}"),
        ("/help?from=", "/help"),
        (f"/persons/{TUKUMOV}?done=1", f"/persons/{TUKUMOV}"),
        ("/?org.missing=0&sort=date", "/?sort=date"),
        ("/?q=мост&group=reprints", f"/?q={quote('мост')}"),
        ("/?group=reprints", "/?sort=-date"),
        ("/?group=articles&q=", "/?group=articles"),
        ("/articles/visit?group=reprints", "/articles/visit"),
        ("/facets/org?group=reprints", "/facets/org"),
    ],
)
def test_empty_and_default_parameters_lead_to_the_short_address(client, given, canonical):
    answer = client.get(given)
    assert (answer.status_code, answer.headers["Location"]) == (302, canonical)
    assert client.get(canonical).status_code == 200


def test_nothing_found_offers_what_can_be_left_out(client):
    found = page(client, "/?q=мост&section=sport-a8e52187de&to=2000")
    assert "Ничего не нашлось" in found.text
    assert found.leads("Убрать: Спорт") == [("q", "мост"), ("to", "2000")]
    assert found.leads("Убрать: по 2000 год") == [("q", "мост"), ("section", "sport-a8e52187de")]


def test_a_repaired_query_says_so(client):
    assert "Скобка в запросе без пары" in client.get("/?q=(мост").text
    assert "A bracket in the query" in client.get("/?q=(мост&lang=en").text
    assert "Имени «Никто» в подшивке нет" in client.get("/?person=Никто").text
    assert "«Сергей Иванов» — это сразу несколько" in client.get("/?person=Сергей Иванов").text


def test_an_article_leads_back_to_its_results(client):
    article = page(client, "/articles/visit?q=визит&limit=2")
    assert article.leads("К результатам") == [("q", "визит"), ("limit", "2")]
    assert article.field_values("q") == ["визит"]
    assert page(client, "/articles/visit").leads("Ко всем новостям") == [("sort", "-date")]


def test_an_article_marks_the_query_and_links_to_the_original(client):
    html = client.get("/articles/visit?q=визиты").text
    assert "<h1><mark>Визит</mark> Токаева в Баку</h1>" in html
    assert "прибыл с <mark>визитом</mark> в Баку" in html
    assert (
        '<a class="original" href="https://kaspiy.example/visit" rel="noopener noreferrer">' in html
    )


def test_persons_and_organizations_are_marked_and_listed_with_roles(demo_folder):
    from search import Archive
    from search.answers.roles import worded
    from web.app import create_app

    archive = Archive(demo_folder)
    client = create_app(demo_folder).test_client()
    hit = client.get("/api/v1/search?q=губернатор&limit=1").json["results"][0]
    article = archive.article(hit["id"])
    html = client.get(f"/articles/{quote(hit['id'])}").text
    for kind in ("person", "organization"):
        marked = len(re.findall(f'<a class="{kind}"(?: id="[^"]+")? href="/{kind}s/', html))
        assert marked == sum(mention["kind"] == kind for mention in article["mentions"]) > 0
    roles = {worded(mention["role"]) for mention in article["mentions"] if mention["role"]}
    assert roles and all(role in html for role in roles)
    assert "Отметить имена" in html


def test_a_guessed_date_is_not_shown_as_a_fact(tmp_path):
    from index.indexing import index_sources
    from index.rows import Defaults
    from web.app import create_app

    source = tmp_path / "one.jsonl"
    source.write_text('{"id": "1", "text": "Мост.", "mentions": []}', "utf-8")
    index_sources(tmp_path / "index", [source], defaults=Defaults(date="2022"))
    client = create_app(tmp_path / "index").test_client()
    assert "(дата указана при загрузке)" in client.get("/").text
    assert "(дата указана при загрузке)" in client.get("/articles/1").text


def test_ambiguous_names_are_shown_as_such(tmp_path, write_rows):
    names = ["Сергей Михайлович Иванов", "Сергей Анатольевич Иванов", "Иванов", "Ольга Дюма"]
    rows = [
        {"text": f"Статья {n}", "persons": [name], "mentions": []} for n, name in enumerate(names)
    ]
    index_sources(tmp_path / "index", [write_rows(tmp_path / "a.jsonl", rows)])
    shown = page(create_app(tmp_path / "index").test_client(), "/?sort=-date").text
    assert re.findall(r"(\S+) 1−\s+неоднозначно", shown) == ["Иванов"]
    assert re.findall("Возможно, это:(.*?Иванов.*?Иванов)", " ".join(shown.split())) == [
        " Сергей Анатольевич Иванов Сергей Михайлович Иванов"
    ]


def test_a_value_is_excluded_with_a_click(client):
    addresses = [address for _, address in page(client, "/?q=визит&limit=2&offset=2").links]
    asked = [parse_qsl(urlsplit(address).query) for address in addresses]
    assert [("q", "визит"), ("person.not", TUKUMOV), ("limit", "2")] in asked


def test_all_of_several_persons_can_be_asked_for_but_not_of_sections(client):
    assert page(client, f"/?person={TUKUMOV}").checked("person.mode") == ["any"]
    assert page(client, "/?sort=-date").field_values("person.mode") == []
    assert page(client, "/?section=politika-2ef2c0274e").field_values("section.mode") == []


def test_a_facet_is_searched_on_a_page_of_its_own(client):
    found = page(client, f"/facets/person?q=совет&person={SHAFIEV}&prefix=тук&lang=en")
    assert found.field_values("person") == [SHAFIEV, SHAFIEV, TUKUMOV]
    assert found.checked("person") == []
    assert found.leads("Back to results") == [
        ("q", "совет"), ("person", SHAFIEV), ("lang", "en")
    ]  # fmt: skip
    assert "С таким началом ничего нет" in page(client, "/facets/org?prefix=щщщ").text
    assert client.get("/facets/colour").status_code == 404
    assert client.get("/facets/person?limit=many").status_code == 400


def test_a_lemma_and_a_form_are_left_out_and_taken_back_with_a_click(client):
    found = page(client, "/?q=стали&from=2022")
    assert found.leads("стать×") == [("q", "стали\\стать"), ("from", "2022")]
    assert found.leads("!сталь 1×") == [("q", "стали\\!сталь"), ("from", "2022")]
    left = page(client, "/?q=стали\\стать")
    assert left.leads("стать") == [("q", "стали")]


@pytest.fixture(scope="module")
def reprinted(tmp_path_factory, write_rows):
    """A client over two publications of a story, one of them at two addresses and changed."""
    home = tmp_path_factory.mktemp("reprinted")
    text = "Паром через Каменку отдадут музею речного флота, капитан Белых водит там экскурсии."
    rows = [
        {"id": "a", "title": "Паром", "text": "Паром ушёл.", "source": "Заречье"},
        {"id": "a", "title": "Паром", "text": text, "source": "Заречье", "date": "2021-05-03"},
        {"id": "b", "title": "Экскурсии", "text": text, "source": "Речинформ"},
        {"url": "https://c.example/parom", "text": f"{text} Ремонт начнётся в июне."},
        {"url": "https://d.example/parom", "text": f"{text} Ремонт начнётся в июне."},
    ]
    source = write_rows(home / "rows.jsonl", [row | {"mentions": []} for row in rows])
    index_sources(home / "index", [source])
    return create_app(home / "index").test_client()


def test_hits_say_how_many_reprints_there_are_and_lead_to_them(reprinted):
    page = reprinted.get("/?sort=-date").text
    assert '<a href="/articles/a#publications">ещё 2 перепечатки</a>' in page


def test_an_article_shows_its_publications_addresses_and_versions(reprinted):
    page = reprinted.get("/articles/a").text
    assert "Где напечатано" in page and '<a href="/articles/b" lang="ru">Экскурсии</a>' in page
    assert "эта статья" in page
    assert "Прежние версии" in page and "<del>ушёл</del>" in page
    other = next(
        hit["id"]
        for hit in reprinted.get("/api/v1/search").json["results"]
        if hit["url"] == "https://c.example/parom"
    )
    assert "<li>https://d.example/parom</li>" in reprinted.get(f"/articles/{other}").text


def test_a_query_that_finds_nothing_offers_what_was_meant(client):
    page = client.get("/?q=призидент&to=2022").text
    assert "Возможно, вы искали" in page
    assert f'href="/?q={quote("президент")}&amp;to=2022"' in page and "в 1 новости" in page
    assert "Слова «щщщщ» нет ни в одной статье." in client.get("/?q=мост+щщщщ").text


def test_a_query_that_is_a_name_offers_the_person_above_the_hits(client):
    page = client.get("/?q=Тукумова").text
    assert page.index("Показать всё о персоне: Эркин Тукумов") < page.index('id="results"')
    assert f'href="/persons/{TUKUMOV}"' in page
