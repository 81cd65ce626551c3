import { rootOf } from './nicknames.ts';

/** What makes values of one kind comparable. Values come folded; an empty result counts as missing. */
export const cleaners = { phone, email, postcode, street, name, root, company, words, number, id, website, clean } as const;

/** Values that stand for a gap. */
const gaps = new Set(
  'n/a na n.a. n.a null none nan nil unknown desconocido desconocida inconnu ninguno ninguna sin no_consta n/d nd s/n s/d - -- --- . .. ? ?? x xx xxx # tbd undefined missing (null) <null> n.d. not available not provided sin datos sin especificar'
    .split(' ')
    .concat(['not available', 'not provided', 'sin datos', 'no consta', 'sin especificar', 'no aplica', 'not applicable']),
);

export function clean(value: string): string {
  return gaps.has(value) ? '' : value;
}

/** The last nine digits, which country codes and trunk zeros do not touch. Under six digits it is no phone. */
function phone(value: string): string {
  // Most values need no cleaning, and to see that costs a fraction of it; so below, too.
  const plain = /^\+?\d+$/.test(value);
  const digits = plain ? value.slice(value[0] === '+' ? 1 : 0) : value.replace(/(?:ext?|x|#|int)\.?\s*\d+$/, '').replace(/\D/g, '');
  if (digits.length < 6 || /^(\d)\1+$/.test(digits)) return '';
  return digits.length > 9 ? digits.slice(-9) : digits;
}

function email(value: string): string {
  if (/^[a-z0-9._-]+@[a-z0-9.-]*[a-z0-9]$/.test(value)) return noBox.test(value) ? '' : value;
  const whole = value.replace(/\s*[([{]\s*(?:at|a|arroba|@)\s*[)\]}]\s*/g, '@').replace(/\s+arroba\s+/g, '@');
  // Of several addresses, or one with a name or a remark beside it, the first.
  const first = whole.split(/[;|/<>"'\s]+|,\s/).find((word) => word.includes('@')) ?? whole;
  const text = first
    .replace(/^mailto:/, '')
    .replace(/\s+/g, '')
    .replace(/[<>"']/g, '')
    .replace(/[.,;:)]+$/, '')
    .replace(/^[.,;:(]+/, '');
  const at = text.lastIndexOf('@');
  if (at <= 0) return /^(no|sin|none|n)/.test(text) ? '' : clean(text);
  const box = text.slice(0, at).replace(/\+.*$/, '');
  const domain = text.slice(at + 1).replace(/,/g, '.');
  const address = `${box}@${domain}`;
  return noBox.test(address) ? '' : address;
}

/** What is written by who has no address and must fill the field in: no@no.com, xxx@x.es, noemail@gmail.com. */
const noBox = /^(no|na|none|x+|sin|nada|ninguno|(no|sin)[-_.]?(tiene|e?mail|correo)|notengo|noreply)@/;

/** Letters and digits only, without the second half of a ZIP+4, and without leading zeros, which spreadsheets lose. */
function postcode(value: string): string {
  const text = value.replace(/\.0$/, '').replace(/[^a-z0-9]/g, '');
  const digits = /^\d{9}$/.test(text) ? text.slice(0, 5) : text;
  return clean(digits.replace(/^0+(?=.)/, ''));
}

const ways: Record<string, string> = Object.fromEntries(
  [
    ['street', 'st str'],
    ['avenue', 'ave av avda avd avenida avinguda aven'],
    ['road', 'rd'],
    ['boulevard', 'blvd blv bd boul bulevar bvd'],
    ['drive', 'dr drv'],
    ['lane', 'ln'],
    ['court', 'ct crt'],
    ['place', 'pl plaza plaça praca piazza pza plz'],
    ['circle', 'cir crcl'],
    ['crescent', 'cres cr'],
    ['terrace', 'tce ter terr'],
    ['parade', 'pde'],
    ['square', 'sq'],
    ['parkway', 'pkwy pkw'],
    ['highway', 'hwy'],
    ['close', 'cl'],
    ['calle', 'c cl/ c/ cll rua r rue via'],
    ['carretera', 'ctra crta cra'],
    ['carrera', 'cra kr'],
    ['paseo', 'pso p passeig'],
    ['travesia', 'trav tv travessa'],
    ['floor', 'fl'],
    ['suite', 'ste'],
    ['apartment', 'apt apto'],
    ['north', 'n'],
    ['south', 's so'],
    ['east', 'e'],
    ['west', 'w'],
    ['northeast', 'ne'],
    ['northwest', 'nw'],
    ['southeast', 'se'],
    ['southwest', 'sw'],
    ['mount', 'mt'],
    ['saint', 'sta san santa sainte'],
  ].flatMap(([full, short]) => short!.split(' ').map((word) => [word, full!])),
);
const silent = new Set([
  'no',
  'num',
  'numero',
  'nº',
  'n°',
  'de',
  'del',
  'la',
  'las',
  'los',
  'el',
  'da',
  'do',
  'dos',
  'das',
  'du',
  'des',
  'the',
  'of',
  'd',
  'l',
  'km',
]);

/** A street without punctuation, its kind of way written out, without articles. */
function street(value: string): string {
  if (gaps.has(value)) return '';
  const plain = /^[a-z0-9 ]+$/.test(value) && !/\d(?:st|nd|rd|th)\b/.test(value);
  const words = plain
    ? value.split(' ').filter((word) => word !== '')
    : value
        .replace(/\bs\/n\b|\bc\/o\b/g, ' ')
        .replace(/\bc\/\s*/g, 'calle ')
        .replace(/(\d)(?:st|nd|rd|th)\b/g, '$1')
        .replace(/['’´`]/g, ' ')
        .split(/[^a-z0-9ñº°]+/)
        .filter((word) => word !== '');
  const kept = words.filter((word) => !silent.has(word)).map((word, k) => (k > 0 && word === 'st' ? 'street' : (ways[word] ?? word)));
  return (kept.length > 0 ? kept : words).join(' ');
}

const titles = new Set(
  'mr mrs ms miss dr dra prof sir sr sra srta don dona d mme mlle monsieur madame herr frau ing lic mrs. jr phd md esq'.split(' '),
);
const shortened: Record<string, string> = {
  mª: 'maria',
  'm.ª': 'maria',
  ma: 'maria',
  fco: 'francisco',
  fca: 'francisca',
  fcº: 'francisco',
  frco: 'francisco',
  ant: 'antonio',
  'ant.º': 'antonio',
  gmo: 'guillermo',
  hdez: 'hernandez',
  fdez: 'fernandez',
  rguez: 'rodriguez',
  rdguez: 'rodriguez',
  mtnez: 'martinez',
  mtez: 'martinez',
  glez: 'gonzalez',
  gzlez: 'gonzalez',
  gcia: 'garcia',
  'g.ª': 'garcia',
  dguez: 'dominguez',
  jmnez: 'jimenez',
  alvz: 'alvarez',
  lpz: 'lopez',
  schez: 'sanchez',
  snchez: 'sanchez',
  przz: 'perez',
};

/** A name without titles and punctuation, usual abbreviations written out. A hyphen parts two names as a space does. */
function name(value: string): string {
  if (gaps.has(value)) return '';
  if (/^[a-z]+$/.test(value)) return shortened[value] ?? value;
  const words = value
    .replace(/\.(?=[ªº])/g, '')
    .replace(/[()"“”*_/]/g, ' ')
    .replace(/['’´`]/g, '')
    .split(/[\s.,;-]+/)
    .filter((word) => word !== '')
    .map((word) => shortened[word] ?? word);
  const kept = words.length > 1 ? words.filter((word) => !titles.has(word)) : words;
  return (kept.length > 0 ? kept : words).join(' ');
}

/** A given name with its short forms resolved. */
function root(value: string): string {
  return rootOf(name(value));
}

function company(value: string): string {
  return gaps.has(value)
    ? ''
    : value
        .replace(/["“”*]/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
}

/** Free text as its words, each once, in order of appearance. */
export function words(value: string): string {
  if (gaps.has(value)) return '';
  return [...new Set(wordsOf(value))].join(' ');
}

/** The words of a text; a code such as `ps-lx350h` also as one word, for others write it without the sign. */
export function wordsOf(value: string): string[] {
  const out: string[] = [];
  for (const chunk of value.split(/[\s,;:|"()[\]{}!?<>=*~^“”]+/)) {
    const parts = chunk.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
    if (parts.length > 1 && /\d/.test(chunk)) {
      const joined = parts.join('');
      if (!/^\d+$/.test(joined) || joined.length >= 5) {
        out.push(joined);
        continue;
      }
    }
    out.push(...parts);
  }
  return out;
}

/** The number in a price or a measure: `$ 1,299.00` → `1299`. */
function number(value: string): string {
  const match = /-?\d[\d.,\s]*/.exec(value);
  if (!match) return '';
  let text = match[0].replace(/\s/g, '').replace(/[.,]$/, '');
  const [lastDot, lastComma] = [text.lastIndexOf('.'), text.lastIndexOf(',')];
  if (lastDot >= 0 && lastComma >= 0) text = lastDot > lastComma ? text.replaceAll(',', '') : text.replaceAll('.', '').replace(',', '.');
  else if (lastComma >= 0) text = /,\d{3}$/.test(text) ? text.replaceAll(',', '') : text.replace(',', '.');
  const number = Number(text);
  return Number.isFinite(number) ? String(number) : '';
}

function id(value: string): string {
  if (gaps.has(value)) return '';
  const text = value.replace(/[^a-z0-9]/g, '');
  return /^0*$/.test(text) ? '' : text;
}

function website(value: string): string {
  return clean(
    value
      .replace(/^https?:\/\//, '')
      .replace(/^www\d?\./, '')
      .replace(/[/?#].*$/, ''),
  );
}
