import type { RandomSource } from './random.ts';

const beside: Readonly<Record<string, string>> = {
  a: 'sq',
  b: 'vn',
  c: 'xv',
  d: 'sf',
  e: 'wr',
  f: 'dg',
  g: 'fh',
  h: 'gj',
  i: 'uo',
  j: 'hk',
  k: 'jl',
  l: 'kñ',
  m: 'nñ',
  n: 'bm',
  o: 'ip',
  p: 'oñ',
  q: 'wa',
  r: 'et',
  s: 'ad',
  t: 'ry',
  u: 'yi',
  v: 'cb',
  w: 'qe',
  x: 'zc',
  y: 'tu',
  z: 'xs',
};

/** One slip of the fingers: a letter dropped, doubled, exchanged with its neighbour or hit beside. Words under three letters stay. */
export function typo(random: RandomSource, word: string): string {
  if (word.length < 3) return word;
  // The first letter is rarely wrong: people see it.
  const at = random.between(1, word.length - 1);
  const letter = word[at]!;
  if (letter === ' ' || word[at - 1] === ' ') return word.slice(0, at) + word.slice(at + 1);
  switch (random.below(4)) {
    case 0:
      return word.slice(0, at) + word.slice(at + 1);
    case 1:
      return word.slice(0, at) + letter + word.slice(at);
    case 2:
      return word.slice(0, at - 1) + letter + word[at - 1]! + word.slice(at + 1);
    default: {
      const keys = beside[letter.toLowerCase()];
      if (!keys) return word.slice(0, at) + word.slice(at + 1);
      const hit = keys[random.below(keys.length)]!;
      return word.slice(0, at) + (letter === letter.toUpperCase() ? hit.toUpperCase() : hit) + word.slice(at + 1);
    }
  }
}

const soundsLike: ReadonlyArray<readonly [RegExp, string]> = [
  [/v/, 'b'],
  [/b/, 'v'],
  [/V/, 'B'],
  [/B/, 'V'],
  [/ll/, 'y'],
  [/y(?=[aeiouáéíóú])/, 'll'],
  [/^H/, ''],
  [/h/, ''],
  [/g(?=[eiéí])/, 'j'],
  [/j(?=[eiéí])/, 'g'],
  [/G(?=[eiéí])/, 'J'],
  [/J(?=[eiéí])/, 'G'],
  [/z/, 's'],
  [/s$/, 'z'],
  [/z$/, 's'],
  [/c(?=[eiéí])/, 's'],
  [/qu(?=[ei])/, 'k'],
  [/x/, 's'],
  [/n(?=[bp])/, 'm'],
  [/m(?=[bp])/, 'n'],
];

/** One name as someone who only heard it would write it: b for v, y for ll, no h, s for z. Unchanged where nothing can be misheard. */
export function misheard(random: RandomSource, name: string): string {
  const start = random.below(soundsLike.length);
  for (let i = 0; i < soundsLike.length; i++) {
    const [sound, written] = soundsLike[(start + i) % soundsLike.length]!;
    if (!sound.test(name)) continue;
    const wrong = name.replace(sound, written);
    return wrong[0]!.toUpperCase() + wrong.slice(1);
  }
  return name;
}

/** A number with two neighbouring digits exchanged or one digit wrong. */
export function wrongDigit(random: RandomSource, digits: string): string {
  const at = random.between(1, digits.length - 1);
  const code = digits.charCodeAt(at);
  if (code < 48 || code > 57) return wrongDigit(random, digits);
  const other = String((code - 48 + random.between(1, 9)) % 10);
  return digits.slice(0, at) + other + digits.slice(at + 1);
}

const folded = new Map<string, string>();

/** Without accents, `ñ` kept: what upper-case systems and hurried people write. */
export function withoutAccents(text: string): string {
  let plain = folded.get(text);
  if (plain === undefined) {
    plain = text.replace(/[áéíóúüàèòïÁÉÍÓÚÜÀÈÒÏ]/g, (letter) => letter.normalize('NFD')[0]!);
    // Names and streets come from small tables, so the memory stays small; typos are what must not fill it.
    if (folded.size < 20_000) folded.set(text, plain);
  }
  return plain;
}

const localParts = new Map<string, string>();

/** Lower-case ASCII letters only, as in the left part of an e-mail address. */
export function ascii(text: string): string {
  let plain = localParts.get(text);
  if (plain === undefined) {
    plain = text
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z]/g, '');
    if (localParts.size < 20_000) localParts.set(text, plain);
  }
  return plain;
}
