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
