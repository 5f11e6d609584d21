"""Organizations inside an article.

In the lines below {…} is what the tagger marked as an organization, <…> as a place, and […] is a
person who was found before.
"""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.entities.organizations import organizations
from index.mentions import ORGANIZATION, PERSON, Mention, Span

MARKS = {"{": "ORG", "<": "LOC", "[": "PER"}


def read(marked: str) -> tuple[str, list[Span], list[Mention]]:
    """The text, the tagger's spans and the persons of a marked line."""
    text, spans, persons, opened = "", [], [], []
    for char in marked:
        if char in MARKS:
            opened.append((len(text), MARKS[char]))
        elif char in "}>]":
            start, kind = opened.pop()
            spans.append(Span(start, len(text), kind))
            if kind == "PER":
                name = text[start:]
                persons.append(Mention(PERSON, name, start, len(text), name))
        else:
            text += char
    return text, sorted(spans, key=lambda span: span.start), persons


def found(marked: str) -> list[Mention]:
    return organizations(*read(marked))


def entities(marked: str) -> list[str]:
    return list(dict.fromkeys(mention.entity for mention in found(marked)))


CASES = """
# a name in another case
Об этом сообщил директор {Института геологии}. → Институт геологии
Он преподаёт в {Таволжском медицинском университете}. → Таволжский медицинский университет
Завод передали {Союзу предпринимателей Таволжья}. → Союз предпринимателей Таволжья
Акции {Газпрома} подешевели. → Газпром
Проверку начал {Ространснадзор}. → Ространснадзор
# the tag is cut short: genitive tails belong to the name
Встреча прошла в {МИД} <Грузии>. → МИД Грузии
Председатель {Правительства} <РФ> подписал указ. → Правительство РФ
Глава {Совета муфтиев} <России> молчит. → Совет муфтиев России
Приехал министр, и {Госдума} <России> приняла закон. → Госдума России
В {Университете} <Лос-Анджелеса> читают лекции. → Университет Лос-Анджелеса
Он ушёл из {Института этнологии и антропологии} {РАН}. → Институт этнологии и антропологии РАН
На заседании {Совета при Президенте} <РФ> по развитию общества спорили.
    → Совет при Президенте РФ по развитию общества
Это решение {Министерства сельского хозяйства} и пищевой промышленности.
    → Министерство сельского хозяйства и пищевой промышленности
Судья {Верховного суда} <Казахстана> ушла. → Верховный суд Казахстана
Так считают в {ГУ} {МЧС} <России> по <Таволжскому краю>. → ГУ МЧС России по Таволжскому краю
# no tag at all: bodies named by a common word and a place
Об этом заявило правительство <Китая>. → правительство Китая
Запрос поступил от парламента <Чечни>. → парламент Чечни
Акция прошла у мэрии <Таволжска>. → мэрия Таволжска
Его вызвали в посольство <Вьетнама>. → посольство Вьетнама
Дело слушает суд Партизанского района. → суд Партизанского района
Петиция ушла в прокуратуру <Таволжского края>. → прокуратура Таволжского края
Ответа от израильского правительства нет. → израильское правительство
Глава японского МИДа уехал. → японский МИД
За сборную <Норвегии> выступит лыжник. → сборная Норвегии
Ждём письма из министерства финансов. → министерство финансов
Решил комитет по обороне и безопасности. → комитет по обороне и безопасности
Он член комитета по внешним связям, обороне и безопасности.
    → комитет по внешним связям, обороне и безопасности
Отчёт готовит администрация президента. → администрация президента
# a common word alone names nothing
Правительство обсудит бюджет. →
Парламент принял закон, министерство молчит. →
Комитет соберётся завтра, совет тоже. →
В городе построят школу, завод и больницу. →
# … unless the article says which one
Выступил глава {Министерства культуры} <Сербии>. Министерство ждёт ответа.
    → Министерство культуры Сербии
Парламент <Грузии> собрался, и парламент разошёлся. → Парламент Грузии
# quoted names after a noun
Об этом пишет газета «Заря». → «Заря»
Товар везёт компания "Дельта Карго". → «Дельта Карго»
Актёры театра «На Сенной» бастуют. → «На Сенной»
Он купил ООО {«Мостоград»}. → «Мостоград»
Ушёл директор ПАО «{Таволгаэнерго}». → «Таволгаэнерго»
Лидер движения «Чистый Плёс» выступил. → «Чистый Плёс»
Агрофирма «Кара-Тюбе» расширяется. → «Кара-Тюбе»
Он играет за хоккейный клуб «Серебряные рыси». → «Серебряные рыси»
Меднорудная компания «Плёс» решила иначе. → «Плёс»
В Меднорудной компании «Плёс» спорят. → Меднорудная компания «Плёс»
Он возглавил холдинг «Меднорудная компания „Плёс“». → «Меднорудная компания „Плёс“»
Он глава московского отделения движения «Заря». → московское отделение движения «Заря»
Генеральный секретарь ассоциации «Южный маршрут» уехал. → «Южный маршрут»
Играли с «{Зарёй}» и потом опять с «Зарёй». → «Заря»
# quoted, but no organization
Вышел фильм «Компания». →
Шаттл «{Атлантис}» приземлился, и «{Атлантис}» не полетит. →
Он снял сериал «{Больница}» и роман «{Мэрия}». →
Судно «{Заря}» утонуло. →
Газета «Мы не хотим молчать и не будем молчать об этом никогда больше» не вышла. →
# Latin letters
Он работал в компании Oracle. → Oracle
Страница в социальной сети {Facebook} закрыта. → Facebook
Об этом сообщает NEWSru.com. → NEWSru.com
Передаёт Reuters. → Reuters
Хакеры взломали сайт Roem.ru. → Roem.ru
Открылось американское отделение {Bank of East Asia}. → американское отделение Bank of East Asia
Выступил глава {Конгресса фермеров} и профсоюза {Заря}. → Конгресс фермеров | Заря
Об этом заявили в американском отделении Bank of East Asia.
    → американское отделение Bank of East Asia
# names in the nominative after a noun
Полузащитник клуба Ювентус забил. → Ювентус
Сообщает агентство Рейтер. → Рейтер
# abbreviations
Он член {ЛДПР}. → ЛДПР
Сотрудники ФСБ задержали его. → ФСБ
Доклад ЮНЕСКО вышел. → ЮНЕСКО
Совещание МВДшники не провели. →
Много пишут {СМИ}. →
В {США} выборы. →
# brackets in either order
{Центр региональной политики} (ЦРП) вырос. Эксперт ЦРП молчит. → Центр региональной политики
{ЦРП} (Центр региональной политики) вырос. Эксперт {ЦРП} молчит. → Центр региональной политики
В {Дирекции строительства мостов (ДСМ)} обыск. Глава {ДСМ} уволен. → Дирекция строительства мостов
{Институтом стратегических исследований (ИСИ)} при Президенте <Казахстана> доволен {ИСИ}.
    → Институт стратегических исследований
Лежит в {Краевой клинической больнице № 1} (ККБ № 1), но {ККБ № 1} переполнена.
    → Краевая клиническая больница № 1
Это {Международная автомобильная федерация} (FIA), глава {FIA} здесь.
    → Международная автомобильная федерация
«{Билайн}» (ОАО «{ВымпелКом}») молчит, «{ВымпелКом}» тоже. → «Билайн»
# initials within the article
{Союз предпринимателей Таволжья} просит льгот. В {СПТ} считают убытки.
    → Союз предпринимателей Таволжья
{Новокаменный механический завод} встал. На {НМЗ} тихо. → Новокаменный механический завод
{Московский институт дизайна} закрыт, {МИД} молчит. → Московский институт дизайна | МИД
# known short and long names
{МИД} <Грузии> молчит. Министерство иностранных дел <Грузии> ждёт.
    → Министерство иностранных дел Грузии
{Госдума} приняла закон. {Государственная дума} ушла на каникулы. → Государственная дума
{ЕС} против. {Европейский союз} едва ли уступит. → Европейский союз
{Международная федерация футбола} {ФИФА} против. → Международная федерация футбола
# countries stay apart
{МИД} <Грузии> и {МИД} <России> спорят. → МИД Грузии | МИД России
Правительство <Китая> и правительство <Кореи> спорят. → Правительство Китая | правительство Кореи
Премьер об этом сказал, и китайское правительство и правительство <Китая> довольны.
    → правительство Китая
# shorter forms
{Конгресс} <США> собрался. Член {Конгресса} выступил. → Конгресс США
{Федеральное авиационное управление} ждёт. {Авиационное управление} молчит.
    → Федеральное авиационное управление
{Конституционный суд} решил. Пресс-служба {Конституционного суда} молчит.
    → Конституционный суд | Пресс-служба Конституционного суда
# places are no organizations
{Таволжск} ждёт гостей. <Таволжск> рад. →
{ТАВОЛЖСК}, 18 июня — Премьер приехал. →
Об этом знает вся {Россия}. →
Российская Федерация и {Советский Союз} на карте. →
# words at the start of a sentence
{Зал клуба} был полон. →
{Исследователи Брукской лаборатории} открыли закон. → Брукская лаборатория
{Из краеведческого музея} <Таволжска> исчезла кружка. → краеведческий музей Таволжска
{Фонд борьбы с засухой} (ФБЗ) основан в мае. → Фонд борьбы с засухой
# residences act
Утром Кремль сообщил об отставке. → Кремль
Его приняли в Кремле. →
# an office before the name
Ушёл директор «Мостограда». → «Мостоград»
Он прочёл пересказ «Мостограда». →
# brackets behind a body and its part
Так считают в пресс-службе {Федерации хоккея} (ФХ). В {ФХ} рады.
    → пресс-служба Федерации хоккея | Федерация хоккея
# one word, several readings: the article decides
В {Мостограде} обыск, у {Мостограда} долги. → Мостоград
Огонь открыли {ЦАХАЛ} и «{Хезбалла}» ответила. → ЦАХАЛ | «Хезбалла»
# numbers
Закрыли школу № 25 и {Городскую больницу} № 7, в больнице № 7 тихо.
    → школа № 25 | Городская больница № 7
# short and long forms of a national body
{Национальный банк} <РК> повысил ставку. {Нацбанк} ждёт. → Национальный банк РК
{Группа компаний «Самолёт»} строит дом. → «Самолёт»
# towns' adjectives
Так решила лондонская полиция. → лондонская полиция
Так решила городская полиция. →
# nested quotes and company types in front
Акции ОАО {«НК «Север»} и «{Севера}» растут. → «Север»
# several bodies in one breath
Запрос ушёл в {МВД} <Татарстана>, а {МВД} <России> молчит. → МВД Татарстана | МВД России
{Совет директоров} банка {«Заря»} распущен. → «Заря»
# persons are left alone
Пресс-служба [Кадырова] молчит. → Пресс-служба Кадырова
Глава {Спартака} [Иван Петров] ушёл. → Спартак
Ушёл {Спартак [Иван Петров]}. → Спартак
# Ukrainian and Kazakh letters
Так решила Верховная рада <Украины>. → Верховная рада Украины
Компания «Қазақтелеком» растёт. → «Қазақтелеком»
Партія «Слуга народу» виграла. →
"""


