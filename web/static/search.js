// Complete without this: it saves the button on wide screens and a wrong box after "back".
const form = document.getElementById("search");
const wide = matchMedia("(min-width: 60rem)");

document.addEventListener("change", (event) => {
  if (wide.matches && event.target.matches(".facet input[type=checkbox]")) form.requestSubmit();
});

// A page out of the browser's history shows its own state, not what was clicked last.
addEventListener("pageshow", () => form.reset());
