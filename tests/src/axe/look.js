// Looks at a page as it is now. Every fault is a sentence; an empty list is a page that shuts nobody out as far as a
// program can tell. What has the focus is looked at where nobody has moved it yet.
async function (isNew) {
  const faults = [];
  const short = (element) => {
    const name = element.tagName.toLowerCase() + (element.id ? `#${element.id}` : '');
    return `${name} "${(element.innerText || element.name || element.value || '').replace(/\s+/g, ' ').trim().slice(0, 40)}"`;
  };
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const result = await axe.run(document, {
    runOnly: { type: 'tag', values: tags },
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations', 'incomplete', 'passes'],
  });
  for (const { id, help, nodes } of result.violations) {
    for (const node of nodes) faults.push(`${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`);
  }
  // What axe could not decide, a person has to: none is left.
  for (const { id, nodes } of result.incomplete) {
    for (const node of nodes) {
      const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join(' ');
      faults.push(`${id} is undecided: ${node.target.join(' ')}: ${why}`);
    }
  }
  let contrast = null;
  for (const { id, nodes } of result.passes) {
    if (id !== 'color-contrast') continue;
    for (const node of nodes) {
      for (const { data } of node.any) {
        if (!data || !data.contrastRatio) continue;
        if (!contrast || data.contrastRatio < contrast[0]) contrast = [data.contrastRatio, `${data.fgColor} on ${data.bgColor} at ${node.target.join(' ')}`];
      }
    }
  }

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) {
    const wide = [...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > page.clientWidth + 0.5);
    faults.push(`it is ${page.scrollWidth - page.clientWidth}px wider than the window: ${wide.slice(0, 3).map(short).join(', ')}`);
  }

  // Every target has 24 by 24 pixels, but for a link within a sentence.
  const isVisible = (it) => it.checkVisibility({ checkVisibilityCSS: true }) && it.getClientRects().length > 0;
  const inSentence = (it) => {
    if (it.tagName !== 'A' || getComputedStyle(it).display !== 'inline') return false;
    const words = (node) => (node.textContent || '').replace(/\s+/g, '');
    return words(it.parentElement).length > words(it).length;
  };
  for (const it of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')) {
    if (!isVisible(it) || it.closest('.skip') || inSentence(it)) continue;
    let { width, height } = it.getBoundingClientRect();
    for (const label of it.labels || []) {
      const around = label.getBoundingClientRect();
      if (label.contains(it)) [width, height] = [Math.max(width, around.width), Math.max(height, around.height)];
    }
    if (width < 24 || height < 24) faults.push(`${short(it)} is ${width.toFixed(1)} by ${height.toFixed(1)} pixels`);
  }

  const fields = [...document.querySelectorAll('input:not([type=hidden]):not([type=checkbox]):not([type=radio])')];
  const purposes = fields.filter((it) => it.name).map((it) => [it.name, it.getAttribute('autocomplete') || '']);

  // What a summary of mistakes links to is there and can be typed in.
  for (const link of document.querySelectorAll('.summary a')) {
    const to = document.querySelector(link.getAttribute('href'));
    if (!to || !(to.matches('input, select, textarea') || to.tabIndex === -1)) faults.push(`${short(link)} leads to no field`);
    else if (to.matches('input')) {
      const described = (to.getAttribute('aria-describedby') || '').split(' ').map((id) => document.getElementById(id));
      if (to.getAttribute('aria-invalid') !== 'true' || described.includes(null)) faults.push(`${short(to)} does not say what is wrong with it`);
    }
  }
  const summary = document.querySelector('.summary');
  if (isNew && summary && document.activeElement !== summary) faults.push('the summary of mistakes has not got the focus');

  // Who asks for little motion gets none.
  if (document.getAnimations().length > 0) faults.push('something moves');
  for (const it of document.querySelectorAll('*')) {
    const style = getComputedStyle(it);
    const moves = style.animationName !== 'none' || style.transitionDuration.split(',').some((time) => parseFloat(time) > 0);
    if (moves || style.scrollBehavior === 'smooth') faults.push(`${short(it)} moves`);
  }
  return { faults, contrast, purposes, language: page.lang };
}
