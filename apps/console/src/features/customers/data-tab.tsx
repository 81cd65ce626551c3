import type { GoldenRecord } from '@vinculo/customer-file/api/customers';
import type { ChoosableField } from '@vinculo/customer-file/api/live';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useState } from 'react';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconEdit } from '../../ui/icons.ts';
import { Button, Group, Stack, Table, Text } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { Why } from '../../ui/why.tsx';
import type { Customer } from './customer.tsx';
import { EditDialog, useEdit } from './edit-dialog.tsx';
import { Edits } from './edits.tsx';

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

type Choosable = z.infer<typeof ChoosableField>;

/** Fields of a name, and of an address, are chosen as one. */
const AS_ONE: Record<string, Choosable> = {
  given: 'name',
  surname1: 'name',
  surname2: 'name',
  honorific: 'name',
  street: 'address',
  address_rest: 'address',
  postcode: 'address',
  city: 'address',
  province: 'address',
  country: 'address',
};
const chosenAs = (field: string): string => AS_ONE[field] ?? field;
const CHOOSABLE = new Set<string>([
  'name',
  'address',
  'company',
  'trade_name',
  'gender',
  'birth_date',
  'national_id',
  'email',
  'phone',
  'mobile',
  'phone2',
  'language',
  'job_title',
  'notes',
  'contact_name',
]);

function onceEach<T extends { value: string }>(rivals: readonly T[]): T[] {
  return [...new Map(rivals.map((rival) => [rival.value, rival])).values()];
}

/** The golden record: each field with where it came from, and the values it won against. */
export function DataTab({ customer }: { customer: Customer }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const can = useCan();
  const [editing, setEditing] = useState(false);
  const edit = useEdit(customer);
  const mayEdit = can('customer.write') && can('customer.read_personal');
  const { data, error, refetch } = useGet<z.infer<typeof GoldenRecord>>(`/customers/${customer.id}/golden`);
  const show = (field: string, value: string) => {
    if (field === 'gender') return t(`customers:gender.${value}`, { defaultValue: value });
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return format.date(value);
    if (field === 'country' && /^[A-Z]{2}$/.test(value)) return new Intl.DisplayNames(i18n.language, { type: 'region' }).of(value) ?? value;
    return value;
  };
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <RowSkeletons rows={10} />;
  const choose = (field: string, recordId: string) => edit.mutate({ version: data.version, choose: { [chosenAs(field)]: recordId } });
  return (
    <>
      {mayEdit && (
        <Group justify="flex-end" mb="sm">
          <Button variant="default" leftSection={<IconEdit size={16} />} onClick={() => setEditing(true)}>
            {t('customers:entry.editAction')}
          </Button>
          <EditDialog customer={customer} golden={data} opened={editing} onClose={() => setEditing(false)} />
        </Group>
      )}
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
              .map(({ field, value, sourceLabel, rule, by, at, rivals }) => {
                const label = t(`imports:field.${field}`, { defaultValue: field });
                const different = rivals.filter((rival) => rival.value !== value);
                return (
                  <Table.Tr key={field}>
                    <Table.Td c="dimmed">{label}</Table.Td>
                    <Table.Td style={{ overflowWrap: 'anywhere' }}>{show(field, value)}</Table.Td>
                    <Table.Td>
                      {sourceLabel}{' '}
                      <Why about={label}>
                        <Text size="sm">
                          {by && at
                            ? t('customers:entry.byHand', { name: by, when: format.dateTime(at) })
                            : t(`customers:rule.${rule}`, { source: sourceLabel })}
                        </Text>
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
                      {by && at && (
                        <Text size="xs" c="dimmed">
                          {t('customers:entry.byHand', { name: by, when: format.dateTime(at) })}
                        </Text>
                      )}
                      {mayEdit && rule === 'person' && CHOOSABLE.has(chosenAs(field)) && (
                        <Button
                          size="compact-xs"
                          variant="subtle"
                          aria-label={t('customers:entry.backOf', { field: label })}
                          onClick={() => edit.mutate({ version: data.version, clear: [chosenAs(field) as Choosable] })}
                        >
                          {t('customers:entry.back')}
                        </Button>
                      )}
                    </Table.Td>
                    <Table.Td c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      {different.length === 0 && '–'}
                      <Stack gap={4} align="flex-start">
                        {onceEach(different).map((rival) => (
                          <span key={rival.recordId}>
                            {show(field, rival.value)}{' '}
                            {mayEdit && rival.valid && CHOOSABLE.has(chosenAs(field)) && (
                              <Button
                                size="compact-xs"
                                variant="subtle"
                                aria-label={t('customers:entry.useOf', { value: rival.value, source: rival.sourceLabel })}
                                onClick={() => choose(field, rival.recordId)}
                              >
                                {t('customers:entry.use')}
                              </Button>
                            )}
                          </span>
                        ))}
                      </Stack>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Edits customer={customer} />
    </>
  );
}
