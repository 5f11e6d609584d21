// Completion of the search box: a combobox with a list (WAI-ARIA APG); without this, a plain box.
(() => {
  const form = document.getElementById("search");
  const input = form.elements.q;
  const list = document.getElementById("completions");
  const WAIT = 120;
  const language = document.documentElement.lang;
  const plurals = new Intl.PluralRules(language);
  const articles = JSON.parse(list.dataset.articles);
  let timer, asked = 0, chosen = -1;

  const attributes = {
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id,
  };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  function close() {
    asked += 1;
    clearTimeout(timer);
    list.hidden = true;
    list.removeAttribute("aria-busy");
    list.replaceChildren();
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function option(row, number) {
    const item = document.createElement("li");
    item.id = `completion-${number}`;
    item.role = "option";
    item.className = row.kind;
    item.setAttribute("aria-selected", "false");
    const count = document.createElement("span");
    count.className = "count";
    count.textContent = articles[plurals.select(row.count)].replace("{n}", row.count.toLocaleString(language));
    const kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = [list.dataset[row.kind], row.ambiguous && list.dataset.ambiguous].filter(Boolean).join(" · ");
    item.append(row.text, kind, count);
    item.addEventListener("pointerdown", (event) => event.preventDefault());
    item.addEventListener("click", () => go(row));
    item.row = row;
    return item;
  }

  function go(row) {
    if (row.kind === "word") {
      input.value = row.text;
      close();
      form.requestSubmit();
      return;
    }
    const query = new URLSearchParams({ [row.kind === "person" ? "person" : "org"]: row.id });
    const lang = form.elements.lang?.value;
    if (lang) query.set("lang", lang);
    location.assign(`${form.action}?${query}`);
  }

  function choose(number) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = number;
    const item = list.children[chosen];
    if (!item) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  async function ask() {
    const turn = (asked += 1);
    const query = new URLSearchParams({ q: input.value });
    const response = await fetch(`${list.dataset.url}?${query}`).catch(() => null);
    const { suggestions } = response?.ok ? await response.json() : {};
    if (turn !== asked || document.activeElement !== input) return;
    list.removeAttribute("aria-busy");
    if (!suggestions) return;
    if (!suggestions.length) {
      close();
      return;
    }
    list.replaceChildren(...suggestions.map(option));
    list.hidden = false;
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-expanded", "true");
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (!input.value.trim()) {
      close();
    } else {
      asked += 1; // what was asked for before is no longer waited for
      list.setAttribute("aria-busy", "true");
      timer = setTimeout(ask, WAIT);
    }
  });

  input.addEventListener("keydown", (event) => {
    const n = list.children.length;
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + n + 1) % (n + 1)) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      go(list.children[chosen].row);
    } else if (event.key === "Escape") {
      close();
    } else {
      return;
    }
    event.preventDefault();
  });

  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
})();
