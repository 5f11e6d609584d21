from datetime import date

import pytest

from index.article import Article
from index.mentions import Mention
from index.rows import Defaults, RowError, article_from_row

MENTION = {"kind": "person", "entity": "А  Мост", "start": 0, "stop": 4, "text": "Мост"}


def article(row, **options):
    return article_from_row(row, **options)[0]


def test_all_fields():
    found = article(
        {
            "id": 7,
            "title": "Визит",
            "text": "Токаев прибыл.",
            "date": "2022-08",
            "url": "https://a.example/1",
            "source": "Вестник",
            "section": "Политика",
            "authors": ["А. Автор", "Б. Второй"],
            "persons": ["Касым-Жомарт Токаев"],
            "organizations": "МИД; ЦАМО",
            "extra": {"kept": "elsewhere"},
        }
    )
    assert (found.id, found.date, found.date_provenance) == ("7", "2022-08", "given")
    assert found.authors == ("А. Автор", "Б. Второй")
    assert found.organizations == ("МИД", "ЦАМО")
    assert found.mentions is None


@pytest.mark.parametrize(
    "row",
    [
        {
            "headline": "Т",
            "body": "Слова",
            "link": "https://a.example",
            "pubDate": "2022",
            "topic": "С",
        },
        {
            "Title": "Т",
            "Content": "Слова",
            "URL": "https://a.example",
            "published": 2022,
            "category": "С",
        },
        {
            "заголовок": "Т",
            "текст": "Слова",
            "ссылка": "https://a.example",
            "дата": "2022",
            "рубрика": "С",
        },
        {
            "Название": "Т",
            "Содержание": "Слова",
            "Ссылка": "https://a.example",
            "Дата публикации": "2022",
            "Раздел": "С",
        },
    ],
)
def test_aliases(row):
    found = article(row)
    assert (found.title, found.text, found.url) == ("Т", "Слова", "https://a.example")
    assert (found.date, found.section) == ("2022", "С")


def test_a_russian_table_names_where_an_article_is_from_and_who_is_in_it():
    row = {"Текст статьи": "Слова", "Издание": "Край", "Авторы": "А. Б.; В. Г.", "Персоны": "Д. Е."}
    found = article(row)
    assert (found.text, found.source, found.authors) == ("Слова", "Край", ("А. Б.", "В. Г."))
    assert found.persons == ("Д. Е.",)


def test_surest_alias_wins():
    assert article({"content": "б", "text": "а", "title": "т"}).text == "а"


def test_identity_is_the_id_else_the_address_else_the_text():
    by_url = article({"text": "а", "url": "https://a.example/1"}).id
    assert article({"text": "другой", "url": "https://a.example/1"}).id == by_url
    by_text = article({"text": "а"}).id
    assert article({"text": "а", "source": "X"}).id == by_text != by_url
    assert article({"text": "б"}).id != by_text
    sites = {article({"text": text, "url": "https://a.example/"}).id for text in ("а", "б")}
    assert len(sites) == 2
    assert article({"text": "б"}, key="file:///a").id == article({"text": "в"}, key="file:///a").id


def test_digest_tells_changes_of_what_the_source_says():
    row = {"id": "1", "text": "а", "date": "2022"}
    same = article(row).digest
    assert article(dict(row)).digest == same
    assert article(row | {"date": "2023"}).digest != same
    assert article(row | {"persons": ["А. Б."]}).digest != same


@pytest.mark.parametrize("mentions", [[], [MENTION]])
def test_what_is_stored_of_an_article_is_all_of_it(mentions):
    row = {"id": "1", "text": 'Мост, "digest":"" и \\"digest":"', "mentions": mentions}
    found = article(row | {"title": '","digest":"', "date": "2022", "authors": ["А. Б."]})
    for kept in (found, found.under("2"), found.also_at(["https://a.example"]).under("3")):
        assert Article.from_json(kept.to_json()) == kept and len(kept.digest) == 32


@pytest.mark.parametrize(
    "row, message",
    [
        ([1], "expected a JSON object, found list"),
        ({}, "text: no title and no text; one of them is required, the row has nothing"),
        (
            {"title": " ", "hdr": 1},
            "text: no title and no text; one of them is required, the row has title, hdr",
        ),
        ({"text": ["а"]}, "text: expected a string, found list"),
        ({"text": "а", "persons": 5}, "persons: expected a list, found int"),
        ({"text": "а", "authors": [{}]}, "authors: expected a string, found dict"),
        ({"text": "а", "mentions": [{"kind": "person"}]}, "mentions: a mention has kind, entity"),
        (
            {
                "text": "а",
                "mentions": [{"kind": "place", "entity": "А", "start": 0, "stop": 1, "text": "а"}],
            },
            "mentions: kind is person or organization, found 'place'",
        ),
        (
            {
                "text": "а",
                "mentions": [{"kind": "person", "entity": "А", "start": 0, "stop": 2, "text": "а"}],
            },
            "mentions: start and stop lie inside the article's title and text, 0 to 1; found 0 and 2",
        ),
    ],
)
def test_wrong_rows_name_the_field(row, message):
    with pytest.raises(RowError) as error:
        article_from_row(row)
    assert str(error.value).startswith(message)


