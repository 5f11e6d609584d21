"""The ways through the page that a reader takes, with a mouse."""

import re

import pytest
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

EVERYTHING = "/?sort=-date"


def test_checking_facets_narrows_and_going_back_undoes(browser):
    browser.open(EVERYTHING)
    everything = browser.total()
    clicked = []
    browser.moved(lambda: clicked.append(browser.check("person")))
    (person, count), narrowed = clicked[0], browser.total()
    assert narrowed == count < everything
    assert browser.texts(".chip.removable") == [f"{person}×"]
    assert [box.is_selected() for box in browser.all(".facet.person input")][0]

    browser.moved(lambda: clicked.append(browser.check("org")))
    assert browser.total() == clicked[1][1] <= narrowed
    assert set(browser.params()) == {"person", "org"}

    browser.moved(browser.driver.back)
    assert browser.total() == narrowed
    browser.moved(browser.driver.back)
    assert browser.total() == everything
    assert not any(box.is_selected() for box in browser.all(".facet input"))
    assert browser.all(".chip.removable") == []
    browser.moved(browser.driver.forward)
    assert browser.total() == narrowed


def test_a_second_value_of_a_facet_adds_to_the_first(browser):
    browser.open(EVERYTHING)
    counts = []
    browser.moved(lambda: counts.append(browser.check("section", 0)[1]))
    browser.moved(lambda: counts.append(browser.check("section", 1)[1]))
    assert browser.total() == sum(counts)
    assert len(browser.params()["section"]) == 2


def test_an_address_can_be_read_and_copied(browser):
    browser.open(EVERYTHING)
    for field in ("person", "org", "source"):
        browser.moved(lambda: browser.check(field))
    reference = r"[a-z]+(-[a-z]+)*-[0-9a-f]{10}"
    expected = f"person={reference}&org={reference}&source={reference}"
    address, shown = browser.driver.current_url, browser.texts(".hit h2")
    assert re.fullmatch(f"{re.escape(browser.site)}/\\?{expected}", address)
    browser.driver.get(address)
    assert browser.texts(".hit h2") == shown and browser.driver.current_url == address


def test_a_chip_removes_what_it_names(browser):
    browser.open(EVERYTHING)
    everything = browser.total()
    browser.moved(lambda: browser.check("source"))
    browser.moved(browser.one(".chip.removable").click)
    assert browser.total() == everything
    assert browser.driver.current_url == f"{browser.site}{EVERYTHING}"


def test_the_focus_stays_among_the_chips(browser):
    browser.open(f"{EVERYTHING}&from=2021&to=2023&section=Политика")
    chips = browser.texts(".chip.removable")
    for left in (chips[1:], chips[2:]):
        browser.moved(lambda: browser.one(".chip.removable").send_keys(Keys.ENTER))
        assert browser.texts(".chip.removable") == left
        assert browser.driver.switch_to.active_element.text == left[0]


def test_an_entity_of_a_hit_becomes_a_filter(browser):
    browser.open(EVERYTHING)
    chip = browser.one(".hit .chip.person")
    name = chip.text
    browser.moved(chip.click)
    assert browser.texts(".chip.removable") == [f"{name}×"]
    assert name in browser.texts(".hit .chip.chosen")


def test_a_bar_narrows_to_its_month(browser):
    browser.open(EVERYTHING)
    bar = browser.all(".bars a")[3]
    count = int(bar.accessible_name.split(":")[1].split()[0])
    browser.moved(bar.find_element("css selector", ".bar").click)
    assert browser.total() == count
    assert browser.params()["from"] == browser.params()["to"]
    months = browser.one(".timeline")
    assert len(months.find_elements("css selector", ".bars a:not(.outside)")) == 1
    assert len(months.find_elements("css selector", ".bars a.outside")) > 20
    assert browser.all(".timeline[data-interval=day]")


def test_a_query_is_typed_and_every_form_is_marked(browser):
    browser.open(EVERYTHING)
    box = browser.one("input[type=search]")
    box.send_keys("губернатором")
    browser.moved(box.submit)
    assert browser.params() == {"q": ["губернатором"]}
    marked = {word.lower() for word in browser.texts("mark")}
    assert marked and all("губернатор" in word for word in marked)
    assert {"губернатор", "губернатора"} <= marked
    assert "губернатором" in browser.driver.title


def test_paging_goes_through_the_results(browser):
    browser.open(EVERYTHING)
    first = browser.texts(".hit h2")
    browser.moved(browser.link("Дальше").click)
    second = browser.texts(".hit h2")
    assert browser.params()["offset"] == ["10"]
    assert len(second) == 10 and not set(first) & set(second)
    assert browser.one(".paging [aria-current]").text == "2"
    browser.moved(browser.link("Назад").click)
    assert browser.texts(".hit h2") == first
    browser.moved(browser.all(".paging ol a")[-1].click)
    assert browser.all("[rel=next]") == []


