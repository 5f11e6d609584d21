// The search page without reloads: the page of an address is fetched as the server draws it, and
// its parts take the places of those shown. Complete without this: links and a form lead there.
const form = document.getElementById("search");
const home = new URL(form.action).pathname;
const PARTS = [".overview", ".filters", ".results", ".settings", "#hidden"];
const MOST_KEPT = 30;
const EVERYTHING = "sort=-date";
const DEFAULTS = { "person.mode": "any", "org.mode": "any" };

const kept = new Map();
let shown = location.pathname + location.search;
let running;

const main = () => document.querySelector("main.search");

function keep(address, html) {
  kept.delete(address);
  kept.set(address, html);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
}

async function ask(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(response.status);
  const url = new URL(response.url);
  return { address: url.pathname + url.search, html: await response.text() };
}

// What has the focus, so that it can be found again among new elements.
function place(element) {
  if (!main().contains(element)) return null;
  const part = PARTS.find((selector) => element.closest(selector));
  const { id, name, value, type } = element;
  if (element.dataset.start) return `${part} [data-start="${element.dataset.start}"]`;
  if (id) return `#${CSS.escape(id)}`;
  if (name) {
    const box = type === "checkbox" || type === "radio" ? `[value="${CSS.escape(value)}"]` : "";
    const field = name.replace(/\.not$/, "");
    return `${part} :is([name="${field}"], [name="${name}"])${box}:not([type="hidden"])`;
  }
  const like = [...document.querySelectorAll(`${part} a, ${part} summary, ${part} button`)];
  const same = like.filter((other) => other.textContent === element.textContent && other.getAttribute("aria-label") === element.getAttribute("aria-label"));
  return { part, text: element.textContent, label: element.getAttribute("aria-label"), nth: same.indexOf(element) };
}

function find(wanted) {
  if (!wanted) return null;
  if (typeof wanted === "string") return document.querySelector(wanted);
  return [...document.querySelectorAll(`${wanted.part} :is(a, summary, button, span[aria-current])`)].filter(
    (other) => other.textContent === wanted.text && (other.getAttribute("aria-label") === wanted.label || other.localName === "span"),
  )[wanted.nth] ?? null;
}

// What stands beside it, for when it is not found: the box of a value of a facet, the next chip,
// a bar of the time line.
function beside(element) {
  const value = element.closest(".values li")?.querySelector("input").value;
  if (value) return [`.values [value="${CSS.escape(value)}"]`];
  const chip = element.closest(".selected li");
  if (chip) return [`.selected li:nth-child(${[...chip.parentNode.children].indexOf(chip) + 1}) a`, ".selected li:last-child a"];
  return element.closest(".timeline") ? ['.timeline .plot a[tabindex="0"]'] : [];
}

function put(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  if (!page.querySelector("main.search")) return false;
  const active = document.activeElement;
  const wanted = place(active);
  const others = beside(active);
  const top = active.getBoundingClientRect().top;
  const typing = active.matches("input:not([type=checkbox], [type=radio])") && active.value !== active.defaultValue;
  const typed = typing ? [active.value, active.selectionStart] : null;
  const open = new Set([...document.querySelectorAll("details[data-keep][open]")].map((each) => each.dataset.keep));
  for (const each of page.querySelectorAll("details[data-keep]")) each.open ||= open.has(each.dataset.keep);
  for (const selector of PARTS) {
    document.querySelector(selector).replaceWith(document.adoptNode(page.querySelector(selector)));
  }
  document.title = page.title;
  const query = page.getElementById("search").elements.q.value;
  form.elements.q.defaultValue = query;
  if (active !== form.elements.q) form.elements.q.value = query;
  document.dispatchEvent(new CustomEvent("redrawn"));
  const again = find(wanted) ?? others.map((selector) => document.querySelector(selector)).find(Boolean);
  if (again) {
    if (again.tabIndex < 0) again.tabIndex = -1;
    again.focus({ preventScroll: true });
    if (typed && again.matches("input")) {
      again.value = typed[0];
      again.setSelectionRange(typed[1], typed[1]);
      again.dispatchEvent(new Event("input", { bubbles: true }));
    }
    scrollBy(0, again.getBoundingClientRect().top - top);
  } else if (wanted) {
    document.querySelector("#results").focus({ preventScroll: true });
  }
  document.getElementById("announcement").textContent = document.querySelector("h1").textContent;
  return true;
}

async function go(address, { push = true, scroll = null } = {}) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  main().setAttribute("aria-busy", "true");
  try {
    const before = shown;
    const old = kept.get(address);
    const page = !push && old ? { address, html: old } : await ask(address, signal);
    keep(page.address, page.html);
    if (push) {
      history.replaceState({ y: scrollY }, "");
      if (page.address !== shown) history.pushState({ y: 0 }, "", page.address);
    }
    shown = page.address;
    if (!put(page.html)) location.replace(page.address);
    if (scroll !== null) scrollTo(0, scroll);
    else if (turned(before, shown)) document.querySelector("#results").scrollIntoView();
  } catch (error) {
    if (error.name === "AbortError") return;
    location.assign(address);
  }
  main()?.removeAttribute("aria-busy");
}

const offset = (address) => new URLSearchParams(address.split("?")[1]).get("offset");
const turned = (before, after) => offset(after) !== null && offset(before) !== offset(after);

// The address of what the form says, without what says nothing.
function written() {
  const said = [...new FormData(form)].filter(([name, value]) => value.trim() && DEFAULTS[name] !== value);
  const query = new URLSearchParams(said).toString();
  return `${home}?${query || EVERYTHING}`;
}

function addressOf(event) {
  const link = event.target.closest("main.search a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return null;
  const url = new URL(link.getAttribute("href"), location.href);
  const here = url.origin === location.origin && url.pathname === home;
  return here && !url.hash ? url.pathname + url.search : null;
}

document.addEventListener("click", (event) => {
  const address = addressOf(event);
  if (!address) return;
  event.preventDefault();
  go(address);
});

document.addEventListener("visit", (event) => {
  event.preventDefault();
  go(event.detail);
});

document.addEventListener("change", (event) => {
  if (event.target.matches(".facet :is([type=checkbox], [type=radio])")) go(written());
});

document.addEventListener("submit", (event) => {
  if (event.target !== form || event.defaultPrevented) return;
  event.preventDefault();
  document.querySelector(".toggle").open = false;
  for (const each of document.querySelectorAll(".period input")) each.defaultValue = each.value;
  const results = event.submitter?.closest(".apply");
  go(written()).then(() => results && document.querySelector("#results").scrollIntoView());
});

addEventListener("popstate", (event) => {
  const address = location.pathname + location.search;
  if (address !== shown) go(address, { push: false, scroll: event.state?.y ?? 0 });
});

// Coming back to this document from another one finds the place that was left.
history.scrollRestoration = "manual";
addEventListener("pagehide", () => history.replaceState({ y: scrollY }, ""));
addEventListener("pageshow", () => form.reset());
if (history.state?.y && !location.hash) scrollTo(0, history.state.y);
