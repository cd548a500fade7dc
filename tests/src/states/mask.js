// Puts something fixed of the same shape in place of what differs from run to run: Portal IDs, moments, codes,
// secrets, references, addresses and QR codes.
function () {
  const fixed = [
    // 01/27/2026, 3:07 PM and the like, whatever is between.
    [/\b\d{2}\/\d{2}\/20[23]\d\b/g, '01/27/2026'],
    [/\b\d{1,2}:\d{2}(:\d{2})? ?([AP]M)\b/g, '10:07 AM'],
    [/\b(January|February|March|April|May|June|July|August|September|October|November|December) \d{1,2}, 20[23]\d\b/g, 'January 27, 2026'],
    [/\b\d{1,2} de (enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre) de 20[23]\d\b/g, '27 de enero de 2026'],
    [/\b\d{1,2} (ene|feb|mar|abr|may|jun|jul|ago|sept|oct|nov|dic)\.? 20[23]\d\b/g, '27 ene. 2026'],
    [/\b\d{1,2}:\d{2}\s[ap]\.\sm\./g, '10:07 a. m.'],
    [/\b([A-Z2-7]{4} ){7}[A-Z2-7]{4}\b/g, 'ABCD EFGH IJKL MNOP QRST UVWX YZ23 4567'],
    [/\b[0-9a-f]{16}\b/g, '0123456789abcdef'],
    [/\b(localhost|127\.0\.0\.1):\d+/g, '$1:8081'],
    [/\b(in|en) (\d+) (seconds|segundos)\b/g, '$1 59 $3'],
    [/\b\d+ (minutes|minutos)\b/g, '15 $1'],
  ];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    let text = node.data;
    for (const [what, by] of fixed) text = text.replace(what, by);
    if (text !== node.data) node.data = text;
  }
  for (const code of document.querySelectorAll('dd.code')) code.textContent = '123 456';
  const groups = ['ABCD-', 'EFGH-', 'JKLM-', 'NPQR-', 'STUV-', 'WXYZ'];
  for (const code of document.querySelectorAll('.codes li')) {
    [...code.children].forEach((group, nth) => { group.textContent = groups[nth % groups.length]; });
  }
  // The same modules for every QR code.
  for (const svg of document.querySelectorAll('svg.qr, .sheet svg')) {
    const [, , width, height] = (svg.getAttribute('viewBox') || '0 0 41 41').split(' ').map(Number);
    let path = '';
    for (let y = 4; y < height - 4; y += 1) for (let x = 4; x < width - 4; x += 1) if ((x * 7 + y * 11 + x * y) % 3 === 0) path += `M${x} ${y}h1v1h-1z`;
    svg.innerHTML = `<path fill="#fff" d="M0 0h${width}v${height}h-${width}z"/><path fill="#000" d="${path}"/>`;
  }
  // The blinking line in a field.
  document.documentElement.style.caretColor = 'transparent';
  for (const field of document.querySelectorAll('input, textarea')) field.style.caretColor = 'transparent';
}
