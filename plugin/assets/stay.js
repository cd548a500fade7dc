// Asks a patient who has done nothing for a while whether to go on, before the session ends, and shows no page of a
// session that may be over.
"use strict";
// A browser may keep a page that was left, as it was, and show it on the way back without asking anybody.
addEventListener("pagehide", () => {
  document.documentElement.hidden = true;
});
addEventListener("pageshow", (event) => {
  // Asked for anew, and never sent anew.
  if (event.persisted) location.replace(location.pathname + location.search);
});
(() => {
  const dialog = document.getElementById("stay");
  if (!dialog || !dialog.showModal) return;
  const ends = Date.now() + Number(dialog.dataset.seconds) * 1000;
  const warning = Number(dialog.dataset.warning) * 1000;
  setInterval(() => {
    const left = ends - Date.now();
    if (left <= 0) {
      // The server says what became of the session; asking is no sign of life.
      location.replace(dialog.dataset.then);
    } else if (left <= warning && !dialog.open) {
      dialog.showModal();
    }
  }, 1000);
})();