def test_a_wrong_date_is_refused_and_the_article_goes_in():
    found, dated = article_from_row({"text": "а", "date": "31.02.2022"})
    assert (found.date, found.date_provenance) == (None, None)
    assert dated.refused == ("given: '31.02.2022' is in no calendar",)


def test_a_date_without_a_year_is_kept_as_it_is_written():
    row = {"text": "19 августа в Баку состоялось заседание."}
    found = article(row)
    assert (found.date, found.date_written) == (None, "19 августа")
    completed = article(row, defaults=Defaults(date="2022"))
    assert (completed.date, completed.date_provenance) == ("2022-08-19", "option")
    assert completed.date_written is None


def test_the_day_of_the_run_is_the_last_but_one():
    defaults = Defaults(today=date(2022, 8, 19))
    assert article({"text": "а", "date": "2022-08-20"}, defaults=defaults).date == "2022-08-20"
    assert article({"text": "а", "date": "2022-08-21"}, defaults=defaults).date is None


def test_defaults_complete_what_the_row_does_not_say():
    defaults = Defaults(source="Вестник", date="2022")
    found = article({"text": "а"}, defaults=defaults)
    assert (found.source, found.date, found.date_provenance) == ("Вестник", "2022", "option")
    assert article({"text": "а", "date": "2021", "source": "Х"}, defaults=defaults).date == "2021"


def test_columns_are_mapped():
    defaults = Defaults(columns={"text": "материал"})
    assert article({"материал": "а"}, defaults=defaults).text == "а"
    assert article({"text": "б"}, defaults=defaults).text == "б"


def test_mentions_mean_annotated():
    mention = {
        "kind": "person",
        "entity": "Эркин Тукумов",
        "start": 0,
        "stop": 7,
        "text": "Тукумов",
    }
    found = article({"text": "Тукумов сказал", "persons": ["Фарид Шафиев"], "mentions": [mention]})
    assert found.persons == ("Фарид Шафиев", "Эркин Тукумов")
    assert found.mentions == (Mention(**mention),)


def test_control_characters_keep_the_places_of_the_others():
    found = article({"title": "а\x00б", "text": "в\r\nг\x1b[31m\ud800"})
    assert (found.title, found.text) == ("а б", "в \nг [31m ")


def test_times_since_1970():
    assert article({"text": "а", "timestamp": 1660867200}).date == "2022-08-19"
    assert article({"text": "а", "timestamp": 1660867200000}).date == "2022-08-19"
    assert article({"text": "а", "timestamp": "1660867200"}).date == "2022-08-19"
    assert article({"text": "а", "timestamp": "1660867200000"}).date == "2022-08-19"
    assert article({"text": "а", "timestamp": 20220819}).date == "2022-08-19"
    assert article({"text": "а", "date": 2022.0}).date == "2022"


@pytest.mark.parametrize("seconds", ["945648000", "1660867200.5", " 1660867200 "])
def test_times_since_1970_in_digits(seconds):
    expected = "1999-12-20" if seconds.startswith("9") else "2022-08-19"
    assert article({"text": "а", "date": seconds}).date == expected


@pytest.mark.parametrize(
    "digits",
    ["1412312359", "1501010930", "0108221030", "108221030", "1908202215", "0108202215",
     "1412312359.30", "2508221030", "١٦٦٠٨٦٧٢٠٠"],
)  # fmt: skip
def test_digits_that_may_be_another_date_are_no_time_since_1970(digits):
    found, dated = article_from_row({"text": "а", "date": digits})
    assert found.date is None and "is no date" in dated.refused[0]


@pytest.mark.parametrize("time", ["", "1030", "103000"])
def test_dates_of_digits_alone(time):
    assert article({"text": "а", "date": f"20220819{time}"}).date == "2022-08-19"
    assert article({"text": "а", "date": int(f"20220819{time}")}).date == "2022-08-19"
    assert article({"text": "а", "date": float(f"20220819{time}")}).date == "2022-08-19"


@pytest.mark.parametrize("date", [True, {"year": 2022}, ["2022"], {"$date": {}}, 1e99])
def test_a_date_of_another_kind_costs_the_date_only(date):
    found, dated = article_from_row({"text": "а", "date": date})
    assert (found.text, found.date) == ("а", None)
    assert "is no date" in dated.refused[0]


def test_types_that_mongodb_exports_are_taken_off():
    row = {
        "_id": {"$oid": "62ff5a00"},
        "body": "а",
        "date": {"$date": {"$numberLong": "1660867200000"}},
    }
    assert (article(row).id, article(row).date) == ("62ff5a00", "2022-08-19")
    assert article(row | {"date": {"$date": "2022-08-19T00:00:00Z"}}).date == "2022-08-19"


def test_names_are_in_one_line():
    assert article({"text": "а", "source": "Край\n ТВ"}).source == "Край ТВ"
    assert article({"text": "а"}, defaults=Defaults(source="А\nБ")).source == "А Б"
