// What the values of a file say about how it writes numbers and dates. A value that fits two readings does not vote.

const COMMA = /^[+-]?(\d{1,3}(\.\d{3})+|\d+),(\d{1,2}|\d{4,})\s*[€$]?$|^[+-]?\d{1,3}(\.\d{3})+,\d{3}$/;
const POINT = /^[+-]?[$€]?\s*(\d{1,3}(,\d{3})+|\d+)\.(\d{1,2}|\d{4,})$|^[+-]?\d{1,3}(,\d{3})+\.\d{3}$/;
const DATE = /^\s*(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[ T]\d{1,2}:\d{2}.*)?\s*$/;

/** `undefined` where no value decides. */
export function detectDecimal(values: readonly string[]): ',' | '.' | undefined {
  let comma = 0;
  let point = 0;
  for (const value of values) {
    const text = value.trim();
    if (COMMA.test(text)) comma++;
    else if (POINT.test(text)) point++;
  }
  if (comma === point) return undefined;
  return comma > point ? ',' : '.';
}

/** `undefined` where there are no dates or every one of them could be read both ways. */
export function detectDateOrder(values: readonly string[]): 'dmy' | 'mdy' | 'ymd' | undefined {
  const votes = { dmy: 0, mdy: 0, ymd: 0 };
  for (const value of values) {
    const match = DATE.exec(value);
    if (!match) continue;
    const [, a, b, c] = match as unknown as [string, string, string, string];
    if (a.length === 4) votes.ymd++;
    else if (a.length > 2 || (c.length !== 4 && c.length !== 2)) continue;
    else if (Number(a) > 12 && Number(a) <= 31 && Number(b) <= 12) votes.dmy++;
    else if (Number(b) > 12 && Number(b) <= 31 && Number(a) <= 12) votes.mdy++;
  }
  const [order, count] = Object.entries(votes).reduce((best, next) => (next[1] > best[1] ? next : best));
  return count === 0 ? undefined : (order as 'dmy' | 'mdy' | 'ymd');
}
