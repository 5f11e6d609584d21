"""What every page keeps to: its window, its own server, a silent console, the keyboard."""

import pytest
from selenium.webdriver.common.keys import Keys
from selenium_axe_python import Axe

pytestmark = pytest.mark.browser

PATHS = [
    "/",
    "/help?lang=en",
    "/compare",
    "/compare?person=Тагиев&org=ДСМ&q=мост&bars=share",
    "/compare?person=Тагиев&person=Соловьёва&org=ДСМ&q=мост&q=театр OR школа&interval=year&lang=en",
    "/persons/Рустам Тагиев",
    "/organizations/ДСМ",
    "/?sort=-date",
    "/?q=губернатор",
    "/?q=губернатор&from=2022&facet.size=100&lang=en",
    "/?q=абракадабра&section=Спорт&to=2020",
    "/?person=Оченьдлиннаяфамилиякотораянивоккономнепомещается" + "ся" * 40,
    "/?from=позавчера" + "шнего" * 40 + "&to=вчера",
    "/articles/economy-001?q=мост",
    "/facets/person?q=губернатор&prefix=а",
]
BROKEN = {
    "/?limit=many": 400,
    "/articles/nothing": 404,
    "/nothing": 404,
}


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_no_page_scrolls_sideways(browser, width):
    for path in (*PATHS, *BROKEN):
        browser.open(path, width)
        browser.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert browser.overflow() <= 0, path


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_what_is_to_be_typed_fits_into_its_field(browser, lang):
    for path in (f"/?q=мост&lang={lang}", f"/?lang={lang}", f"/compare?lang={lang}"):
        browser.open(path, 320)
        browser.run(UNFOLD)
        assert browser.run(CUT_HINTS) == [], path


CUT_HINTS = """
const written = document.createElement("canvas").getContext("2d");
return [...document.querySelectorAll("main input[placeholder], #search input[placeholder]")]
  .filter((input) => {
    const style = getComputedStyle(input);
    written.font = `${style.fontSize} ${style.fontFamily}`;
    const room = input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return input.checkVisibility() && written.measureText(input.placeholder).width > room + 0.5;
  })
  .map((input) => input.placeholder);
"""


def test_nothing_is_requested_from_elsewhere_and_the_console_is_silent(browser):
    browser.console(), browser.requested()
    for path in PATHS:
        browser.open(path)
    assert browser.console() == []
    requested = browser.requested()
    assert any("/static/base.css?v=" in url for url in requested)
    assert {url for url in requested if not url.startswith(f"{browser.site}/")} == set()


def test_a_broken_page_complains_of_its_status_only(browser):
    browser.console()
    for path in BROKEN:
        browser.open(path)
    complaints = browser.console()
    assert len(complaints) == len(BROKEN)
    assert all("Failed to load resource" in complaint for complaint in complaints)


MOST_BYTES = 60_000


@pytest.mark.parametrize("path", ["/", "/?q=губернатор", "/articles/economy-001"])
def test_a_first_page_is_light(browser, path):
    browser.driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": True})
    browser.driver.get_log("performance")
    browser.open(path)
    browser.driver.execute_cdp_cmd("Network.setCacheDisabled", {"cacheDisabled": False})
    assert 5_000 < browser.transferred() < MOST_BYTES


def test_nothing_jumps_while_a_page_loads_and_nothing_waits_for_scripts(browser):
    for path in PATHS:
        browser.open(path)
        assert browser.driver.execute_async_script(SHIFTS) < 0.01, path
        assert browser.all("script:not([type=module], [defer])") == [], path


SHIFTS = """
const done = arguments[0];
let sum = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
  .observe({ type: "layout-shift", buffered: true });
setTimeout(() => done(sum), 150);
"""

UNFOLD = """
document.querySelectorAll("details:not(.toggle)").forEach((each) => { each.open = true; });
"""
RULES = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": ["color-contrast", "link-in-text-block"],
}
"""What axe looks for in each theme: in a second one at what colours decide."""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser, theme, width):
    found = {}
    for path in (*PATHS, *BROKEN):
        browser.open(path, width, theme)
        browser.run(UNFOLD)
        axe = Axe(browser.driver)
        axe.inject()
        options = {"runOnly": RULES[theme], "resultTypes": ["violations"]}
        for violation in axe.run(options=options)["violations"]:
            nodes = [node["html"] for node in violation["nodes"]]
            found[path, violation["id"]] = nodes
    assert found == {}


CONTRAST = """
const luminance = ([r, g, b]) => [r, g, b]
  .map((c) => c / 255)
  .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const channels = (color) => color.match(/[\\d.]+/g).map(Number);
const background = (element) => {
  for (let at = element; at; at = at.parentElement) {
    const found = channels(getComputedStyle(at).backgroundColor);
    if (found.length < 4 || found[3] === 1) return found;
  }
};
const worst = [];
for (const element of document.querySelectorAll("body *")) {
  const written = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  if (!written || !element.getClientRects().length) continue;
  const style = getComputedStyle(element);
  const color = element.namespaceURI.endsWith("svg") ? style.fill : style.color;
  if (element.localName === "title") continue;
  const [light, dark] = [luminance(channels(color)), luminance(background(element))]
    .sort((a, b) => b - a);
  const ratio = (light + 0.05) / (dark + 0.05);
  if (ratio < 4.5) worst.push(`${element.localName}.${element.className} ${ratio.toFixed(2)}`);
}
return worst;
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser, theme):
    for path in (*PATHS, *BROKEN):
        browser.open(path, theme=theme)
        assert browser.driver.execute_script(CONTRAST) == [], path


def test_the_themes_differ(browser):
    grounds = set()
    for theme in ("light", "dark"):
        browser.open("/", theme=theme)
        grounds.add(browser.one("body").value_of_css_property("background-color"))
    assert len(grounds) == 2


def test_the_keyboard_reaches_the_results_first(browser):
    browser.open("/?sort=-date")
    browser.one("body").send_keys(Keys.TAB)
    skip = browser.driver.switch_to.active_element
    assert skip.text == "К результатам" and skip.rect["x"] >= 0
    skip.send_keys(Keys.ENTER)
    browser.driver.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.driver.switch_to.active_element.text == browser.one(".hit h2").text


def test_focus_is_seen(browser):
    browser.open("/?sort=-date")
    for selector in (".hit h2 a", ".facet input", "input[type=search]", ".bars a"):
        element = browser.one(selector)
        browser.driver.execute_script("arguments[0].focus({focusVisible: true})", element)
        ring = element.value_of_css_property("outline-style")
        drawn = browser.driver.execute_script(
            "const bar = arguments[0].querySelector('.bar');"
            "return bar ? getComputedStyle(bar).strokeWidth : ''",
            element,
        )
        assert ring not in ("none", "") or drawn == "2px", selector


@pytest.mark.parametrize("path", [*PATHS, *BROKEN])
def test_controls_have_names_and_headings_are_in_order(browser, path):
    browser.open(path)
    assert len(browser.all("h1")) == 1 and len(browser.all("main")) == 1
    for field in browser.all("input:not([type=hidden]), button, a"):
        named = field.accessible_name or not field.is_displayed()
        assert named, field.get_attribute("outerHTML")
    levels = [int(tag.tag_name[1]) for tag in browser.all("h1, h2, h3")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:]))
