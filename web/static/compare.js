// Names as they are typed, for what is added to a comparison; without this, a plain field.
const field = document.querySelector(".adding [name=add]");
const kind = document.querySelector(".adding [name=as]");
const offers = document.getElementById("offers");
const WAIT = 150;
let timer;
let asked = 0;

async function offer() {
  const turn = (asked += 1);
  const url = kind.selectedOptions[0].dataset.url;
  const prefix = field.value.trim();
  if (!url || prefix.length < 2) {
    offers.replaceChildren();
    return;
  }
  const response = await fetch(`${url}?${new URLSearchParams({ prefix })}`).catch(() => null);
  if (!response?.ok) return;
  const { values } = await response.json();
  if (turn !== asked) return;
  offers.replaceChildren(...values.map((value) => new Option(value.name, value.name)));
}

field?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(offer, WAIT);
});
kind?.addEventListener("change", offer);

// The numbers of all lines at the interval under the pointer or the focus, beside their names.
const chart = document.querySelector(".overlaid");
const rows = new Map([...document.querySelectorAll(".numbers tr[data-start]")].map((row) => [row.dataset.start, row]));
const told = [...document.querySelectorAll(".item .here")];
const startOf = (target) => target?.closest("[data-start]")?.dataset.start;

function tell(target) {
  const cells = rows.get(startOf(target))?.querySelectorAll("td");
  told.forEach((output, line) => { output.textContent = cells?.[line].textContent.replace(" ", " · ") ?? ""; });
}

for (const event of ["pointerover", "focusin"]) chart?.addEventListener(event, ({ target }) => tell(target));
chart?.addEventListener("focusout", () => tell());
chart?.addEventListener("pointerleave", ({ pointerType }) => { if (pointerType !== "touch") tell(); });

// A finger sees the numbers first, and is led on by its second touch of an interval.
let touched;
chart?.addEventListener("click", (event) => {
  const start = startOf(event.target);
  if (event.pointerType !== "touch" || !start) return;
  if (touched !== start) event.preventDefault();
  touched = start;
});

// Up and down lead from line to line, within one interval; left and right are the time line's.
chart?.addEventListener("keydown", (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const link = event.target.closest("a[data-line]");
  if (!step || !link || event.ctrlKey || event.metaKey || event.altKey) return;
  const height = (one) => Number(one.querySelector(".strip").getAttribute("y"));
  const links = [...link.parentNode.querySelectorAll("a")].sort((one, other) => height(one) - height(other));
  event.preventDefault();
  event.stopPropagation();
  links[links.indexOf(link) + step]?.focus();
}, { capture: true });
