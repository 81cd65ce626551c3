import { foldText } from '@vinculo/normalise';

type Fields = Readonly<Record<string, string | undefined>>;

/** By what two sheets of a batch can be the same person's, in writings that compare. Names count whole. */
function marks(fields: Fields): Record<string, string> {
  const name = [fields.full_name, fields.given_name, fields.surname1, fields.surname2, fields.company_name].filter(Boolean).join(' ');
  const digits = (text = '') => text.replace(/\D/g, '').slice(-9);
  return {
    name: foldText(name).split(' ').toSorted().join(' ').trim(),
    email: (fields.email ?? '').trim().toLowerCase(),
    phone: digits(fields.mobile) || digits(fields.phone),
    national_id: (fields.national_id ?? '').toUpperCase().replace(/[^0-9A-Z]/g, ''),
  };
}

/** The sheets that may be the same person's as this one, with what they share: a number, an e-mail, a document, or the whole name. */
export function alike<T extends { fields: Fields }>(fields: Fields, others: readonly T[]): (T & { same: string[] })[] {
  const own = Object.entries(marks(fields)).filter(([, value]) => value !== '');
  return others.flatMap((other) => {
    const theirs = marks(other.fields);
    const same = own.filter(([mark, value]) => theirs[mark] === value).map(([mark]) => mark);
    return same.length > 0 ? [{ ...other, same }] : [];
  });
}
