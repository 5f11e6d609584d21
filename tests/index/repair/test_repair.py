"""Newspaper text repair. A bar stands where a line was broken: after a hyphen of the word's own
the hyphen stays, elsewhere the typesetter put one in."""

from itertools import islice

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.repair import DROPPED, LIFTED, SENTENCE, WORD, Change, repair
from index.repair.breaks import Break, decide
from index.repair.furniture import furniture
from index.repair.lines import join_lines, split_lines

SYLLABLES = """
    пра|вительство прави|тельство правительст|ва за|седание заседа|ние эконо|мика экономи|ческий
    перево|зок гру|зоперевозок иссле|дований без|опасность безопас|ности госу|дарственный
    министер|ство образова|тельный международ|ных со|трудничество вза|имодействие строи|тельство
    объ|явил подъ|езд разъ|яснил маль|чик конь|ки май|ка вой|на строй|ка под|писали раз|витие
    рас|сказал ис|кусство искус|ство ка|сса мас|совый ал|лея груп|па про|грамма програм|ма
    пресс|овать экс|перт экс|педиция экспе|диция кон|троль контр|атака мини|стр
    мини|мальный топ|ливо топли|во ин|тернет интер|нет веб|инар би|знес кино|театр авто|бус
    авиа|компания электро|станция водо|хранилище тепло|снабжение сель|скохозяйственный
    сельско|хозяйственной железно|дорожный внешне|политических внутри|политический
    северо|атлантического центрально|азиатскими двух|этажный трёх|дневный пяти|летка
    сорока|градусный пол|года пол|часа пол|миллиона полу|остров по|тому по|этому за|чем за|то
    во|время от|туда на|встречу по|хоже по|ехал что|бы ко|гда как|ой кто|рые то|гда не|кто то|пор
    лай|ка зай|ка тройка|ми чай|ка да|же уже|сточить сто|лица сто|рона само|лёт еще|дневно
    ка|захстана Казах|стана казах|станский Ка|захстана Азер|байджана Азербай|джан Мо|сквы Мос|ква
    Пе|тербурга Но|восибирск Екате|ринбурге Крас|ноярск Ана|толий Алек|сандр Алексан|дровна
    Вла|димирович Сер|геевич Ива|нов Пет|рова Кузне|цов Смир|новой Мирба|широглу Таже|нев
    Шафи|ев Туку|мов Абди|керимов Мусабе|ков Ошак|баев Исмаил|заде Гри|горян Саакаш|вили
    соци|альный на|селение обще|ство обществен|ники кор|респондент собе|седник пред|ставитель
    про|изводство сни|зились повы|шение по|казатели сооб|щили за|явление ру|ководитель
    ис|следователь пер|спективы вос|становление транс|портный супер|маркет фото|графия
    видео|наблюдение энерго|сбережение много|квартирный мало|численный ново|введение
    электро|энергетика теле|визионный само|управление взаимо|понимание
    КАЗАХ|СТАНА ПРАВИТЕЛЬ|СТВО ПРЕЗИ|ДЕНТ
""".split()

