"""Keys and the theme: what every page offers beside the mouse."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

LIST = "/?q=губернатор"


def press(browser, *keys: str) -> None:
    ActionChains(browser.driver).send_keys(*keys).perform()


@pytest.fixture
def fresh(browser):
    """A browser that remembers nothing, before and after."""
    browser.open(LIST)
    browser.run("localStorage.clear()")
    browser.driver.delete_all_cookies()
    browser.open(LIST)
    yield browser
    browser.run("localStorage.clear()")
    browser.driver.delete_all_cookies()


def test_a_slash_goes_to_the_search_box(fresh):
    press(fresh, "/")
    box = fresh.driver.switch_to.active_element
    assert box.get_attribute("name") == "q" and box.get_attribute("value") == "губернатор"
    press(fresh, "j/?")
    assert box.get_attribute("value") == "j/?"


def test_j_and_k_go_through_hits(fresh):
    titles = fresh.texts(".hit h2")
    seen = []
    for key in "jjk":
        press(fresh, key)
        seen.append(fresh.driver.switch_to.active_element.text)
    assert seen == [titles[0], titles[1], titles[0]]
    fresh.moved(lambda: press(fresh, Keys.ENTER))
    assert fresh.one("h1").text == titles[0]


def test_a_question_mark_lists_the_keys_and_single_keys_can_be_switched_off(fresh):
    assert not fresh.one("#keys").is_displayed()
    press(fresh, "?")
    assert fresh.one("#keys").is_displayed()
    fresh.one("[data-keys]").click()
    press(fresh, Keys.ESCAPE)
    assert not fresh.one("#keys").is_displayed()
    fresh.open(LIST)
    press(fresh, "?")
    assert not fresh.one("#keys").is_displayed()
    fresh.one("[data-opens=keys]").click()
    assert fresh.one("#keys").is_displayed()


def ground(browser) -> str:
    return browser.one("body").value_of_css_property("background-color")


def test_a_chosen_theme_is_kept_from_page_to_page(fresh):
    light = ground(fresh)
    fresh.moved(lambda: fresh.check("person"))
    fresh.run("window.here = true")
    fresh.one("[data-theme-choice=dark]").click()
    dark = ground(fresh)
    assert fresh.run("return window.here") is True
    assert dark != light
    for path in ("/", LIST, "/help"):
        fresh.open(path)
        assert ground(fresh) == dark
    fresh.one("[data-theme-choice=system]").click()
    assert ground(fresh) == light
    fresh.open(LIST, theme="dark")
    assert ground(fresh) == dark


def test_without_scripts_a_theme_is_chosen_too(plain_browser):
    browser = plain_browser
    browser.open(LIST)
    light = ground(browser)
    browser.follow(browser.one("[data-theme-choice=dark]"))
    assert ground(browser) != light and browser.params() == {"q": ["губернатор"]}
    browser.follow(browser.one("[data-theme-choice=system]"))
    assert ground(browser) == light
