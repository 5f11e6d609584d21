// Light, dark or as the system is: at once, and remembered as the server remembers it.
const root = document.documentElement;
const YEAR_SECONDS = 365 * 24 * 3600;

function light(choice) {
  const system = choice === "system";
  if (system) delete root.dataset.theme;
  else root.dataset.theme = choice;
  document.querySelector("meta[name=color-scheme]").content = system ? "light dark" : choice;
  document.cookie = `theme=${system ? "" : choice}; max-age=${system ? 0 : YEAR_SECONDS}; path=/; samesite=lax`;
}

document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-theme-choice]");
  if (!chosen) return;
  event.preventDefault();
  light(chosen.dataset.themeChoice);
  for (const link of document.querySelectorAll("[data-theme-choice]")) {
    if (link === chosen) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
});
