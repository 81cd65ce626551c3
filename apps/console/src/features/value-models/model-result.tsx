import type { SearchHit } from '@vinculo/customer-file/api/customers';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Select, SimpleGrid, Stack, Text, useDebouncedValue } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { Why } from '../../ui/why.tsx';
import type { Model, Result } from './model-draft.ts';

type Term = NonNullable<Result['base']>['terms'][number];

/** Months of a customer's contracts that are shown; the rest is in the sum. */
const SHOWN = 12;

/** What the model as it stands says of the whole base. */
export function BaseResult({ base }: { base: NonNullable<Result['base']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (base.customers === 0) return <Text size="sm">{t('models:result.nothing')}</Text>;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 2 }} spacing="md">
        <Figure
          label={t('models:result.left')}
          definition={t('models:definition.left')}
          value={format.moneyRound(base.income - base.cost)}
          note={t('models:result.of', { customers: format.number(base.customers), contracts: format.number(base.contracts) })}
        />
        <Figure
          label={t('profit:belowZero')}
          definition={t('models:definition.below')}
          value={format.number(base.belowZero)}
          note={t('profit:ofCustomers', { share: format.percent(base.belowZero / base.customers) })}
        />
      </SimpleGrid>
      <TermTable terms={base.terms} />
    </Stack>
  );
}

function TermTable({ terms }: { terms: readonly Term[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SimpleTable<Term>
      caption={t('models:terms.title')}
      rows={terms}
      rowId={({ name }) => name}
      columns={[
        { id: 'term', header: t('profit:section.term'), cell: ({ label }) => label },
        {
          id: 'amount',
          header: t('profit:section.amount'),
          align: 'right',
          cell: ({ side, amount, undefined: wrong }) => (
            <>
              {format.money(side === 'cost' ? -amount : amount)}
              {wrong > 0 && (
                <Text size="xs" c="dimmed">
                  {t('models:result.undefined', { count: wrong })}
                </Text>
              )}
            </>
          ),
        },
      ]}
    />
  );
}

interface CustomerResultProps {
  model: Model;
  customer: Result['customer'];
  onPick: (id: string | null) => void;
}

/** The same of one customer somebody chooses, down to the numbers of each month. */
export function CustomerResult({ model, customer, onPick }: CustomerResultProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 200);
  const { data } = useGet<{ hits: z.infer<typeof SearchHit>[] }>(
    '/customers/search',
    { q: search, limit: 10 },
    { enabled: search !== '', keep: true },
  );
  const hits = data?.hits ?? [];
  return (
    <Stack gap="md">
      <Select
        label={t('models:result.customer')}
        placeholder={t('customers:searchPlaceholder')}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('common:delete') }}
        filter={({ options }) => options}
        lookedUp
        data={[
          ...hits.map(({ id, name, detail }) => ({ value: id, label: detail ? `${name} · ${detail}` : name })),
          ...(customer && !hits.some(({ id }) => id === customer.id) ? [{ value: customer.id, label: customer.name }] : []),
        ]}
        nothingFoundMessage={search ? t('models:result.noHit') : undefined}
        value={customer?.id ?? null}
        onSearchChange={setTyped}
        onChange={onPick}
      />
      {customer && (
        <>
          <Figure
            label={t('models:result.left')}
            definition={t('models:definition.left')}
            value={format.money(customer.income - customer.cost)}
            note={
              <Link to="/customers/$id" params={{ id: customer.id }} search={{ tab: 'value' }}>
                {customer.name}
              </Link>
            }
          />
          <TermTable terms={customer.terms} />
          {customer.months.length === 0 ? (
            <Text size="sm">{t('models:result.nothing')}</Text>
          ) : (
            <SimpleTable
              caption={t('models:result.months')}
              rows={customer.months.slice(0, SHOWN)}
              rowId={({ month, account }) => `${month} ${account}`}
              columns={[
                { id: 'month', header: t('profit:byMonth.month'), cell: ({ month }) => format.month(month) },
                { id: 'account', header: t('models:result.contract'), cell: ({ account, product }) => account || product || '–' },
                {
                  id: 'left',
                  header: t('models:result.left'),
                  align: 'right',
                  cell: ({ month, values, terms }) => (
                    <Stack gap={0} align="flex-end">
                      {format.money(model.terms.reduce((sum, { name, side }) => sum + (terms[name] ?? 0) * (side === 'cost' ? -1 : 1), 0))}
                      <Why about={format.month(month)}>
                        <Stack gap={4}>
                          {model.variables.map(({ name, label }) => (
                            <Text size="sm" key={name}>
                              {t('models:result.value', { label, value: format.number(values[name] ?? 0, 2) })}
                            </Text>
                          ))}
                          {model.terms.map(({ name, label, formula }) => (
                            <Text size="sm" key={name}>
                              {t('models:result.term', {
                                label,
                                formula,
                                value: terms[name] === null || terms[name] === undefined ? '–' : format.money(terms[name]),
                              })}
                            </Text>
                          ))}
                        </Stack>
                      </Why>
                    </Stack>
                  ),
                },
              ]}
            />
          )}
        </>
      )}
    </Stack>
  );
}
