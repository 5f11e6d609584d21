"""Facets: narrowed without a reload, searched, excluded, asked for together; chips undo."""

import pytest
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

FOUND = "/?q=губернатор"


@pytest.fixture
def kept(browser):
    """A browser, and a check that the page that it opened has never been left."""
    browser.open(FOUND)
    browser.run("window.here = true")
    yield browser
    assert browser.run("return window.here") is True


def names(browser, field: str) -> list[str]:
    return browser.texts(f".facet.{field} .values .name")


def announced(browser) -> str:
    """What a screen reader was told last."""
    return browser.run("return document.getElementById('announcement').textContent")


def looked_for(browser, field: str, words: str) -> None:
    """Type words into the search inside a facet and wait for what all of them find."""
    browser.one(f".facet.{field} .within input[type=search]").send_keys(words)
    browser.settled()


def test_a_value_changes_hits_counts_and_time_line_and_nothing_else_moves(kept):
    box = kept.all(".facet.org .values input")[4]
    kept.center(box)
    before = box.rect["y"] - kept.scrolled()
    hits, bars = kept.texts(".hit h2"), len(kept.all(".bars a"))
    kept.moved(lambda: kept.check("org", 4))
    active = kept.driver.switch_to.active_element
    assert active.get_attribute("name") == "org" and active.is_selected()
    assert abs(active.rect["y"] - kept.scrolled() - before) < 4
    assert kept.texts(".hit h2") != hits and len(kept.all(".bars a")) < bars
    assert announced(kept) == kept.one("h1").text
    assert kept.driver.title.startswith("губернатор")


def test_back_and_forward_show_what_was_shown(kept):
    seen = [(kept.total(), kept.texts(".hit h2"))]
    for field in ("person", "section"):
        kept.moved(lambda: kept.check(field))
        seen.append((kept.total(), kept.texts(".hit h2")))
    for step in (1, 0):
        kept.moved(kept.driver.back)
        assert (kept.total(), kept.texts(".hit h2")) == seen[step]
    for step in (1, 2):
        kept.moved(kept.driver.forward)
        assert (kept.total(), kept.texts(".hit h2")) == seen[step]


def test_the_address_of_what_is_shown_shows_it_again(kept):
    kept.moved(lambda: kept.check("person", 1))
    kept.moved(lambda: kept.check("source", 0))
    shown, address = kept.texts(".hit h2"), kept.driver.current_url
    assert set(kept.params()) == {"q", "person", "source"}
    kept.driver.get(address)
    assert kept.texts(".hit h2") == shown
    kept.run("window.here = true")


def test_a_facet_is_searched_while_one_types_and_what_is_chosen_stays(kept):
    kept.moved(lambda: kept.check("person"))
    chosen, others = names(kept, "person")[0], names(kept, "person")[1:]
    looked_for(kept, "person", "цой")
    assert names(kept, "person") == [chosen, "Виктория Сергеевна Цой"]
    assert announced(kept) == "Персоны: 1"
    kept.moved(lambda: kept.check("person", 1))
    assert len(kept.params()["person"]) == 2
    assert len(kept.texts(".selected .chip")) == 2
    kept.moved(kept.driver.back)
    looked_for(kept, "person", "щщ")
    assert names(kept, "person") == [chosen]
    assert announced(kept) == "С таким началом ничего нет."
    looked_for(kept, "person", Keys.ESCAPE)
    assert names(kept, "person") == [chosen, *others]


def more_of_one_facet(browser, act) -> None:
    """Widen the facet of persons alone and take that back; ``act`` clicks on a link."""
    organizations = names(browser, "org")
    assert len(names(browser, "person")) == 10
    browser.center(browser.one(".facet.person .shown a"))
    act(browser.one(".facet.person .shown a"))
    assert len(names(browser, "person")) == 58 and names(browser, "org") == organizations
    assert browser.params()["person.size"] == ["100"] and len(browser.params()) == 2
    browser.center(browser.link("Показать меньше"))
    act(browser.link("Показать меньше"))
    assert len(names(browser, "person")) == 10 and set(browser.params()) == {"q"}


def test_more_values_of_one_facet_are_shown_and_less_again(kept):
    more_of_one_facet(kept, lambda link: kept.moved(link.click))


def test_without_scripts_more_values_of_one_facet_are_shown(plain_browser):
    plain_browser.open(FOUND)
    more_of_one_facet(plain_browser, plain_browser.follow)