OWN_HYPHENS = """
    Нур-|Султане Нур-|Султан Алма-|Ата Алма-|Ате Санкт-|Петербург Санкт-|Петербурге Нью-|Йорк
    Ростов-|на-Дону Ростов-на-|Дону Усть-|Каменогорск Усть-|Лабинске Йошкар-|Ола Улан-|Удэ
    Сан-|Франциско Лос-|Анджелесе Тель-|Авиве Орехово-|Зуево Гусь-|Хрустальный Наро-|Фоминск
    Салтыков-|Щедрин Салтыкова-|Щедрина Римский-|Корсаков Мамин-|Сибиряк Немирович-|Данченко
    Касым-|Жомарт Анна-|Мария Жан-|Поль Ибн-|Сина Голенищев-|Кутузов Соловьёв-|Седой
    азербайджано-|казахстанского российско-|китайский торгово-|экономических
    социально-|экономического военно-|морской военно-|промышленным научно-|технический
    культурно-|исторический общественно-|политической юго-|западный северо-|восточный
    северо-|кавказский физико-|математический историко-|архивный черно-|белый сине-|зелёный
    бело-|красный учебно-|методический жилищно-|коммунальный топливно-|энергетический
    финансово-|кредитный пожарно-|спасательной медико-|санитарной морально-|волевых
    армяно-|грузинского узбекско-|таджикской франко-|германский
    из-|за из-|под Из-|за по-|над кто-|нибудь что-|нибудь где-|нибудь какой-|нибудь чей-|нибудь
    кто-|то что-|то где-|то когда-|то какой-|то почему-|то чья-|то кто-|либо что-|либо
    когда-|либо кое-|что кое-|где Кое-|кто всё-|таки все-|таки опять-|таки довольно-|таки
    во-|первых во-|вторых в-|третьих по-|русски по-|прежнему по-|моему по-|своему по-|новому
    по-|видимому по-|настоящему по-|казахски По-|хорошему смотри-|ка скажи-|ка ну-|ка
    еле-|еле чуть-|чуть едва-|едва точь-|в-точь мало-|помалу давным-|давно крест-|накрест
    вице-|премьер вице-|президента вице-|спикер экс-|министр экс-|губернатора экс-|чемпионка
    пресс-|служба пресс-|секретарь пресс-|конференция Пресс-|центр премьер-|министр
    генерал-|майор генерал-|губернатора бизнес-|центр интернет-|магазин онлайн-|трансляция
    веб-|сайт топ-|менеджер мини-|футбол шоу-|бизнес плей-|офф инженер-|механик
    инженера-|конструктора врач-|хирург учёный-|физик лётчик-|космонавт женщина-|посол
    город-|герой фирма-|однодневка диван-|кровать кафе-|столовая ракета-|носитель
    эксперт-|лингвист два-|три двух-|трёх пять-|шесть сегодня-|завтра
    44-|дневной 300-|летие 5-|й 2022-|го 90-|х 10-|12 COVID-|19 IT-|компания SMS-|сообщение
    ВИЧ-|инфекция ТВ-|канал ЭКГ-|аппарат Х-|лучи Ту-|154 Ил-|76
    пол-|литра пол-|яблока пол-|одиннадцатого УСТЬ-|КАМЕНОГОРСК
""".split()


def test_the_table_is_large():
    assert min(len(set(SYLLABLES)), len(set(OWN_HYPHENS))) >= 150


@pytest.mark.parametrize("marked", SYLLABLES + OWN_HYPHENS)
@pytest.mark.parametrize("line_break", ["\n", "\n\n", " \n\t"])
def test_broken_word(marked, line_break):
    left, right = marked.split("|")
    whole = marked.replace("|", "")
    page = f"Об этом {left.removesuffix('-')}-{line_break}{right} сказано здесь."
    repaired = repair(page)
    assert repaired.text == f"Об этом {whole} сказано здесь."
    assert [change.kind for change in repaired.changes] == [WORD]


@pytest.mark.parametrize("hyphen", "\u00ad¬")
def test_soft_hyphen_always_goes(hyphen):
    assert repair(f"Слово из{hyphen}\n\nза угла.").text == "Слово изза угла."


def test_hyphens_of_other_kinds():
    assert repair("Поезд в Казах\u2010\nстан ушёл.").text == "Поезд в Казахстан ушёл."
    assert repair("Поезд в Нур\u2011\nСултан ушёл.").text == "Поезд в Нур\u2011Султан ушёл."


def test_soft_hyphens_inside_a_line_go():
    repaired = repair("Соз\u00adна\u00adние вернулось.")
    assert repaired.text == "Сознание вернулось."
    assert [change.kind for change in repaired.changes] == [WORD]


@pytest.mark.parametrize(
    "page, expected",
    [
        ("Строят двух-\nи трёхэтажные дома.", "Строят двух- и трёхэтажные дома."),
        ("Нужны аудио-\nили видеозаписи.", "Нужны аудио- или видеозаписи."),
        ("Хвалит Гелашви-\nли соседей.", "Хвалит Гелашвили соседей."),
    ],
)
def test_first_part_of_a_pair_keeps_its_hyphen(page, expected):
    assert repair(page).text == expected


def test_word_broken_twice():
    assert repair("Здесь азербай-\nджано-\nказах-\nстанский совет.").text == (
        "Здесь азербайджано-казахстанский совет."
    )


