// Whoever comes back to a page gets it from the server, which knows whether they are still signed in. A browser may keep a
// page that was left, as it was, and show it on the way back without asking anybody.
"use strict";
addEventListener("pagehide", () => {
  document.documentElement.hidden = true;
});
addEventListener("pageshow", (event) => {
  // Asked for anew, and never sent anew.
  if (event.persisted) location.replace(location.pathname + location.search);
});
