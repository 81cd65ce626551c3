import type { CustomerIdentity } from '@vinculo/customer-file/api/customers';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { useRecordKey } from '../../app/record-key.ts';
import { useCan } from '../../app/session.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconArrowsSplit, IconGitMerge, IconTopologyStar3 } from '../../ui/icons.ts';
import { Button, Checkbox, Group, Stack, Table, Text } from '../../ui/kit.ts';
import { Link, useGo } from '../../ui/link.tsx';
import { BlockSkeleton } from '../../ui/skeletons.tsx';
import type { Customer } from './customer.tsx';
import { Devices } from './devices.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SplitAndMerge } from './split-and-merge.tsx';
import { UndoChange } from './undo-change.tsx';
import { Waterfall } from './waterfall.tsx';

type Identity = z.infer<typeof CustomerIdentity>;

/** Fields that tell people apart, in the order one would read them out. */
const SHOWN = [
  'full_name',
  'given_name',
  'surname1',
  'surname2',
  'surname',
  'company_name',
  'national_id',
  'email',
  'phone',
  'mobile',
  'birth_date',
  'address',
  'postcode',
  'city',
];

/** The source records, why they are one, what was changed and by whom; split and merge by hand. */
export function IdentityTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const can = useCan();
  const go = useGo();
  const keyWords = useRecordKey();
  const [chosen, setChosen] = useState<string[]>([]);
  const [asking, setAsking] = useState<'split' | 'merge' | null>(null);
  const { data, error, refetch } = useGet<Identity>(`/customers/${customer.id}/identity`);

  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <BlockSkeleton height={360} />;
  const labels = new Map(data.records.map((record) => [record.id, `${record.sourceLabel} ${keyWords(record.key)}`]));
  const nameOf = (record: string) => labels.get(record) ?? record;
  const fields = SHOWN.filter((field) => data.records.some((record) => record.raw[field]));

  return (
    <Stack gap="xl">
      <section aria-label={t('customers:identity.records', { count: data.records.length })}>
        <Group justify="space-between" mb="xs">
          <Text size="sm" fw={600} component="h2" m={0}>
            {t('customers:identity.records', { count: data.records.length })}
          </Text>
          {can('customer.merge') && (
            <Group gap="xs">
              {data.records.length > 1 && (
                <Button
                  variant="default"
                  size="xs"
                  leftSection={<IconArrowsSplit size={14} />}
                  disabled={chosen.length === 0 || chosen.length === data.records.length}
                  onClick={() => setAsking('split')}
                >
                  {chosen.length ? t('customers:identity.split', { count: chosen.length }) : t('customers:identity.splitNone')}
                </Button>
              )}
              <Button variant="default" size="xs" leftSection={<IconGitMerge size={14} />} onClick={() => setAsking('merge')}>
                {t('customers:identity.merge')}
              </Button>
            </Group>
          )}
        </Group>
        <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} role="region" aria-label={t('customers:tab.identity')}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th />
                {data.records.map((record) => (
                  <Table.Th key={record.id}>
                    {can('customer.merge') && data.records.length > 1 ? (
                      <Checkbox
                        size="xs"
                        label={record.sourceLabel}
                        checked={chosen.includes(record.id)}
                        onChange={() =>
                          setChosen(chosen.includes(record.id) ? chosen.filter((id) => id !== record.id) : [...chosen, record.id])
                        }
                      />
                    ) : (
                      record.sourceLabel
                    )}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              <Table.Tr>
                <Table.Td c="dimmed">{t('imports:field.key')}</Table.Td>
                {data.records.map((record) => (
                  <Table.Td key={record.id} style={{ overflowWrap: 'anywhere' }}>
                    {keyWords(record.key)}
                  </Table.Td>
                ))}
              </Table.Tr>
              {fields.map((field) => (
                <Table.Tr key={field}>
                  <Table.Td c="dimmed">{t(`imports:field.${field}`, { defaultValue: field })}</Table.Td>
                  {data.records.map((record) => (
                    <Table.Td key={record.id} style={{ overflowWrap: 'anywhere' }}>
                      {record.raw[field] ?? ''}
                      {record.invalid.includes(field) && (
                        <Text span size="xs" c="var(--v-worse)">
                          {' '}
                          {t('customers:identity.invalid')}
                        </Text>
                      )}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
              <Table.Tr>
                <Table.Td c="dimmed">{t('common:why')}</Table.Td>
                {data.records.map((record) => (
                  <Table.Td key={record.id}>
                    <Reason link={record.link} nameOf={nameOf} />
                  </Table.Td>
                ))}
              </Table.Tr>
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </section>

      {data.explanations.length > 0 && (
        <section aria-label={t('customers:identity.why')}>
          <Group justify="space-between" mb="xs">
            <Text size="sm" fw={600} component="h2" m={0}>
              {t('customers:identity.why')}
            </Text>
            <LinkButton
              to="/customers/$id/cluster"
              params={{ id: customer.id }}
              size="xs"
              variant="light"
              leftSection={<IconTopologyStar3 size={14} />}
            >
              {t('linkage:cluster.explore')}
            </LinkButton>
          </Group>
          <Text size="sm" c="dimmed" mb="md">
            {t('customers:identity.whyText')}
          </Text>
          <Stack gap="lg">
            {data.explanations.map((pair) => (
              <Waterfall key={`${pair.a} ${pair.b}`} pair={pair} nameOf={nameOf} />
            ))}
          </Stack>
        </section>
      )}

      <Devices customer={customer} />

      <History history={data.history} customerId={customer.id} />
      <SplitAndMerge
        customer={customer}
        chosen={chosen}
        asking={asking}
        onClose={() => setAsking(null)}
        onDone={(left) => {
          setChosen([]);
          if (left !== customer.id) void go({ to: '/customers/$id', params: { id: left }, search: { tab: 'identity' } });
        }}
      />
    </Stack>
  );
}

function Reason({ link, nameOf }: { link: Identity['records'][number]['link']; nameOf: (record: string) => string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { rule, record, probability, reason } = link.evidence as { rule?: string; record?: string; probability?: number; reason?: string };
  return (
    <Text size="xs" c="dimmed">
      {t(`customers:identity.reason.${link.reason}`, {
        rule: rule ? t(`identity:rule.${rule}`, { defaultValue: rule }) : '',
        other: record ? nameOf(record) : '',
        probability: probability === undefined ? '' : format.percent(probability, 1),
        words: reason ?? '',
      })}
    </Text>
  );
}

function History({ history, customerId }: { history: Identity['history']; customerId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (history.length === 0) return null;
  return (
    <section aria-label={t('customers:identity.history')}>
      <Text size="sm" fw={600} component="h2" mb="xs">
        {t('customers:identity.history')}
      </Text>
      <Stack gap="xs">
        {history.map((change) => {
          const other = change.customerId === customerId ? change.otherId : change.customerId;
          return (
            <Group key={change.id} justify="space-between" wrap="nowrap" align="flex-start">
              <Text size="sm">
                {t(`customers:timeline.identity.${change.kind}`, { count: change.records.length })} ·{' '}
                {t('customers:timeline.by', { name: change.by })} · {format.dateTime(change.changedAt)}
                {change.reason && ` · ${change.reason}`}{' '}
                {other && other !== customerId && (
                  <Link to="/customers/$id" params={{ id: other }} search={{ tab: 'identity' }} size="sm">
                    {t('customers:identity.other')}
                  </Link>
                )}
              </Text>
              <UndoChange change={change} />
            </Group>
          );
        })}
      </Stack>
    </section>
  );
}
