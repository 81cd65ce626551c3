import { companyWords } from './comparisons/company.ts';
import { localPart } from './comparisons/email.ts';
import { readDate } from './comparisons/date.ts';
import { phoneticKey } from './phonetic.ts';

/** What of a value must agree in a block. An empty result counts as missing. */
export function transformation(transform: string | undefined): (value: string) => string {
  if (transform === undefined) return (value) => value;
  const [kind, length] = transform.split(':') as [string, string | undefined];
  const width = Number(length);
  switch (kind) {
    case 'prefix':
      return (value) => value.replaceAll(' ', '').slice(0, width);
    case 'suffix':
      return (value) => value.replaceAll(' ', '').slice(-width);
    case 'phonetic':
      return phoneticKey;
    case 'year':
      return (value) => asText(readDate(value).y);
    case 'month':
      return (value) => asText(readDate(value).y * 100 + readDate(value).m);
    case 'core':
      return (value) => companyWords(value).toSorted().join(' ');
    case 'local':
      return localPart;
    case 'digits':
      return (value) => value.replace(/\D/g, '');
    default:
      throw new Error(`Unknown transform "${transform}".`);
  }
}

function asText(value: number): string {
  return value === 0 ? '' : String(value);
}
