// What has the focus, where it stands in the page, and what is wrong with how it shows: WCAG 2.2, 2.4.7 (Focus
// Visible), 2.4.11 (Focus Not Obscured) and, beyond AA, the contrast of 2.4.13 (Focus Appearance).
function () {
  const plain = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const it = document.activeElement;
  if (!it || it === document.body || it === document.documentElement) return { name: '', id: '', faults: [], place: -1 };
  const label = it.labels && it.labels[0];
  const name = plain(it.getAttribute('aria-label')) || plain(label && label.innerText) || plain(it.innerText || it.value);
  const style = getComputedStyle(it);
  const box = it.getBoundingClientRect();
  const faults = [];

  const rgb = (color) => (color.match(/[\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => {
    const part = (v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const contrast = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const ground = (element) => {
    for (let here = element; here; here = here.parentElement) {
      const color = rgb(getComputedStyle(here).backgroundColor);
      if (color.length === 3 || color[3] > 0.99) return color;
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [18, 18, 18] : [255, 255, 255];
  };
  const width = parseFloat(style.outlineWidth);
  if (style.outlineStyle === 'none' || width < 2) faults.push(`its outline is ${style.outlineStyle} ${style.outlineWidth}`);
  else {
    const inside = parseFloat(style.outlineOffset) < 0;
    const around = ground(inside ? it : it.parentElement);
    const ratio = contrast(rgb(style.outlineColor), around);
    if (ratio < 3) faults.push(`its outline has a contrast of ${ratio.toFixed(2)}`);
  }
  if (box.width === 0 || box.height === 0) faults.push('it has no size');
  const [top, left] = [Math.max(box.top, 0), Math.max(box.left, 0)];
  const [bottom, right] = [Math.min(box.bottom, innerHeight), Math.min(box.right, innerWidth)];
  if (bottom - top < Math.min(box.height, 24) - 1 || right <= left) faults.push('it is out of view');
  else {
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const own = hit && (it.contains(hit) || hit.contains(it) || (label && label.contains(hit)));
    if (!own) faults.push(`it is covered by ${hit ? hit.outerHTML.slice(0, 100) : 'nothing'}`);
  }
  const place = [...document.querySelectorAll('*')].indexOf(it);
  return { name, id: it.id, faults, place };
}
