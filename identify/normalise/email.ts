import { DISPOSABLE_DOMAINS, POPULAR_DOMAINS, PROVIDERS, ROLE_LOCAL_PARTS } from './email-providers.ts';
import type { Problem } from './problems.ts';

export interface Email {
  original: string;
  /** Lower-case and trimmed, as one would write to it. */
  address: string;
  /** What two spellings of one mailbox have in common, by the provider's own rules; equal keys, same mailbox. '' when not valid. */
  key: string;
  domain: string;
  /** A mailbox of an office, not of a person: info@, ventas@, noreply@. */
  role: boolean;
  /** Present when the domain hands out throw-away addresses. */
  disposable?: true;
  /** The address with the domain its writer probably meant (gmial.com → gmail.com); never applied. */
  suggestion?: string;
  valid: boolean;
  problem?: Problem;
}

/**
 * An e-mail address, also from "Ana Ruiz <ana@x.es>" or "mailto:". Syntax after RFC 5321 without quoted local parts and
 * address literals, which no customer has; an internationalised domain is accepted, an internationalised local part is not.
 */
export function normaliseEmail(input: string): Email {
  const address = strip(input).toLowerCase();
  const at = address.lastIndexOf('@');
  if (at < 0 || address.indexOf('@') !== at)
    return invalid(input, address, '', address === '' ? 'empty' : FILLERS.has(address) ? 'placeholder' : 'no-at-sign');
  const local = address.slice(0, at);
  const domain = address.slice(at + 1);
  if (local === '' || domain === '') return invalid(input, address, domain, 'no-at-sign');
  if (!isLocalPart(local)) return invalid(input, address, domain, 'local-part');
  const popular = POPULAR_DOMAINS.has(domain);
  if (!popular && !isDomain(domain)) return invalid(input, address, domain, 'domain');
  if (isFiller(local, domain)) return invalid(input, address, domain, 'placeholder');

  const provider = PROVIDERS.get(domain);
  let mailbox = local;
  let host = domain;
  if (provider !== undefined) {
    host = provider.domain;
    const tag = mailbox.indexOf(provider.tag);
    if (tag > 0) mailbox = mailbox.slice(0, tag);
    if (provider.dots && mailbox.includes('.')) mailbox = mailbox.replaceAll('.', '');
  }
  const email: Email = { original: input, address, key: `${mailbox}@${host}`, domain, role: ROLE_LOCAL_PARTS.has(local), valid: true };
  if (!popular) {
    if (DISPOSABLE_DOMAINS.has(domain)) email.disposable = true;
    const meant = meantDomain(domain);
    if (meant !== undefined) email.suggestion = `${local}@${meant}`;
  }
  return email;
}

/** White space, angle brackets with a name before them, "mailto:", and the punctuation of the sentence it was copied from. */
function strip(input: string): string {
  let text = input;
  const last = text.charCodeAt(text.length - 1);
  const first = text.charCodeAt(0);
  if (isWordCode(first) && isWordCode(last) && !text.includes(':') && !text.includes('<')) return text;
  const open = text.lastIndexOf('<');
  const close = text.indexOf('>', open);
  if (open >= 0 && close > open && text.slice(open, close).includes('@')) text = text.slice(open + 1, close);
  return text
    .replace(EDGES, '')
    .replace(/^mailto:/i, '')
    .replace(EDGES, '');
}

const EDGES = /^[\s"'<>()[\]{};:,.\u200b\ufeff]+|[\s"'<>()[\]{};:,.\u200b\ufeff]+$/g;

function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

/** RFC 5321 dot-string of at most 64 characters. */
function isLocalPart(local: string): boolean {
  if (local === '' || local.length > 64) return false;
  let dot = true;
  for (let i = 0; i < local.length; i++) {
    const code = local.charCodeAt(i);
    if (code === 46) {
      if (dot) return false;
      dot = true;
      continue;
    }
    dot = false;
    if ((code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 43) continue;
    if (!"!#$%&'*/=?^`{|}~".includes(local[i]!)) return false;
  }
  return !dot;
}

/** RFC 1123 host name of at least two labels, the last one of letters (or a punycode label). */
function isDomain(domain: string): boolean {
  if (domain.length > 253) return false;
  const labels = domain.split('.');
  const top = labels.at(-1)!;
  if (labels.length < 2 || !TOP_LEVEL.test(top)) return false;
  return labels.every((label) => LABEL.test(label));
}

const LABEL = /^[\p{Ll}\p{Lo}\p{N}](?:[\p{Ll}\p{Lo}\p{N}\p{M}-]{0,61}[\p{Ll}\p{Lo}\p{N}\p{M}])?$/u;
const TOP_LEVEL = /^(?:[\p{Ll}\p{Lo}]{2,63}|xn--[a-z0-9-]{2,59})$/u;

const FILLERS = new Set(
  'n/a na null none nan undefined - no no@ ninguno ninguna notiene no-tiene sincorreo sinemail desconocido x xx xxx'.split(' '),
);
const FILLER_LOCALS = new Set(
  'noemail nomail no-email sincorreo sinemail sinmail notiene no-tiene nocorreo noconsta ninguno ninguna desconocido test prueba asdf qwerty aaa xxx xxxx no na null none anonimo'.split(
    ' ',
  ),
);
const FILLER_DOMAINS = new Set(
  'example.com example.org example.net ejemplo.com ejemplo.es test.com prueba.com asdf.com no.com no.es noemail.com sincorreo.com sinemail.com xxx.com email.com correo.com mail.com'.split(
    ' ',
  ),
);

function isFiller(local: string, domain: string): boolean {
  if (FILLER_LOCALS.has(local))
    return (
      local === 'noemail' ||
      local === 'sincorreo' ||
      local === 'sinemail' ||
      local === 'notiene' ||
      FILLER_DOMAINS.has(domain) ||
      domain.startsWith(`${local}.`) ||
      POPULAR_DOMAINS.has(domain)
    );
  return NEVER_REAL.has(domain);
}

const NEVER_REAL = new Set('no.com noemail.com sincorreo.com sinemail.com notiene.com asdf.com'.split(' '));

/** The popular domain at one edit (a letter more, less, changed, or two swapped) from an unknown one; `undefined` if none. */
function meantDomain(domain: string): string | undefined {
  for (const known of POPULAR_DOMAINS) {
    if (Math.abs(known.length - domain.length) <= 1 && known.length >= 9 && isOneEdit(domain, known)) return known;
  }
  return undefined;
}

function isOneEdit(a: string, b: string): boolean {
  let i = 0;
  while (i < a.length && i < b.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  let j = a.length - 1;
  let k = b.length - 1;
  while (j >= i && k >= i && a.charCodeAt(j) === b.charCodeAt(k)) {
    j--;
    k--;
  }
  const left = j - i + 1;
  const right = k - i + 1;
  if (left <= 1 && right <= 1) return left + right > 0;
  return left === 2 && right === 2 && a[i] === b[i + 1] && a[i + 1] === b[i];
}

function invalid(original: string, address: string, domain: string, problem: Problem): Email {
  return { original, address, key: '', domain, role: false, valid: false, problem };
}
