"""The time line: dates dragged over, stepped to, undone; counts, shares, and the numbers."""

import re

import numpy as np
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

FOUND = "/?q=губернатор"
RANGE = "/?q=губернатор&from=2021-01&to=2022-12"


def drag(browser, element, start: float, by: float) -> ActionChains:
    """Press on an element, ``start`` pixels from its middle, and move sideways."""
    chain = ActionChains(browser.driver).move_to_element_with_offset(element, start, 0)
    return chain.click_and_hold().move_by_offset(by / 2, 2).move_by_offset(by / 2, 2)


def said(element) -> str:
    """The text of an element, or its accessible name, with plain spaces."""
    return re.sub(r"\s", " ", element.text or element.accessible_name)


def ends(browser) -> tuple[str, str]:
    return browser.params()["from"][0], browser.params()["to"][0]


def test_dragging_selects_months_and_shows_their_days_closer(browser):
    browser.open(FOUND)
    everything = browser.total()
    drag(browser, browser.one(".bars"), -100, 30).perform()
    assert re.fullmatch(r"\S+ \d{4} г\. — \S+ \d{4} г\.", browser.one(".readout").text)
    assert browser.total() == everything
    browser.moved(ActionChains(browser.driver).release().perform)
    first, last = ends(browser)
    assert re.fullmatch(r"\d{4}-\d\d", first) and first < last
    assert browser.total() < everything
    assert browser.one(".timeline[data-interval=month] .selection").is_displayed()
    assert browser.all(".timeline[data-interval=day]")


def test_double_click_and_escape_take_the_dates_back(browser):
    for undo in (
        lambda bars: ActionChains(browser.driver).double_click(bars).perform(),
        lambda bars: (
            ActionChains(browser.driver).move_to_element(bars).send_keys(Keys.ESCAPE).perform()
        ),
    ):
        browser.open(RANGE)
        bars = browser.one(".bars")
        ActionChains(browser.driver).move_to_element_with_offset(bars, 200, -40).perform()
        browser.moved(lambda: undo(bars))
        browser.settled()
        assert "from" not in browser.params() and not browser.all(".handle")


def test_the_focus_stays_on_the_time_line_when_its_ends_go(browser):
    browser.open(RANGE)
    browser.run("arguments[0].focus()", browser.one("#first-month"))
    browser.moved(ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform)
    assert browser.driver.switch_to.active_element in browser.all(".timeline .bars a")


@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_what_is_said_of_a_bar_moves_nothing(browser, width):
    browser.open(FOUND, width)
    bars = browser.one(".bars")
    browser.center(bars)
    place = bars.rect
    ActionChains(browser.driver).move_to_element(browser.all(".bars a")[-1]).perform()
    assert browser.one(".readout").text and bars.rect == place


def test_an_end_is_not_drawn_over_the_numbers_of_the_scale(browser):
    browser.open("/?q=губернатор&from=2021&interval=year&bars=share")
    grip = browser.run(
        "return document.querySelector('#last-year .grip').getBoundingClientRect().right"
    )
    scale = browser.run(
        "return [...document.querySelectorAll('.scale')].map((each) => each.getBoundingClientRect())"
    )
    assert all(grip < label["left"] for label in scale)
    edge = browser.one(".timeline").rect
    assert all(label["right"] <= edge["x"] + edge["width"] for label in scale)


def test_an_end_is_dragged(browser):
    browser.open(RANGE)
    handle = browser.one("#last-month")
    browser.moved(drag(browser, handle, 0, 60).release().perform)
    first, last = ends(browser)
    assert first == "2021-01" and last > "2022-12"


def test_an_end_is_stepped_with_the_keyboard_and_keeps_the_focus(browser):
    browser.open(RANGE)
    handle = browser.one("#first-month")
    assert handle.aria_role == "slider" and handle.accessible_name == "Начало периода"
    browser.run("arguments[0].focus()", handle)
    step = ActionChains(browser.driver).send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    step.perform()
    browser.until(lambda _: ends(browser) == ("2021-03", "2022-12"))
    browser.settled()
    active = browser.driver.switch_to.active_element
    assert active.get_attribute("id") == "first-month"
    assert active.get_attribute("aria-valuetext").startswith("март 2021")


