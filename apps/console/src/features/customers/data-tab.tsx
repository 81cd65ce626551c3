import type { GoldenRecord } from '@vinculo/customer-file/api/customers';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useState } from 'react';
import { useGet } from '../../api/queries.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconEdit } from '../../ui/icons.ts';
import { Button, Group, Text } from '../../ui/kit.ts';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import { Why } from '../../ui/why.tsx';
import type { Customer } from './customer.tsx';
import { EditDialog, useEdit } from './edit-dialog.tsx';
import { Edits } from './edits.tsx';

/** The order in which one reads a person or a company out loud; what is not named comes after. */
const ORDER = [
  'company',
  'trade_name',
  'honorific',
  'given',
  'surname1',
  'surname2',
  'gender',
  'birth_date',
  'national_id',
  'email',
  'phone',
  'mobile',
  'street',
  'address_rest',
  'postcode',
  'city',
  'province',
  'country',
  'language',
]; // prettier-ignore
const place = (field: string) => ORDER.indexOf(field) + 1 || ORDER.length + 1;

type Field = z.infer<typeof GoldenRecord>['fields'][number];

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
  const labelOf = (field: string) => t(`imports:field.${field}`, { defaultValue: field });
  const fields = data.fields.toSorted((a, b) => place(a.field) - place(b.field));
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
      <SimpleTable
        caption={t('customers:tab.data')}
        rows={fields}
        rowId={({ field }) => field}
        columns={[
          { id: 'field', header: t('customers:data.field'), cell: ({ field }) => labelOf(field) },
          { id: 'value', header: t('customers:data.value'), cell: ({ field, value }) => show(field, value) },
          {
            id: 'source',
            header: t('customers:data.source'),
            cell: (field) => (
              <>
                <Provenance field={field} label={labelOf(field.field)} />
                {mayEdit && field.rule === 'person' && field.choosable && (
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    aria-label={t('customers:entry.backOf', { field: labelOf(field.field) })}
                    onClick={() => edit.mutate({ version: data.version, clear: [field.choosable!] })}
                  >
                    {t('customers:entry.back')}
                  </Button>
                )}
              </>
            ),
          },
          {
            id: 'rivals',
            header: t('customers:data.rivals'),
            cell: ({ field, value, rivals, choosable }) => {
              const different = onceEach(rivals.filter((rival) => rival.value !== value));
              if (different.length === 0) return '–';
              return different.map((rival) => (
                <Text key={rival.recordId} component="div" size="sm" c="dimmed">
                  {show(field, rival.value)}{' '}
                  {mayEdit && rival.valid && choosable && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      aria-label={t('customers:entry.useOf', { value: rival.value, source: rival.sourceLabel })}
                      onClick={() => edit.mutate({ version: data.version, choose: { [choosable]: rival.recordId } })}
                    >
                      {t('customers:entry.use')}
                    </Button>
                  )}
                </Text>
              ));
            },
          },
        ]}
      />
      <Edits customer={customer} />
    </>
  );
}

/** Where a value comes from, why it won, and what it won against. */
function Provenance({ field, label }: { field: Field; label: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { sourceLabel, rule, by, at, rivals } = field;
  const decided =
    by && at ? t('customers:entry.byHand', { name: by, when: format.dateTime(at) }) : t(`customers:rule.${rule}`, { source: sourceLabel });
  return (
    <>
      {sourceLabel}{' '}
      <Why about={label}>
        <Text size="sm">{decided}</Text>
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
          {decided}
        </Text>
      )}
    </>
  );
}
