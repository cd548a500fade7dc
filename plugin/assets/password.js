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
  // A browser that comes back to the page may tick what was ticked.
  box.checked = false;
  offer.hidden = false;
  box.addEventListener("change", show);
  // What is no password to a browser when it is sent may be offered to whoever types next.
  form.addEventListener("submit", () => {
    box.checked = false;
    show();
  });
})();