def test_an_article_is_read_and_left_again(browser):
    browser.open("/?q=губернатор&sort=date")
    results = browser.driver.current_url
    title = browser.one(".hit h2").text
    browser.moved(browser.one(".hit h2 a").click)
    assert browser.one("h1").text == title
    assert browser.all("mark") and browser.all(".text a.person")
    assert browser.texts("aside h3") == ["Персоны", "Организации"]
    browser.moved(browser.link("К результатам").click)
    assert browser.driver.current_url == results


def test_a_person_in_an_article_leads_to_their_page_and_to_all_that_names_them(browser):
    browser.open("/?q=губернатор")
    browser.moved(browser.one(".hit h2 a").click)
    person = browser.one("aside .person a")
    name = person.text
    browser.follow(person)
    assert browser.one("h1").text == name
    browser.follow(browser.one(".facts a"))
    assert set(browser.params()) == {"person", "group"}
    assert browser.texts(".chip.removable") == [f"{name}×"]


def test_the_page_goes_on_in_english(browser):
    browser.open("/?q=губернатор")
    total = browser.total()
    browser.moved(browser.link("English").click)
    assert browser.one("html").get_attribute("lang") == "en"
    assert browser.one("h1").text == f"{total} stories found"
    browser.moved(lambda: browser.check("person"))
    browser.moved(browser.one(".hit h2 a").click)
    assert browser.one("#who").text == "Who is in it"
    browser.moved(browser.link("Back to results").click)
    browser.moved(browser.link("Русский").click)
    assert browser.one("h1").text.startswith("Найден")
    assert set(browser.params()) == {"q", "person"}


def way_to_all_publications(browser, follow, narrow) -> None:
    """From stories to every publication, on with a person, and back to stories."""
    browser.open("/?q=губернатор")
    stories, switch = browser.total(), browser.one("#fold")
    articles = int("".join(filter(str.isdigit, switch.text)))
    assert stories < articles
    follow(switch.click)
    assert browser.total() == articles
    assert browser.params() == {"q": ["губернатор"], "group": ["articles"]}
    count = narrow()
    assert browser.total() == count < articles
    assert set(browser.params()) == {"q", "person", "group"}
    follow(browser.one(".chip.removable").click)
    follow(browser.one("#fold").click)
    assert browser.total() == stories and browser.params() == {"q": ["губернатор"]}


def test_reprints_unfold_and_fold_again(browser):
    def narrow():
        checked = []
        browser.moved(lambda: checked.append(browser.check("person")[1]))
        return checked[0]

    way_to_all_publications(browser, browser.moved, narrow)
    browser.moved(browser.driver.back)
    assert browser.params()["group"] == ["articles"]
    switch = browser.one("#fold")
    browser.moved(lambda: switch.send_keys(Keys.ENTER))
    assert browser.run("return document.activeElement.id") == "fold"


def test_reprints_unfold_and_fold_again_without_scripts(plain_browser):
    def narrow():
        count = plain_browser.check("person")[1]
        plain_browser.follow(plain_browser.one(".apply button"))
        return count

    way_to_all_publications(plain_browser, plain_browser.left, narrow)


def way_on_a_phone(browser, narrow) -> None:
    """From a query by a filter to an article and back, in English, in the dark, on a phone."""
    browser.open("/?lang=en", width=390, theme="dark")
    box = browser.one("input[type=search]")
    box.send_keys("губернатор")
    browser.follow(browser.one(".searchbox button"))
    found, ground = browser.total(), browser.one("body").value_of_css_property("background-color")
    browser.one(".toggle summary").click()
    narrow()
    assert browser.total() < found and browser.overflow() <= 0
    browser.follow(browser.one(".hit h2 a"))
    assert browser.one("html").get_attribute("lang") == "en" and browser.all("mark")
    assert browser.one("body").value_of_css_property("background-color") == ground
    assert browser.overflow() <= 0
    browser.follow(browser.link("Back to results"))
    assert set(browser.params()) == {"q", "person", "lang"}


def test_the_way_in_english_in_the_dark_on_a_phone(browser):
    way_on_a_phone(browser, lambda: browser.moved(lambda: browser.check("person")))


def test_the_same_way_without_scripts(plain_browser):
    def narrow():
        plain_browser.check("person")
        plain_browser.follow(plain_browser.one(".apply button"))

    way_on_a_phone(plain_browser, narrow)


def test_on_a_phone_filters_unfold_and_the_button_leads_to_the_hits(browser):
    browser.open(EVERYTHING, width=390)
    assert not browser.one(".facets").is_displayed()
    browser.one(".toggle summary").click()
    checked = []
    browser.moved(lambda: checked.append(browser.check("section")))
    (name, count), button = checked[0], browser.one(".apply button")
    assert browser.one(".facets").is_displayed()
    assert button.text == f"Показать {count} новостей"
    button.click()
    browser.settled()
    assert browser.total() == count
    assert browser.texts(".chip.removable") == [f"{name}×"]
    assert browser.one("#results").rect["y"] - browser.scrolled() < 100


