// Fills in the first form that has all these fields, by their names, and sends it. What is marked with
// an exclamation mark is set on the form itself, such as how it is encoded.
function (fields) {
  const own = fields.filter(([name]) => name.startsWith('!'));
  const typed = fields.filter(([name]) => !name.startsWith('!'));
  const has = (form) => typed.every(([name]) => form.elements.namedItem(name));
  const form = [...document.forms].find((form) => form.method === 'post' && has(form));
  if (!form) return { error: `no form has all of ${typed.map(([name]) => name).join(', ')}` };
  for (const [name, value] of own) form[name.slice(1)] = value;
  for (const [name, value] of typed) {
    const field = form.elements.namedItem(name);
    if (field.type === 'checkbox') field.checked = field.value === value;
    else field.value = value;
  }
  HTMLFormElement.prototype.submit.call(form);
  return {};
}
