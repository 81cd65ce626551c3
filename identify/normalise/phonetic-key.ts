import { foldText } from './fold-text.ts';

/**
 * How a surname sounds in Spanish, for blocking: two spellings that a listener would confuse share a key.
 * b, v and w are one; g before e and i, j and an initial x are one; ll, y and i are one; h is mute except in ch; c before
 * e and i, s, z and x are one (seseo); c, k and qu are one; m before a consonant is n; doubled letters are single. Spaces vanish.
 *
 * Phonemes after Quilis, "Principios de fonología y fonética españolas" (2010); ch is written C, so that it meets nothing else.
 */
export function phoneticKey(text: string): string {
  const s = foldText(text);
  let out = '';
  let last = '';
  for (let i = 0; i < s.length; i++) {
    let sound = s[i]!;
    const next = i + 1 < s.length ? s[i + 1]! : '';
    switch (sound) {
      case ' ':
      case 'h':
        continue;
      case 'c':
        if (next === 'h') {
          sound = 'C';
          i++;
        } else sound = next === 'e' || next === 'i' || next === 'y' ? 's' : 'k';
        break;
      case 'q':
        sound = 'k';
        if (next === 'u') i++;
        break;
      case 'g':
        if (next === 'e' || next === 'i') sound = 'j';
        else if (next === 'u' && (s[i + 2] === 'e' || s[i + 2] === 'i')) i++;
        break;
      case 'v':
      case 'w':
        sound = 'b';
        break;
      case 'z':
        sound = 's';
        break;
      case 'x':
        sound = i === 0 ? 'j' : 's';
        break;
      case 'y':
        sound = 'i';
        break;
      case 'l':
        if (next === 'l') {
          sound = 'i';
          i++;
        }
        break;
      case 'p':
        if (next === 'h') {
          sound = 'f';
          i++;
        }
        break;
      case 't':
        // tz, ts and tx: the Basque and foreign affricates as Spanish spells them.
        if (next === 'z' || next === 's') continue;
        if (next === 'x') {
          sound = 'C';
          i++;
        }
        break;
      case 'm':
        if (next !== '' && !'aeiouyh '.includes(next) && next !== 'm') sound = 'n';
        break;
    }
    if (sound !== last) out += sound;
    last = sound;
  }
  return out;
}