def test_a_value_is_excluded_and_taken_back(kept):
    everything, count = kept.total(), int(kept.one(".facet.person .values .count").text)
    name = names(kept, "person")[0]
    kept.moved(kept.one(".facet.person .exclude").click)
    assert kept.total() == everything - count
    assert kept.texts(".selected .chip") == [f"кроме: {name}×"]
    box = kept.one(".facet.person .excluded input")
    assert box.is_selected() and box == kept.driver.switch_to.active_element
    kept.moved(box.click)
    assert kept.total() == everything


def test_any_of_some_persons_or_all_of_them(kept):
    kept.moved(lambda: kept.check("person", 0))
    kept.moved(lambda: kept.check("person", 1))
    any_of_them = kept.total()
    kept.moved(kept.one(".facet.person .mode input[value=all]").click)
    assert kept.params()["person.mode"] == ["all"] and kept.total() < any_of_them
    kept.moved(kept.one(".facet.person .mode input[value=any]").click)
    assert "person.mode" not in kept.params() and kept.total() == any_of_them


def test_articles_without_any_organization(kept):
    count = int(kept.one(".facet.org .without .count").text)
    box = kept.one(".facet.org .without input")
    kept.center(box)
    kept.moved(box.click)
    assert kept.total() == count and kept.params()["org.missing"] == ["1"]


def test_an_ambiguous_surname_says_who_it_may_be(browser):
    browser.open("/?facet.size=100&sort=-date")
    sign = browser.one(".facet.person .ambiguous")
    browser.center(sign)
    sign.find_element("css selector", "summary").click()
    candidates = [link.text for link in sign.find_elements("css selector", "a")]
    assert len(candidates) > 1
    browser.moved(sign.find_element("css selector", "a").click)
    assert browser.texts(".selected .chip") == [f"{candidates[0]}×"]


def test_sort_page_size_and_paging_without_a_reload(kept):
    kept.moved(kept.link("сначала старые").click)
    assert kept.params()["sort"] == ["date"]
    kept.moved(kept.link("20").click)
    assert len(kept.all(".hit")) == 20
    kept.center(kept.one("[rel=next]"))
    kept.moved(kept.one("[rel=next]").click)
    assert kept.params()["offset"] == ["20"]
    assert abs(kept.one("#results").rect["y"] - kept.scrolled()) < 60


def test_the_order_is_explained_when_asked(kept):
    assert not kept.all(".explained")
    kept.moved(kept.link("почему такой порядок").click)
    assert len(kept.all(".explained")) == 10 and "губернатор" in kept.one(".explained").text
    kept.moved(kept.link("скрыть объяснения").click)
    assert not kept.all(".explained")
    kept.moved(kept.link("сначала новые").click)
    assert "почему такой порядок" not in kept.one(".sorts").text


def test_the_way_back_from_an_article_leads_to_the_same_place(browser):
    browser.open(FOUND)
    browser.moved(lambda: browser.check("source"))
    browser.center(browser.all(".hit h2 a")[5])
    before = browser.scrolled()
    browser.follow(browser.all(".hit h2 a")[5])
    browser.driver.back()
    browser.until(lambda _: browser.all(".hit"))
    browser.until(lambda _: abs(browser.scrolled() - before) < 4)
    assert browser.total() and set(browser.params()) == {"q", "source"}


def test_a_page_that_cannot_be_fetched_is_opened_instead(browser):
    browser.open(FOUND)
    browser.run("window.fetch = () => Promise.reject(new Error('offline'))")
    browser.follow(browser.one(".chip.person"))
    assert browser.texts(".selected .chip")


def test_without_scripts_a_facet_is_searched_and_excluded(plain_browser):
    browser = plain_browser
    browser.open(FOUND)
    within = browser.one(".facet.person .within input[type=search]")
    browser.left(lambda: within.send_keys("цой", Keys.ENTER))
    assert browser.texts(".facet .values .name") == ["Виктория Сергеевна Цой"]
    count = int(browser.one(".facet .values .count").text)
    browser.one(".facet .values input").click()
    browser.follow(browser.one(".apply button"))
    assert browser.total() == count
    browser.follow(browser.one(".facet.org .exclude"))
    assert browser.total() < count
    browser.one(".facet.person .mode input[value=all]").click()
    browser.follow(browser.one(".apply button"))
    assert browser.params()["person.mode"] == ["all"]
