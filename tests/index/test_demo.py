"""The demo corpus: what it promises to those who try it."""

import re
from collections import Counter
from importlib.resources import files
from statistics import median

import orjson
import pytest

from index.morphology import fold
from search import Archive, Request

SHARED_RUN = 8

PERSONS = (
    """
Андрей Петрович Ремизов, Екатерина Дмитриевна Соловьёва, Рустам Гейдар оглы Тагиев,
Марина Олеговна Кузнецова-Белых, Георгий Ираклиевич Джапаридзе, Виктория Сергеевна Цой,
Павел Игоревич Чернышов, Гульнара Маратовна Абдрахманова, Лев Борисович Ольховский,
Алла Николаевна Шевченко, Игорь Васильевич Гончаренко, Нина Фёдоровна Сагалаева,
Виталий Аркадьевич Зуев, Дмитрий Олегович Черных, Тимур Асланбекович Хаджимурадов,
Ольга Яновна Дюма, Людмила Ивановна Белоногих, Константин Эдуардович Рейн,
Айгуль Сериковна Нурпеисова, Бауыржан Ерланулы Сатыбалды, Никита Салтыков-Горский,
Михаил Ааронович Гурвиц, Пак Чжон Су, Эльчин Фархад оглы Мамедов, Заур Магомедович Курбанов,
Инна Леонидовна Бондаренко, Ганс-Петер Вальднер, Софья Марковна Кравец, Олег Нодарович Данелия,
Жан де ла Круа, Юсуф аль-Халиди, Регина Карловна Штольц, Фёдор Пантелеевич Жук,
Сергей Анатольевич Иванов, Сергей Михайлович Иванов, Светлана Павловна Иванова,
Борис Натанович Айзенберг, Лейла Рашид кызы Алиева, Станислав Янович Дзюба,
Вера Кондратьевна Лебедь, Пётр Ильич Чаадаев, Нгуен Тхи Лан, Джон О’Коннор,
Эркин Талгатович Жумабаев, Маргарита Евгеньевна Волконская, Аркадий Львович Седых, Томас Эрикссон,
Зульфия Каримова, Глеб Воронцов-Дашко, Нана Гелашвили, Иннокентий Фомич Смоктун, Ким Ын Джу,
Артём Денисович Лось, Дарья Голубева, Магомед-Али Исрапилов, Ян Новак, Полина Жук,
Кристина фон Берг, Руслан Хабибуллин, Елена Жданович, Антон Грач, Тамара Степановна Малых,
Василий Остапчук, Камила Юнусова, Ибрагим ибн Салех, Шамиль Рифатович Басыров,
Геннадий Кузьмич Мороз
""".strip()
    .replace("\n", " ")
    .split(", ")
)
"""Who is called so somewhere in the corpus, in the nominative."""

ORGANIZATIONS = (
    """
Законодательное собрание, «Мостоград», «Таволгаэнерго», «Тэсан Моторс», «Серебряные рыси»,
Институт геологии, Новокаменный механический завод, «Дельта Карго», Дирекция строительства мостов,
Центр региональной политики, «Чистый Плёс», Краевая клиническая больница № 1, РЖД,
Таволжская филармония, Таволжский государственный университет, Минфин России, Роспотребнадзор,
Ространснадзор, Таволжский краевой суд, МИД Казахстана, «Добрый берег», «Сулико», «На Сенной»
""".strip()
    .replace("\n", " ")
    .split(", ")
)
WORDS = re.compile(r"[\w’-]+")


@pytest.fixture(scope="module")
def articles():
    sources = sorted(files("index").joinpath("demo").iterdir())
    return [orjson.loads(line) for path in sources for line in path.read_bytes().splitlines()]


def test_size(articles):
    assert len(articles) >= 120
    assert len({article["id"] for article in articles}) == len(articles)
    assert median(len(WORDS.findall(article["text"])) for article in articles) >= 150
    years = Counter(article.get("date", "")[:4] for article in articles)
    assert all(years[str(year)] >= 3 for year in range(2019, 2027))


def test_reprints_name_their_originals(articles):
    ids = {article["id"] for article in articles}
    originals = [article["reprint_of"] for article in articles if "reprint_of" in article]
    assert len(originals) >= 5 and set(originals) <= ids


def test_no_two_articles_share_a_run_of_words(articles):
    first_seen, shared = {}, []
    for article in articles:
        story = article.get("reprint_of", article["id"])
        folded = f"{article['title']}\n{article['text']}".lower().replace("ё", "е")
        words = WORDS.findall(folded)
        for start in range(len(words) - SHARED_RUN + 1):
            run = tuple(words[start : start + SHARED_RUN])
            if first_seen.setdefault(run, story) != story:
                shared.append((article["id"], " ".join(run)))
    assert shared == []


def test_facets_look_alive(demo_folder):
    facets = Archive(demo_folder).search(Request(facet_size=1000))["facets"]
    persons = {fold(value["name"]): value["count"] for value in facets["person"]["values"]}
    missing = [name for name in PERSONS if fold(name) not in persons]
    assert missing == []
    assert sum(count > 3 for count in persons.values()) >= 40
    organizations = {value["name"] for value in facets["org"]["values"]}
    missing = [name for name in ORGANIZATIONS if name not in organizations]
    assert missing == []
    assert facets["source"]["total"] >= 6
    months = [value["count"] for value in facets["date"]["values"]]
    assert min(months) == 0 and max(months) >= 4
