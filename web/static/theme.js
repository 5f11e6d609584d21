// Light, dark or as the system is: at once, and remembered as the server remembers it.
const root = document.documentElement;
const choices = document.querySelectorAll("[data-theme-choice]");
const YEAR_SECONDS = 365 * 24 * 3600;

for (const link of choices) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const choice = link.dataset.themeChoice;
    const system = choice === "system";
    if (system) delete root.dataset.theme;
    else root.dataset.theme = choice;
    document.querySelector("meta[name=color-scheme]").content = system ? "light dark" : choice;
    document.cookie = `theme=${system ? "" : choice}; max-age=${system ? 0 : YEAR_SECONDS}; path=/; samesite=lax`;
    for (const other of choices) {
      if (other === link) other.setAttribute("aria-current", "true");
      else other.removeAttribute("aria-current");
    }
  });
}
