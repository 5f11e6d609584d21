// Keys for the whole page: / goes to the search box, j and k through hits, ? lists them.
const box = document.querySelector("#search input[type=search]");
const list = document.getElementById("keys");
const on = list.querySelector("[data-keys]");
const KEPT = "single-keys";

on.checked = localStorage.getItem(KEPT) !== "off";
on.addEventListener("change", () => localStorage.setItem(KEPT, on.checked ? "on" : "off"));

for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
}

function step(by) {
  const hits = [...document.querySelectorAll(".hit h2 a")];
  const at = hits.findIndex((hit) => hit.closest(".hit").contains(document.activeElement));
  if (!hits.length) document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  const next = hits[at < 0 && by < 0 ? hits.length - 1 : at + by];
  if (!next) return;
  next.focus({ focusVisible: true });
  next.closest(".hit").scrollIntoView({ block: "nearest" });
}

const actions = {
  "/": () => { box.focus(); box.select(); },
  "?": () => list.showModal(),
  KeyJ: () => step(1),
  KeyK: () => step(-1),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox], [type=radio]), select, textarea");
  if (typing || list.open || !on.checked) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // By the place of a key too: a Russian keyboard writes о, л and a full stop there.
  const slash = event.code === "Slash" && (event.shiftKey ? "?" : "/");
  const act = actions[slash || event.key] ?? actions[event.code];
  if (!act) return;
  event.preventDefault();
  act();
});
