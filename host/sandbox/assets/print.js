// Offers the browser's own print dialogue as a button; without script a hint stands in its place.
const button = document.querySelector("[data-print]");
const hint = document.querySelector("[data-print-hint]");
if (button) {
  button.addEventListener("click", () => window.print());
  button.hidden = false;
  if (hint) hint.hidden = true;
}
