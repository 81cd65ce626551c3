import type { Consents } from '@vinculo/customer-file/api/customers';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useGet } from '../../api/queries.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { IconBan, IconCheck, IconShieldCheck } from '../../ui/icons.ts';
import { Stack, Table, Text } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import type { Customer } from './customer.tsx';

/** What the customer allows now, and every statement that led there, with its proof. */
export function RelationTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useGet<z.infer<typeof Consents>>(`/customers/${customer.id}/consents`);
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <RowSkeletons rows={4} />;
  if (data.history.length === 0) {
    return (
      <EmptyState icon={IconShieldCheck} title={t('customers:consents.empty')}>
        {t('customers:consents.emptyText')}
      </EmptyState>
    );
  }
  return (
    <Stack gap="xl">
      <Statements title={t('customers:consents.now')} statements={data.current} />
      {data.history.length > data.current.length && <Statements title={t('customers:consents.history')} statements={data.history} />}
    </Stack>
  );
}

function Statements({ title, statements }: { title: string; statements: z.infer<typeof Consents>['current'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section>
      <Text size="sm" fw={600} component="h2" mb="xs">
        {title}
      </Text>
      <Table.ScrollContainer minWidth={520} type="native" tabIndex={0} role="region" aria-label={title}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('customers:consents.purpose')}</Table.Th>
              <Table.Th>{t('customers:consents.channel')}</Table.Th>
              <Table.Th>{t('customers:consents.answer')}</Table.Th>
              <Table.Th>{t('customers:consents.proof')}</Table.Th>
              <Table.Th ta="right">{t('customers:consents.date')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {statements.map(({ purpose, channel, granted, proof, sourceLabel, occurredAt }) => {
              const Sign = granted ? IconCheck : IconBan;
              return (
                <Table.Tr key={`${purpose} ${channel} ${occurredAt}`}>
                  <Table.Td>{t(`customers:purpose.${purpose}`, { defaultValue: purpose })}</Table.Td>
                  <Table.Td>{t(`customers:channel.${channel}`, { defaultValue: channel })}</Table.Td>
                  <Table.Td style={{ whiteSpace: 'nowrap' }}>
                    <Sign size={14} aria-hidden style={{ verticalAlign: -2, marginInlineEnd: 4 }} />
                    {t(granted ? 'customers:consents.yes' : 'customers:consents.no')}
                  </Table.Td>
                  <Table.Td>{[proof, sourceLabel].filter(Boolean).join(' · ') || '–'}</Table.Td>
                  <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
                    {format.date(occurredAt)}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
