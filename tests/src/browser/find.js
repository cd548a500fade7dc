// Finds what a person would find by its words, and says where it is. It changes nothing but the
// scroll position, the selection, and what is chosen from a list, and leaves word of what it found for `listen.js`.
function (what, words, option) {
  const plain = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const isVisible = (element) => element.getClientRects().length > 0;
  const nameOf = (element) =>
    plain(element.getAttribute('aria-label')) || plain(element.innerText || element.value);
  const only = (found, all) =>
    found.length === 1
      ? { element: found[0] }
      : { error: `${found.length} of kind ${what} are called "${words}"; there are: ` + all.map(nameOf).join(' | ') };

  const named = (selector) => {
    const all = [...document.querySelectorAll(selector)].filter(isVisible);
    const exact = all.filter((element) => nameOf(element) === words);
    // A control that is there twice leads to the same place twice.
    const places = new Set(exact.map((element) => element.href || Math.random()));
    return only(exact.length > 1 && places.size === 1 ? [exact[0]] : exact, all);
  };
  const labelled = () => {
    const labels = [...document.querySelectorAll('label')].filter((label) => label.control);
    const exact = labels.filter((label) => plain(label.textContent) === words);
    const near = labels.filter((label) => plain(label.textContent).startsWith(words));
    const found = only(exact.length > 0 ? exact : near, labels);
    return found.element ? { element: found.element.control } : found;
  };
  const placeOf = ({ element, error }) => {
    if (error) return { error };
    document.portalTestSought = element;
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const hit = document.elementFromPoint(x, y);
    const label = element.labels && [...element.labels].some((label) => label.contains(hit));
    if (!hit || !(element.contains(hit) || label)) {
      return { error: `"${words}" is covered by ${hit ? hit.outerHTML.slice(0, 200) : 'nothing'}` };
    }
    return { x, y };
  };

  switch (what) {
    case 'text':
      return { value: plain(document.body && document.body.innerText) };
    case 'url':
      return { value: location.href };
    case 'width':
      return { value: document.documentElement.clientWidth };
    case 'overflow':
      return { value: document.documentElement.scrollWidth - document.documentElement.clientWidth };
    case 'link':
      return placeOf(named('a[href]'));
    case 'button':
      return placeOf(named('button, input[type=submit]'));
    case 'first-button': {
      const [first] = [...document.querySelectorAll('button')].filter(isVisible).filter((it) => nameOf(it) === words);
      return first ? placeOf({ element: first }) : { error: `no button "${words}"` };
    }
    case 'field':
      return placeOf(labelled());
    case 'shown-field': {
      const { element } = labelled();
      return { value: Boolean(element) && isVisible(element) };
    }
    case 'fact': {
      const term = [...document.querySelectorAll('dt')].find((term) => plain(term.textContent) === words);
      return term ? { value: plain(term.nextElementSibling.textContent) } : { error: `no fact "${words}"` };
    }
    case 'watch': {
      const { element, error } = labelled();
      if (error) return { error };
      element.form.addEventListener('submit', () => sessionStorage.setItem('portalTestSentAs', element.type));
      return {};
    }
    case 'kind':
    case 'value':
    case 'select':
    case 'clear':
    case 'choose': {
      const { element, error } = labelled();
      if (error) return { error };
      if (what === 'kind') return { value: element.type };
      if (what === 'select') element.select();
      if (what === 'clear') element.value = '';
      if (what === 'choose') {
        const found = [...element.options].find((known) => plain(known.text) === option);
        if (!found) return { error: `${words} offers no "${option}"` };
        element.value = found.value;
        element.dispatchEvent(new Event('change', { bubbles: true }));
      }
      return { value: element.value };
    }
    default:
      return { error: `cannot look for ${what}` };
  }
}
