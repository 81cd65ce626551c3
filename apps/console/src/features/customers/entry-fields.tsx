import type { CustomerFields } from '@vinculo/customer-file/api/live';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { Select, SimpleGrid, TextInput } from '../../ui/kit.ts';

export type Entry = Partial<Record<keyof z.input<typeof CustomerFields>, string>>;
export type EntryField = keyof Entry;

interface Box {
  field: EntryField;
  type?: 'email' | 'tel' | 'date';
  /** What the browser may fill in is somebody else: the one who types. */
  wide?: boolean;
}

const CONTACT: Box[] = [
  { field: 'mobile', type: 'tel' },
  { field: 'phone', type: 'tel' },
  { field: 'email', type: 'email' },
];
const ADDRESS: Box[] = [{ field: 'address', wide: true }, { field: 'postcode' }, { field: 'city' }, { field: 'province' }];

/** What somebody is in a company. */
const ROLE: Box[] = [{ field: 'company_name' }, { field: 'company_tax_id' }, { field: 'job_title' }, { field: 'department' }];

const BOXES: Record<'person' | 'company', Box[]> = {
  person: [
    { field: 'given_name' },
    { field: 'surname1' },
    { field: 'surname2' },
    ...CONTACT,
    { field: 'national_id' },
    { field: 'birth_date', type: 'date' },
    ...ADDRESS,
    ...ROLE,
    { field: 'language' },
  ],
  company: [{ field: 'company_name' }, { field: 'trade_name' }, { field: 'national_id' }, ...CONTACT, ...ADDRESS, { field: 'language' }],
};

/** The boxes of a kind of customer, in the order one asks. */
export const boxesOf = (kind: 'person' | 'company'): EntryField[] => BOXES[kind].map(({ field }) => field);

interface EntryFieldsProps {
  kind: 'person' | 'company';
  values: Entry;
  /** By field: what is wrong with it. */
  errors?: Record<string, string> | undefined;
  onChange: (field: EntryField, value: string) => void;
}

/** What people type of a customer; two columns, one on a telephone. */
export function EntryFields({ kind, values, errors, onChange }: EntryFieldsProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      {BOXES[kind].map(({ field, type, wide }, at) => {
        const label = t(`imports:field.${field}`);
        const shared = { label, error: errors?.[field], ...(wide ? { style: { gridColumn: '1 / -1' } } : {}) };
        if (field === 'language') {
          return (
            <Select
              key={field}
              {...shared}
              clearable
              value={values.language || null}
              data={['es', 'en', 'ca', 'eu', 'gl', 'pt', 'fr'].map((value) => ({ value, label: t(`customers:language.${value}`) }))}
              onChange={(value) => onChange(field, value ?? '')}
            />
          );
        }
        return (
          <TextInput
            key={field}
            {...shared}
            type={type ?? 'text'}
            autoComplete="off"
            maxLength={field === 'address' ? 300 : 120}
            value={values[field] ?? ''}
            onChange={(event) => onChange(field, event.currentTarget.value)}
            {...(at === 0 ? { 'data-autofocus': true } : {})}
          />
        );
      })}
    </SimpleGrid>
  );
}