def cases(table: str) -> list[tuple[str, list[str]]]:
    lines = re.sub(r"\n +→", " →", table).strip().splitlines()
    rows = [line.split("→") for line in lines if not line.startswith("#")]
    return [
        (left.strip(), [name.strip() for name in right.split("|") if name.strip()])
        for left, right in rows
    ]


@pytest.mark.parametrize("marked, expected", cases(CASES))
def test_entities(marked, expected):
    assert entities(marked) == expected


def test_mentions_stand_where_they_are_read():
    mentions = found("{Центр политики} (ЦП) и {ЦП}. Он из ЦП.")
    assert [(m.text, m.entity, m.kind) for m in mentions] == [
        (text, "Центр политики", ORGANIZATION) for text in ("Центр политики", "ЦП", "ЦП", "ЦП")
    ]


def test_a_legal_form_and_a_descriptor_stay_outside_of_the_mention():
    assert [m.text for m in found("Ушли из компании «Заря» и ООО {«Мостоград»}.")] == [
        "«Заря»",
        "«Мостоград»",
    ]


def test_a_genitive_tail_is_in_the_mention():
    assert [m.text for m in found("Он в {МИД} <Грузии> с утра.")] == ["МИД Грузии"]


STRANGE = {
    "empty": "",
    "one word": "Министерство",
    "title only": "Министерство\n\n",
    "capitals": "МИНИСТЕРСТВО ФИНАНСОВ И ГОСДУМА РЕШАЮТ ВСЁ. " * 50,
    "no spaces": "министерствофинансов" * 5000,
    "emoji": "🏢 «Заря»🙂 компания «🙂» 👩‍👩‍👧 МИД🙂",
    "zero width": "Мини\u200bстерство фи\u00adнансов \ufeff«За\u200dря»\u2060",
    "latin": "The Ministry of Finance (MOF) said Google Inc. and «Sun» agreed. " * 20,
    "ukrainian": "Міністерство закордонних справ України та Верховна Рада. «Її єдність» " * 20,
    "kazakh": "Қазақстан Республикасының Үкіметі, «Қазақтелеком» АҚ " * 20,
    "quotes only": "«„“»\"" * 2000,
    "brackets only": "((((" * 2000,
    "heads only": "комитет совет министерство " * 2000,
    "of of of": "институт имени " * 3000,
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_strange_texts(text):
    check(text, [], [])


def test_only_capitals_name_known_bodies_once():
    assert organizations("МОСКВА, ЗАВОД И ФАБРИКА", []) == []


def test_ten_thousand_names_in_one_article():
    names = [f"Компания «Заря-{number}» молчит." for number in range(10_000)]
    mentions = organizations("\n\n".join(names), [])
    assert len({mention.entity for mention in mentions}) == 10_000


def test_ten_thousand_bodies_and_bare_nouns():
    letters = product("БВГДКЛМНПРСТ", "аеиоу", "бвгдклмнпрст", "аеиоу", "бвк")
    towns = ["".join(word) + "града" for word in letters]
    lines = [f"Парламент {town} ждёт, парламент молчит." for town in towns[:10_000]]
    text = "\n".join(lines)
    mentions = organizations(text, [])
    assert len(mentions) == 2 * len(lines)
    assert len({mention.entity for mention in mentions}) == len(lines)
    check(text, [], [])


def test_five_megabytes():
    line = "Директор компании «Заря» ушёл в отпуск. " + "Снег шёл всю ночь и растаял к утру. " * 20
    text = line * (5_000_000 // len(line))
    assert {m.entity for m in organizations(text, [])} >= {"«Заря»"}


def check(text: str, spans: list[Span], taken: list[Mention]) -> None:
    mentions = organizations(text, spans, taken)
    stop = 0
    for mention in mentions:
        assert mention.kind == ORGANIZATION and mention.entity.strip()
        assert mention.text == text[mention.start : mention.stop] != ""
        assert mention.start >= stop
        stop = mention.stop
        assert not any(m.start < mention.stop and mention.start < m.stop for m in taken)
    assert mentions == organizations(text, spans, taken)


PIECES = st.sampled_from(
    """министерство Министерства финансов и , . ( ) « » „ “ " МИД МИДом ООН Грузии России США — -
    компания «Заря» клуба Oracle Inc имени при по Президенте комитет обороне Совет муфтиев № 1
    пресс-служба ООО российский Таволжского края фильм район\n\n Иван Петров институт ФИФА (ЦРП)
    \u200b 🙂 Қазақстан Її a A 2009 волны-2009 Лента.ру МчС Ё'ё э.э""".split(" ")
)


TYPES = ("PER", "ORG", "LOC")


@settings(deadline=None)
@given(
    st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=40).map(" ".join),
    st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40), st.sampled_from(TYPES))),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 20)), max_size=4),
)
def test_mentions_are_sound(text, marks, people):
    spans, end = [], 0
    for start, length, kind in sorted(marks):
        stop = min(start + length, len(text))
        if end <= start < stop:
            spans.append(Span(start, stop, kind))
            end = stop
    taken, end = [], 0
    for start, length in sorted(people):
        stop = min(start + length, len(text))
        if end <= start < stop:
            taken.append(Mention(PERSON, "Иван", start, stop, text[start:stop]))
            end = stop
    check(text, spans, taken)


def test_words_of_the_tables_are_marked_evenly():
    for marked, _ in cases(CASES):
        assert re.sub(r"[^{}<>\[\]]", "", marked).count("{") == marked.count("}")
