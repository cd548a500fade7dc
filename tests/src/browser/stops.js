// Where in the page everything is that a keyboard must reach.
function () {
  const root = document.querySelector('dialog:modal') || document;
  const all = [...document.querySelectorAll('*')];
  const stops = root.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]');
  const seen = new Set();
  const wanted = [...stops].filter((it) => {
    if (it.matches(':disabled') || !it.checkVisibility({ checkVisibilityCSS: true })) return false;
    if (it.type !== 'radio') return true;
    // Of those that belong together one is reached, and the others from there.
    if (seen.has(it.name)) return false;
    seen.add(it.name);
    return true;
  });
  return wanted.map((it) => [all.indexOf(it), it.outerHTML.slice(0, 120), it.type === 'radio' ? it.name : '']);
}