def test_the_text_decides_about_a_word_that_no_dictionary_has():
    assert repair("Мэр Кара-\nтубинска ушёл. Каратубинск ждёт.").text == (
        "Мэр Каратубинска ушёл. Каратубинск ждёт."
    )
    assert repair("Фонд «Вол-\nмедиа» закрыт. О «Вол-медиа» знали.").text == (
        "Фонд «Вол-медиа» закрыт. О «Вол-медиа» знали."
    )


def test_initials_of_a_double_name():
    assert repair("Об этом сказал К.-\nЖ. Токаев.").text == "Об этом сказал К.-Ж. Токаев."


def test_a_dash_is_no_hyphen():
    assert repair("Столица -\nгород большой.").text == "Столица - город большой."


@pytest.mark.parametrize(
    "page, expected",
    [
        ("По этой причине возникла\n\nнеобходимость встречи.",
         "По этой причине возникла необходимость встречи."),
        ("Встреча прошла в\n\nБаку, и на ней, как сообщили вечером, было решено всё.",
         "Встреча прошла в\n\nБаку, и на ней, как сообщили вечером, было решено всё."),
        ("Переговоры, как передаёт корреспондент из зала заседаний, прошли в\n\nБаку. Стороны "
         "остались довольны.",
         "Переговоры, как передаёт корреспондент из зала заседаний, прошли в Баку. Стороны "
         "остались довольны."),
        ("Бюджет вырос на 12 млн.\n\nрублей за год.", "Бюджет вырос на 12 млн. рублей за год."),
        ("Первый абзац закончен.\n\nВторой начат.", "Первый абзац закончен.\n\nВторой начат."),
        ("Он сказал:\n\n— Приезжайте!", "Он сказал:\n\n— Приезжайте!"),
        ("В списке:\n- хлеб;\n- соль;\n- вода.", "В списке:\n- хлеб;\n- соль;\n- вода."),
        ("Мороз и солнце; день чудесный!\nЕще ты дремлешь, друг прелестный —\n"
         "Пора, красавица, проснись:\nОткрой сомкнуты негой взоры",
         "Мороз и солнце; день чудесный!\nЕще ты дремлешь, друг прелестный —\n"
         "Пора, красавица, проснись:\nОткрой сомкнуты негой взоры"),
        ("iPhone подорожал.\n\neBay молчит.", "iPhone подорожал.\n\neBay молчит."),
    ],
)  # fmt: skip
def test_sentence_broken_by_a_line(page, expected):
    assert repair(page).text == expected


COLUMN = """\
    Совет экспертов двух стран со-
брался в столице. Его открыл Иван
Петров, директор института, и
сразу перешёл к делу.
    Второй вопрос был о транзите.
Перевозки растут третий год под-
ряд, отметил докладчик.

Заседание продолжится в ноябре, ска-

зал он. Гости согласились."""


def test_column():
    repaired = repair(COLUMN)
    assert repaired.text == (
        "    Совет экспертов двух стран собрался в столице. Его открыл Иван Петров, директор "
        "института, и сразу перешёл к делу.\n"
        "    Второй вопрос был о транзите. Перевозки растут третий год подряд, отметил докладчик."
        "\n\nЗаседание продолжится в ноябре, сказал он. Гости согласились."
    )
    assert Change(WORD, "со|брался") in repaired.changes
    assert Change(SENTENCE, "Иван |Петров,") in repaired.changes


BODY = "Министр рассказал журналистам о том, что накануне визита президента Казах"


@pytest.mark.parametrize(
    "between, title, subtitle",
    [
        ("Мост откроют весной", "Мост откроют весной", None),
        ("Мост откроют весной\n\nСтроители обещают успеть к маю",
         "Мост откроют весной", "Строители обещают успеть к маю"),
        ("МОСТ ОТКРОЮТ\nВЕСНОЙ\n\n\nСтроители обещают", "МОСТ ОТКРОЮТ ВЕСНОЙ", "Строители обещают"),
        ("Мост откроют по-вес-\nеннему рано", "Мост откроют по-весеннему рано", None),
        ("Когда откроют мост?", "Когда откроют мост?", None),
        ("«Мост готов»", "«Мост готов»", None),
    ],
)  # fmt: skip
def test_heading_in_a_broken_word(between, title, subtitle):
    repaired = repair(f"{BODY}-\n\n{between}\n\n\nстана мост достроили.\n\nОн рад.")
    assert repaired.text == f"{BODY}стана мост достроили.\n\nОн рад."
    assert (repaired.title, repaired.subtitle) == (title, subtitle)
    assert [c.text for c in repaired.changes if c.kind == LIFTED][0] == title


