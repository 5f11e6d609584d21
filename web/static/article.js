// The switch that marks names in the text: remembered from article to article.
const names = document.getElementById("names");
const KEPT = "marked-names";

if (names) {
  names.checked = localStorage.getItem(KEPT) === "on";
  names.addEventListener("change", () => localStorage.setItem(KEPT, names.checked ? "on" : "off"));
}
