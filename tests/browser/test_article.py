"""An article as a reader has it: names on demand, from hit to hit, copied, printed."""

import pytest
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

ARTICLE = "/articles/economy-001?q=мост"


def lines(browser) -> dict[str, str]:
    """How the first name of each kind is underlined in the text."""
    return {
        kind: browser.one(f".text a.{kind}").value_of_css_property("text-decoration-style")
        for kind in ("person", "organization")
    }


@pytest.fixture
def forgetful(browser):
    browser.open("/help")
    browser.driver.execute_script("localStorage.clear()")
    yield browser
    browser.driver.execute_script("localStorage.clear()")


def test_names_are_marked_on_demand_and_that_is_remembered(forgetful):
    browser = forgetful
    browser.open(ARTICLE)
    assert lines(browser) == {"person": "dotted", "organization": "dotted"}
    browser.one("#names").click()
    assert lines(browser) == {"person": "solid", "organization": "dashed"}
    browser.open("/articles/politics-001")
    assert browser.one("#names").is_selected()
    assert lines(browser) == {"person": "solid", "organization": "dashed"}
    browser.one("#names").click()
    browser.open(ARTICLE)
    assert lines(browser) == {"person": "dotted", "organization": "dotted"}


def test_names_are_marked_without_scripts_too(plain_browser):
    plain_browser.open(ARTICLE)
    plain_browser.one("#names").click()
    assert lines(plain_browser) == {"person": "solid", "organization": "dashed"}


def test_keys_and_links_go_from_hit_to_hit(browser):
    browser.open("/?q=мост&sort=date")
    titles = browser.texts(".hit h2")
    browser.follow(browser.all(".hit h2 a")[1])
    assert browser.one(".back .place").text.startswith("2 из ")
    browser.left(lambda: browser.one("body").send_keys("j"))
    assert browser.one("h1").text == titles[2]
    browser.follow(browser.one("[rel=prev]"))
    browser.follow(browser.one(".beside .previous"))
    assert browser.one("h1").text == titles[0]
    assert not browser.all("[rel=prev]")
    browser.follow(browser.link("К результатам"))
    assert browser.texts(".hit h2") == titles


def test_a_name_leads_to_its_first_place_and_to_its_page(browser):
    browser.open(ARTICLE)
    times = browser.one(".who.person .times")
    browser.driver.execute_script("arguments[0].click()", times)
    target = browser.one(".text a:target")
    assert target.value_of_css_property("outline-style") == "solid"
    name = browser.one(".who.person a").text
    browser.follow(browser.one(".who.person a"))
    assert browser.one("h1").text == name


def test_the_citation_is_copied(browser):
    rights = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    browser.driver.execute_cdp_cmd("Browser.grantPermissions", rights)
    browser.open(ARTICLE)
    browser.one("button.copy").send_keys(Keys.ENTER)
    browser.until(lambda _: browser.one("button.copy").text == "Скопировано")
    assert "Таволга-Информ" in browser.one("#citation").text


def test_print_leaves_the_article_alone(browser):
    browser.open(ARTICLE)
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        for selector in (
            ".masthead", ".back", ".legend", ".beside", ".formats", ".similar", ".colophon",
        ):  # fmt: skip
            assert not browser.one(selector).is_displayed(), selector
        for selector in ("h1", ".text p", "#citation", ".who"):
            assert browser.one(selector).is_displayed(), selector
        assert browser.one(".text a").value_of_css_property("text-decoration-line") == "none"
    finally:
        browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_a_line_of_text_is_no_longer_than_is_read_with_ease(browser):
    for width in (390, 1280, 1920):
        browser.open(ARTICLE, width)
        letters = browser.driver.execute_script(
            "const p = document.querySelector('.text p'), s = document.createElement('span');"
            "s.textContent = 'н'.repeat(100); s.style.whiteSpace = 'nowrap'; p.append(s); const w = s.getBoundingClientRect().width;"
            "const all = p.getBoundingClientRect().width; s.remove(); return all / w * 100"
        )
        assert 25 <= letters <= 80, (width, letters)
