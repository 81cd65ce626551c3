import type { GoldenRecord } from '@vinculo/customer-file/api/customers';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Table, Text } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { Why } from '../../ui/why.tsx';
import type { Customer } from './customer.tsx';

/** The order in which one reads a person or a company out loud; what is not named comes after. */
const ORDER = [
  'display_name',
  'full_name',
  'company_name',
  'trade_name',
  'given_name',
  'surname1',
  'surname2',
  'surname',
  'gender',
  'birth_date',
  'national_id',
  'email',
  'phone',
  'mobile',
  'address',
  'street_number',
  'floor_door',
  'postcode',
  'city',
  'province',
  'country',
  'language',
]; // prettier-ignore
const place = (field: string) => ORDER.indexOf(field) + 1 || ORDER.length + 1;

/** The golden record: each field with where it came from, and the values it won against. */
export function DataTab({ customer }: { customer: Customer }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useGet<z.infer<typeof GoldenRecord>>(`/customers/${customer.id}/golden`);
  const show = (field: string, value: string) => {
    if (field === 'gender') return t(`customers:gender.${value}`, { defaultValue: value });
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value);
    if (field === 'country' && /^[A-Z]{2}$/.test(value)) return new Intl.DisplayNames(i18n.language, { type: 'region' }).of(value) ?? value;
    return value;
  };
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <RowSkeletons rows={10} />;
  return (
    <Table.ScrollContainer minWidth={520} type="native" tabIndex={0} role="region" aria-label={t('customers:tab.data')}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('customers:data.field')}</Table.Th>
            <Table.Th>{t('customers:data.value')}</Table.Th>
            <Table.Th>{t('customers:data.source')}</Table.Th>
            <Table.Th>{t('customers:data.rivals')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.fields
            .toSorted((a, b) => place(a.field) - place(b.field))
            .map(({ field, value, sourceLabel, rule, rivals }) => {
              const label = t(`imports:field.${field}`, { defaultValue: field });
              const different = rivals.filter((rival) => rival.value !== value);
              return (
                <Table.Tr key={field}>
                  <Table.Td c="dimmed">{label}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{show(field, value)}</Table.Td>
                  <Table.Td>
                    {sourceLabel}{' '}
                    <Why about={label}>
                      <Text size="sm">{t(`customers:rule.${rule}`, { source: sourceLabel })}</Text>
                      {rivals.length === 0 && <Text size="sm">{t('customers:data.only')}</Text>}
                      {rivals.map((rival) => (
                        <Text size="sm" key={rival.recordId}>
                          {t(rival.valid ? 'customers:data.rival' : 'customers:data.rivalInvalid', {
                            value: rival.value,
                            source: rival.sourceLabel,
                            date: format.date(rival.changedAt),
                          })}
                        </Text>
                      ))}
                    </Why>
                  </Table.Td>
                  <Table.Td c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                    {different.length === 0 ? '–' : [...new Set(different.map((rival) => rival.value))].join(' · ')}
                  </Table.Td>
                </Table.Tr>
              );
            })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
