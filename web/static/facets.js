// Search inside a facet while one types: the facet's own page is asked for its list of values.
const WAIT_MS = 120;
const whole = new WeakMap();
const turns = new WeakMap();

// What was asked for before is no longer waited for.
function nextTurn(form) {
  turns.set(form, (turns.get(form) ?? 0) + 1);
  return turns.get(form);
}

async function look(form) {
  const facet = form.closest(".facet");
  const turn = nextTurn(form);
  const list = facet.querySelector(".values");
  if (!whole.has(form)) whole.set(form, list);
  const first = whole.get(form);
  if (!form.elements.prefix.value.trim()) {
    first.removeAttribute("aria-busy");
    list.replaceWith(first);
    facet.classList.remove("searched");
    return;
  }
  list.setAttribute("aria-busy", "true");
  const response = await fetch(`${form.action}?${new URLSearchParams(new FormData(form))}`).catch(() => null);
  const html = response?.ok ? await response.text().catch(() => null) : null;
  if (turns.get(form) !== turn) return;
  if (html === null) {
    list.removeAttribute("aria-busy");
    return;
  }
  const page = new DOMParser().parseFromString(html, "text/html");
  const found = page.querySelector(".values") ?? document.createElement("ul");
  const told = page.querySelector("main [role=status]").textContent;
  found.className = "values";
  // What is chosen stays in the form, found or not.
  for (const box of first.querySelectorAll(":checked")) {
    if (!found.querySelector(`[value="${CSS.escape(box.value)}"]`)) found.prepend(box.closest("li").cloneNode(true));
  }
  if (!found.children.length) {
    found.append(Object.assign(document.createElement("li"), { textContent: told }));
  }
  facet.querySelector(".values").replaceWith(document.adoptNode(found));
  facet.classList.add("searched");
  document.getElementById("announcement").textContent = told;
}

let timer;
document.addEventListener("input", (event) => {
  const form = event.target.closest(".within");
  if (!form) return;
  nextTurn(form);
  form.closest(".facet").querySelector(".values").setAttribute("aria-busy", "true");
  clearTimeout(timer);
  timer = setTimeout(look, WAIT_MS, form);
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("main.search .within")) return;
  event.preventDefault();
  look(event.target);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest(".within");
  if (!form || event.key !== "Escape") return;
  form.elements.prefix.value = "";
  look(form);
});
