// What is new in a mail, apart from what it answers and from the signature.

/** Where a program begins to repeat the mail that is answered. */
const REPEATS = [
  /^-{2,}\s*(mensaje original|original message|mensaje reenviado|forwarded message|message d'origine|ursprüngliche nachricht)\s*-{2,}/i,
  /^_{20,}$/,
  /^(el|on|le|am)\b.{5,200}\b(escribió|escribio|wrote|a écrit|schrieb)\s*:?\s*$/i,
];
/** The header that Outlook repeats: a sender, and soon after a date. */
const OUTLOOK = /^\*?(de|from|von)\s*:\*?\s+\S/i;
const OUTLOOK_NEXT = /^\*?(enviado( el)?|fecha|sent|date|gesendet|para|to)\s*:/i;
const SIGNATURE = /^(-- ?|_{2,10}|enviado desde mi .{2,40}|sent from my .{2,40}|obtener outlook para .{2,20}|get outlook for .{2,20})$/i;

/** The text in two: what is shown, and what is folded away under it. Together they are all of it. */
export function foldQuoted(text: string): { shown: string; folded: string } {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  let cut = lines.findIndex((line, n) => begins(lines, line.trim(), n));
  if (cut < 0) cut = lines.length;
  // Quoted lines at the end belong to what is answered; those in between are answered one by one, and stay.
  while (cut > 0 && /^\s*(>.*)?$/.test(lines[cut - 1]!)) cut--;
  const shown = lines.slice(0, cut).join('\n').trim();
  const folded = lines.slice(cut).join('\n').trim();
  // Who only forwards, or answers below, has written nothing above: then nothing is hidden.
  return shown === '' ? { shown: folded, folded: '' } : { shown, folded };
}

function begins(lines: readonly string[], line: string, n: number): boolean {
  if (REPEATS.some((pattern) => pattern.test(line))) return true;
  // Some programs break "On … wrote:" over two lines.
  if (/^(el|on|le|am)\b/i.test(line) && REPEATS[2]!.test(`${line} ${lines[n + 1]?.trim() ?? ''}`)) return true;
  if (OUTLOOK.test(line) && lines.slice(n + 1, n + 4).some((next) => OUTLOOK_NEXT.test(next.trim()))) return true;
  return n > 0 && SIGNATURE.test(line);
}