def test_bars_are_one_stop_of_the_keyboard_and_say_what_they_show(browser):
    browser.open(FOUND)
    stops = browser.all(".bars a[tabindex='0']")
    assert len(stops) == 1
    browser.run("arguments[0].focus()", stops[0])
    assert said(browser.one(".readout")) == said(stops[0])
    assert re.search(r": \d+ новост\S+ из \d+, \d+", said(stops[0]))
    ActionChains(browser.driver).send_keys(Keys.END).perform()
    last = browser.driver.switch_to.active_element
    assert last.get_attribute("data-start") == browser.all(".bars a")[-1].get_attribute(
        "data-start"
    )
    keys = ActionChains(browser.driver).key_down(Keys.SHIFT).send_keys(Keys.ARROW_LEFT)
    end = last.get_attribute("data-start")
    keys.send_keys(Keys.ARROW_LEFT).key_up(Keys.SHIFT).perform()
    two_back = str(np.datetime64(end, "M") - 2)
    browser.until(lambda _: "from" in browser.params() and ends(browser) == (two_back, end))


def test_counts_are_shown_under_the_pointer(browser):
    browser.open(FOUND)
    bar = browser.all(".bars a")[2]
    ActionChains(browser.driver).move_to_element(bar).perform()
    assert said(browser.one(".readout")) == said(bar)


def test_shares_of_the_archive_stay_while_one_goes_on(browser):
    browser.open(FOUND)
    assert browser.all(".bars rect.all")
    browser.moved(browser.link("доля, %").click)
    assert browser.params()["bars"] == ["share"]
    assert browser.all(".bars .scale")[-1].text == "100 %" and not browser.all(".bars rect.all")
    browser.moved(lambda: browser.check("person"))
    assert browser.params()["bars"] == ["share"]
    browser.moved(browser.link("число").click)
    assert "bars" not in browser.params()


def segment(browser, words: str):
    return next(link for link in browser.all(".segments a") if link.text == words)


def other_intervals(browser, act) -> None:
    """From years to months, which is the default, and back; ``act`` clicks on a link."""
    browser.open("/?q=губернатор&from=2021&to=2021&sort=date&interval=year")
    kept = {"q", "from", "to", "sort"}
    act(segment(browser, "месяц"))
    assert browser.one(".timeline").get_attribute("data-interval") == "month"
    assert set(browser.params()) == kept
    assert browser.texts(".segments [aria-current]") == ["месяц", "число"]
    act(segment(browser, "год"))
    assert browser.one(".timeline").get_attribute("data-interval") == "year"
    assert browser.params()["interval"] == ["year"] and set(browser.params()) == kept | {"interval"}


def test_bars_are_months_or_years(browser):
    other_intervals(browser, lambda link: browser.moved(link.click))
    browser.moved(lambda: browser.check("person"))
    assert browser.params()["interval"] == ["year"]


def test_without_scripts_bars_are_months_or_years(plain_browser):
    other_intervals(plain_browser, plain_browser.follow)


def test_bars_of_a_persons_page_are_months_or_years(browser):
    browser.open("/persons/Екатерина Соловьёва")
    browser.follow(segment(browser, "год"))
    assert browser.params() == {"interval": ["year"]}
    browser.follow(browser.link("доля, %"))
    assert browser.one(".timeline").get_attribute("data-interval") == "year"
    browser.follow(segment(browser, "месяц"))
    assert browser.params() == {"bars": ["share"]}


def test_the_same_numbers_stand_in_a_table(browser):
    browser.open(FOUND)
    browser.one(".numbers summary").click()
    rows = [row.text.rsplit(" ", 4) for row in browser.all(".numbers tbody tr")]
    counts = [
        int(row.find_element("css selector", "td").text) for row in browser.all(".numbers tbody tr")
    ]
    undated = int(re.search(r"ещё (\d+) без даты", browser.one(".timeline").text)[1])
    assert len(rows) == len(counts) and sum(counts) + undated == browser.total()
    browser.moved(lambda: browser.check("person"))
    assert browser.one(".numbers tbody").is_displayed()


def test_articles_without_a_date_are_counted_beside_and_found(browser):
    browser.open(FOUND)
    browser.moved(browser.link("без даты").click)
    assert browser.total() == 1 and browser.texts(".selected .chip") == ["без даты×"]


def test_without_scripts_bars_are_links_and_the_range_is_framed(plain_browser):
    browser = plain_browser
    browser.open(RANGE)
    assert browser.one(".selection").is_displayed() and not browser.all(".handle")
    browser.follow(browser.one(".timeline .bars a .bar"))
    assert ends(browser)[0] == ends(browser)[1]
    browser.follow(browser.link("доля, %"))
    assert browser.params()["bars"] == ["share"]


def test_dates_are_chosen_on_the_page_of_a_person_too(browser):
    browser.open("/persons/Екатерина Соловьёва")
    browser.moved(drag(browser, browser.one(".bars"), -100, 120).release().perform)
    first, last = ends(browser)
    assert first < last and browser.params()["person"]
    assert len(browser.all(".selected .chip")) == 3
