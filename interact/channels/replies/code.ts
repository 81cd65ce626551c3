// Codes for paper: short, without letters that look like figures, with a check character.
import { randomInt } from 'node:crypto';

/** Without I, L, O and U: nobody mistakes them for 1 and 0, or reads a word. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ALL = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** 32⁹: one guess in three million million is a code, with ten million printed. */
const RANDOM = 9;

/**
 * The check character of a text of 0-9 and A-Z: every wrong character and nearly every swap of neighbours gives another.
 * Source: ISO/IEC 7064:2003, MOD 37,36.
 */
export function checkCharacter(text: string): string {
  let product = 36;
  for (const letter of text) {
    const sum = (product + ALL.indexOf(letter)) % 36 || 36;
    product = (sum * 2) % 37;
  }
  return ALL[(37 - product) % 36]!;
}

/** A new code of ten characters. */
export function newCode(): string {
  for (;;) {
    const random = Array.from({ length: RANDOM }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    const check = checkCharacter(random);
    // The check character keeps to the same letters.
    if (LETTERS.includes(check)) return random + check;
  }
}

/** As it is printed: `7KQ4D-9XW2M`. */
export const printed = (code: string): string => (code.length === RANDOM + 1 ? `${code.slice(0, 5)}-${code.slice(5)}` : code);

/**
 * What a scanner or a hand wrote: capitals, without blanks or hyphens, figures where letters were read for them. A link printed as a QR
 * gives what follows its last slash.
 */
export function readCode(typed: string): string {
  const last = /^https?:/i.test(typed.trim()) ? (typed.trim().split('/').at(-1) ?? '') : typed;
  return last
    .toUpperCase()
    .replace(/[\s\-_.]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .slice(0, 60);
}

/** Whether it can be one of ours: its length, its letters and its check character. */
export function looksRight(code: string): boolean {
  return (
    code.length === RANDOM + 1 && [...code].every((letter) => LETTERS.includes(letter)) && checkCharacter(code.slice(0, -1)) === code.at(-1)
  );
}