def test_without_scripts_the_form_has_a_button(plain_browser):
    browser = plain_browser
    browser.open(EVERYTHING)
    name, count = browser.check("person")
    browser.follow(browser.one(".apply button"))
    assert browser.total() == count
    assert set(browser.params()) == {"person"}
    assert browser.texts(".chip.removable") == [f"{name}×"]
    browser.follow(browser.one(".bars a .bar"))
    assert set(browser.params()) == {"person", "from", "to"}
    browser.follow(browser.one(".hit h2 a"))
    assert browser.all(".text a.person")
    browser.follow(browser.link("К результатам"))
    browser.follow(browser.link("Сбросить всё"))
    browser.follow(browser.link("Дальше"))
    assert browser.params() == {"offset": ["10"]}
    browser.follow(browser.link("English"))
    assert browser.one("html").get_attribute("lang") == "en"


def test_without_scripts_filters_unfold_on_a_phone(plain_browser):
    plain_browser.open(EVERYTHING, width=390)
    assert not plain_browser.one(".facets").is_displayed()
    plain_browser.one(".toggle summary").click()
    assert plain_browser.one(".facets").is_displayed()


def test_dates_are_typed_as_people_write_them(browser):
    browser.open(EVERYTHING)
    browser.one("input[name=from]").send_keys("1 января 2022")
    browser.one("input[name=to]").send_keys("2022")
    browser.moved(browser.one(".period button").click)
    assert browser.params() == {"from": ["2022-01-01"], "to": ["2022"]}
    assert browser.texts(".chip.removable") == ["с 1 января 2022\u202fг.×", "по 2022 год×"]


def test_a_period_typed_backwards_is_turned_where_it_stands(browser):
    browser.open(EVERYTHING)
    browser.one("input[name=from]").send_keys("2022")
    browser.one("input[name=to]").send_keys("2021")
    browser.moved(lambda: browser.one("input[name=to]").send_keys(Keys.ENTER))
    assert "поменяли местами" in browser.one(".warning").text
    shown = [browser.one(f"input[name={end}]").get_attribute("value") for end in ("from", "to")]
    assert shown == ["2021", "2022"]


def test_what_is_no_date_is_told_beside_its_field_without_a_reload(browser):
    browser.open(EVERYTHING)
    browser.run("window.same = true")
    browser.one("input[name=from]").send_keys("вчера")
    browser.moved(lambda: browser.one("input[name=from]").send_keys(Keys.ENTER))
    assert browser.one(".unread").text.startswith("«вчера» — не дата.")
    assert browser.one("input[name=from]").get_attribute("value") == "вчера"
    assert browser.run("return window.same")


def typed(browser, text):
    """The search box after something was typed into it and is completed."""
    box = browser.one("[name=q]")
    box.send_keys(text)
    browser.settled()
    assert box.get_attribute("aria-expanded") == "true"
    return box


def test_the_search_box_completes_with_the_keyboard(browser):
    browser.open("/")
    box = typed(browser, "ремиз")
    options = browser.all("#completions [role=option]")
    assert "Ремизов" in options[0].text
    box.send_keys(Keys.ARROW_DOWN)
    assert box.get_attribute("aria-activedescendant") == options[0].get_attribute("id")
    assert options[0].get_attribute("aria-selected") == "true"
    box.send_keys(Keys.ARROW_UP)
    assert box.get_attribute("aria-activedescendant") is None
    box.send_keys(Keys.ESCAPE)
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("value") == "ремиз"
    typed(browser, "о")
    articles = browser.one("#completions [role=option] .count").text
    browser.left(lambda: box.send_keys(Keys.ARROW_DOWN, Keys.ENTER))
    assert re.search(r"/\?person=[a-z-]+-[0-9a-f]{10}$", browser.driver.current_url)
    assert browser.one("#fold").text == f"показать {articles} с перепечатками"


def test_a_completion_says_that_a_surname_is_ambiguous(browser):
    browser.open("/")
    typed(browser, "иванов")
    told = {" ".join(option.text.split()) for option in browser.all("#completions [role=option]")}
    assert "Иванов персона · неоднозначно 4 статьи" in told
    assert "Сергей Михайлович Иванов персона 3 статьи" in told


def test_the_first_letter_is_completed_already(browser):
    browser.open("/")
    typed(browser, "р")
    for option in browser.all("#completions [role=option]"):
        assert any(word.lower().startswith("р") for word in option.text.split())


def test_what_is_typed_is_asked_for_unless_a_completion_is_chosen(browser):
    browser.open("/")
    box = typed(browser, "губерн")
    browser.left(lambda: box.send_keys(Keys.ENTER))
    assert browser.params() == {"q": ["губерн"]}
    assert browser.one("[name=q]").get_attribute("value") == "губерн"