def test_heading_without_blank_lines():
    repaired = repair(f"{BODY}-\nМост откроют весной\nстана мост достроили.")
    assert (repaired.title, repaired.text) == (
        "Мост откроют весной",
        f"{BODY}стана мост достроили.",
    )


def test_heading_in_a_broken_sentence():
    repaired = repair(f"{BODY}стана\n\nМост откроют весной\n\nмост был достроен.")
    assert (repaired.title, repaired.text) == (
        "Мост откроют весной",
        f"{BODY}стана мост был достроен.",
    )


def test_heading_between_whole_paragraphs_stays():
    page = "Первый абзац закончен.\n\nМост откроют весной\n\nВторой абзац тоже закончен."
    assert repair(page) == repair(repair(page).text)
    assert (repair(page).text, repair(page).title, repair(page).changes) == (page, None, ())


def test_the_second_half_of_a_name_is_no_heading():
    page = (
        "О сатире он говорил долго и вспоминал, что Салтыков-\n\nЩедрин писал сказки\n\nдля всех."
    )
    assert "Салтыков-Щедрин" in repair(page).text
    assert repair(page).title is None


FURNITURE = [
    "12",
    "— 3 —",
    "- 14 -",
    "стр. 5",
    "5 стр.",
    "Страница 3 из 12",
    "Продолжение на 3-й стр.",
    "(Окончание на стр. 8)",
    "Окончание. Начало на 1-й стр.",
    "Начало на стр. 1",
    "Продолжение на следующей странице",
    "Фото: Иван Петров",
    "Фото: пресс-служба губернатора.",
    "ФОТО: ТАСС",
    "Фото автора",
    "Фото Ивана Петрова.",
    "Фото из архива редакции",
    "Фото © «Вестник»",
    "Иллюстрация: «Вестник»",
    "Коллаж: Анна Орлова",
    "№ 34 (1206) 19 августа 2022 года",
    "«Вечерний вестник», № 34, 19 августа 2022 г.",
    "4 ВЕЧЕРНИЙ ВЕСТНИК 19 августа 2022",
    "Вечерний вестник, 19.08.2022, стр. 4",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_dropped(line):
    paragraphs = "Первый абзац закончен.", "Второй абзац тоже закончен."
    repaired = repair(f"{paragraphs[0]}\n\n{line}\n\n{paragraphs[1]}")
    assert repaired.text == "\n\n".join(paragraphs)
    assert repaired.changes == (Change(DROPPED, line),)
    assert repair(f"Когда возникла\n\n{line}\n\nнеобходимость.").text == (
        "Когда возникла необходимость."
    )


@pytest.mark.parametrize(
    "line",
    [
        "Фото дня",
        "Фото на паспорт подорожали.",
        "Фотографии Иванова украсили зал.",
        "Начало положено.",
        "Окончание школы отметили в парке.",
        "2022",
        "19 августа 2022 года",
        "МОСКВА, 19 августа",
        "5 августа открылась ярмарка",
        "Продолжение истории",
        "Стр. Лётчиков, 5",
        "12 тонн",
        "Указ № 34 от 19 августа 2022 года",
        "Фото: мэр открывает мост",
    ],
)
def test_what_only_looks_like_furniture_stays(line):
    page = f"Первый абзац закончен.\n\n{line}\n\nВторой абзац тоже закончен."
    assert repair(page).text == page


def test_a_line_of_a_column_is_no_furniture():
    page = "Суд согласился с\nрешением № 34, 5 мая\n2021 года. Так решил\nзал.\nФото Ивана Орлова"
    assert "решением № 34, 5 мая" in repair(f"{page}\nразошлись по рукам.").text
    assert "Фото Ивана Орлова разошлись" in repair(f"{page}\nразошлись по рукам.").text


def test_numbers_of_a_table_stay():
    page = "Золото\n\n5\n\nСеребро\n\n12"
    assert repair(page).text == page


def test_references_and_credits_in_brackets_inside_a_paragraph():
    repaired = repair("Мост готов (Фото: Анна Орлова). Мэр рад. (Окончание на 3-й стр.)")
    assert repaired.text == "Мост готов. Мэр рад."
    assert [change.text for change in repaired.changes] == [
        "(Фото: Анна Орлова)",
        "(Окончание на 3-й стр.)",
    ]


def test_running_heads_are_dropped():
    head = "ВЕЧЕРНИЙ ВЕСТНИК"
    page = f"Первый абзац.\n\n{head}\n\nВторой.\n\n{head}\n\nТретий воз-\n\n{head}\n\nвращается."
    repaired = repair(page)
    assert (repaired.title, repaired.text) == (
        None,
        "Первый абзац.\n\nВторой.\n\nТретий возвращается.",
    )


def test_a_head_beside_a_page_number_is_no_headline():
    repaired = repair(f"{BODY}-\n\nВЕЧЕРНИЙ ВЕСТНИК\n\n— 5 —\n\nстана мост достроили.")
    assert (repaired.title, repaired.text) == (None, f"{BODY}стана мост достроили.")


@pytest.mark.parametrize("line", FURNITURE)
def test_nothing_is_dropped_when_nothing_would_be_left(line):
    assert repair(line).text == line


PIECES = st.sampled_from(
    [
        "казах", "стана", "Нур", "Султан", "из", "за", "двух", "и", "в", "Мост", "12", "стр. 5",
        "Фото: Орлов", "(Фото: Орлов)", "СЛОВО", "№ 3, 5 мая", "сто", "г.", "возникла", "а",
        "-", "- ", "\u00ad", "¬", "‑", "\n", "\n\n", "\r\n", "\f", " ", ".", ",", "—", "«", "»",
        ": ", "1. ", "• ", "длинное предложение о разном, в котором много слов и нет конца",
    ]
)  # fmt: skip
PAGES = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)


