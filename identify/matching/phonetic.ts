/**
 * A key that words which sound alike in Spanish share (b/v, c/s/z, g/j, ll/y, silent h, double letters), and that
 * also absorbs the commonest slips in other Latin spellings (ph, ck, sch). Expects folded lower case; the empty
 * string stays empty.
 */
export function phoneticKey(value: string): string {
  let out = '';
  const text = value.replace(/[^a-zñ]/g, '');
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    const next = text[i + 1] ?? '';
    let sound = c;
    if (c === 'h') continue;
    else if (c === 'v' || c === 'w') sound = 'b';
    else if (c === 'z') sound = 's';
    else if (c === 'x') sound = 's';
    else if (c === 'ñ') sound = 'n';
    else if (c === 'y') sound = 'i';
    else if (c === 'q' || (c === 'k' && next !== 'h')) sound = 'k';
    else if (c === 'c') sound = next === 'h' ? 'x' : next === 'e' || next === 'i' ? 's' : 'k';
    else if (c === 'g') sound = next === 'e' || next === 'i' ? 'j' : 'g';
    else if (c === 'l' && next === 'l') {
      sound = 'i';
      i++;
    } else if (c === 'p' && next === 'h') sound = 'f';
    else if (c === 'u' && (text[i - 1] === 'q' || text[i - 1] === 'g') && (next === 'e' || next === 'i')) continue;
    const first = out === '';
    // Vowels carry the typing errors; only the first one stays.
    if (!first && 'aeiou'.includes(sound)) continue;
    if (out.at(-1) !== sound) out += sound;
  }
  return out;
}
