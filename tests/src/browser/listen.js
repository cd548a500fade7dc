// Remembers whether what `find.js` sought last was clicked, or a label of it. What else was clicked does not count:
// where the page moved between press and letting go, a browser clicks whatever holds both places.
function () {
  document.portalTestClicked = false;
  if (document.portalTestListens) return;
  document.portalTestListens = true;
  const told = ({ target }) => {
    const sought = document.portalTestSought;
    const labels = [...((sought && sought.labels) || [])];
    if (sought && [sought, ...labels].some((it) => it.contains(target))) document.portalTestClicked = true;
  };
  addEventListener('click', told, { capture: true });
}