@given(PAGES)
@settings(max_examples=400, deadline=None)
@example("")
@example("\n")
@example("-\n-")
def test_repairing_once_is_enough(page):
    repaired = repair(page)
    again = repair(repaired.text)
    assert (again.text, again.changes, again.title) == (repaired.text, (), None)
    assert (repaired.text == page) == (not repaired.changes)
    assert repair(page) == repaired


@given(PAGES)
@settings(deadline=None)
def test_only_what_was_dropped_or_lifted_is_missing(page):
    repaired = repair(page)
    lost = "".join(c.text for c in repaired.changes if c.kind in (DROPPED, LIFTED))
    letters = [sorted(filter(str.isalnum, text)) for text in (page, repaired.text + lost)]
    assert letters[0] == letters[1]


@given(
    st.text(st.characters(exclude_characters="\u00ad()[]©", exclude_categories=["Cc", "Zl", "Zp"]))
)
@settings(deadline=None)
def test_one_line_comes_out_unchanged(line):
    assert repair(line).text == line


@given(PAGES)
def test_lines_are_the_text(page):
    lines = split_lines(page)
    assert join_lines(lines) == page
    assert all(line.body.strip() == line.body for line in lines)
    assert furniture(lines) <= set(range(len(lines)))


@given(st.text(min_size=1), st.text(min_size=1))
@settings(deadline=None)
def test_any_halves_are_decided(left, right):
    assert decide(left, right).outcome in Break


@pytest.mark.once
@pytest.mark.parametrize(
    "unit",
    ["а-\n", "Казах-\n\n", "слово\n\n", "Слово\n\n", "5\n\n", " ", "\n", "-", "(", "(Фото: ", "¬\n",
     "( ", "  (", "Мост готов-\n\nМост\n\n", "Начало на ", "слово\u00ad", "стр. 5\n", "»",
     "а-б-\nв "],
)  # fmt: skip
def test_long_input_of_one_kind_stays_linear(unit):
    """The longer text is repaired as the shorter one is, and within the test's patience."""
    short, long = unit * 500, unit * 10_000
    kinds = [
        {change.kind for change in islice(repair(text).changes, 100)} for text in (short, long)
    ]
    assert kinds[0] == kinds[1]
