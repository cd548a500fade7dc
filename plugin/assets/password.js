// Shows the passwords of a form while a box is ticked, to who wants to see what they type. Without this script there is no box.
"use strict";
(() => {
  const offer = document.getElementById("show-password");
  const form = offer.closest("form");
  const box = offer.querySelector("input");
  const passwords = form.querySelectorAll('input[type="password"]');
  const show = () => {
    for (const password of passwords) password.type = box.checked ? "text" : "password";
  };
  const hide = () => {
    box.checked = false;
    show();
  };
  offer.hidden = false;
  box.addEventListener("change", show);
  // What is no password to a browser when it is sent may be offered to whoever types next.
  form.addEventListener("submit", hide);
  // A browser may keep the page that is left, as it is, for whoever comes back to it.
  addEventListener("pagehide", hide);
  // Or tick, on the page anew, what was ticked before.
  addEventListener("pageshow", hide);
})();
