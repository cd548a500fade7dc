// Takes the token of the sheet's QR code out of the address, where it must not stay, and into the form.
"use strict";
(() => {
  const sheet = document.getElementById("sheet");
  const portalId = document.getElementById("portal_id");
  const note = document.getElementById("from-sheet");
  const token = location.hash.slice(1);
  if (/^[0-9a-f]{64}$/.test(token)) sheet.value = token;
  if (token) history.replaceState(null, "", location.pathname);
  // Whoever changes the language comes back here, with what was scanned: behind the number sign it is sent to nobody.
  const languages = document.querySelector(".languages");
  if (languages) {
    const address = languages.action;
    languages.addEventListener("submit", () => {
      const carried = languages.elements.sheet;
      // Where mistakes are shown, the form carries it along with all else that was typed.
      if (carried) carried.value = sheet.value;
      else if (sheet.value) languages.action = address + "#" + sheet.value;
    });
  }
  const scanned = (yes) => {
    note.hidden = !yes;
    portalId.closest(".field").hidden = yes;
    portalId.disabled = yes;
  };
  if (sheet.value) scanned(true);
  document.getElementById("type-instead").addEventListener("click", () => {
    sheet.value = "";
    scanned(false);
    portalId.focus();
  });
})();
