// What people call what happens on a site or in an app. The names of the Segment spec have words; others are shown as they are.
import type { TFunction } from 'i18next';

/** What a source can send, the commonest first. */
export const EVENT_TYPES = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;

/** «Product Viewed» → «Producto visto»; a name nobody knows stays as it is. */
export function eventName(t: TFunction, name: string): string {
  return t(`events:name.${slug(name)}`, { defaultValue: name });
}

export interface Happened {
  type: string;
  name: string;
  path: string;
  /** What the products are called. */
  products: readonly string[];
  search: string;
}

/** Who did it, told of them: «Vio «Café de Colombia»», «Buscó «cafetera»», «Visitó /ofertas». */
export function didWords(t: TFunction, { type, name, path, products, search }: Happened): string {
  if (type === 'page' || type === 'screen') {
    const what = type === 'page' ? path || name : name || path;
    return what ? t(`events:did.${type}`, { what }) : t(`events:did.${type}Plain`);
  }
  if (search) return t('events:did.searched', { search });
  return t(`events:did.${slug(name)}`, { what: productWords(t, products), defaultValue: name });
}

/** The first two by name, and how many more. */
function productWords(t: TFunction, products: readonly string[]): string {
  if (products.length === 0) return t('events:did.product');
  const named = products.slice(0, 2).map((one) => t('events:did.quoted', { what: one }));
  const more = products.length - named.length;
  return [named.join(', '), more > 0 && t('events:did.andMore', { count: more })].filter(Boolean).join(' ');
}

/** As the key of a catalogue: what separates keys there must not be in it. */
const slug = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
