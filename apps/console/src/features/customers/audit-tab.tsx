import type { AuditLine } from '@vinculo/audit/api';
import { useTranslation } from 'react-i18next';
import { usePage } from '../../api/queries.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useFormat } from '../../ui/format.ts';
import { Button, Stack, Table } from '../../ui/kit.ts';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import type { Customer } from './customer.tsx';

/** Who looked at this customer and who changed what. */
export function AuditTab({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const page = usePage<AuditLine>('/audit', { subjectKind: 'customer', subjectId: customer.id });
  if (page.error) return <ErrorNote error={page.error} retry={page.retry} />;
  if (page.loading) return <RowSkeletons rows={8} />;
  if (page.rows.length === 0) return <EmptyState title={t('customers:audit.empty')} />;
  return (
    <Stack gap="md">
      <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} role="region" aria-label={t('customers:tab.audit')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('customers:audit.at')}</Table.Th>
              <Table.Th>{t('customers:audit.who')}</Table.Th>
              <Table.Th>{t('customers:audit.what')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {page.rows.map((line) => (
              <Table.Tr key={line.id}>
                <Table.Td style={{ whiteSpace: 'nowrap' }}>{format.dateTime(line.at)}</Table.Td>
                <Table.Td>{line.actor.name}</Table.Td>
                <Table.Td>
                  {t(`audit:action.${line.action}`, { defaultValue: line.action })}
                  {typeof line.detail.part === 'string' &&
                    ` · ${t(`customers:part.${line.detail.part}`, { defaultValue: line.detail.part })}`}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {page.more && (
        <Button variant="default" loading={page.fetchingMore} onClick={page.fetchMore} style={{ alignSelf: 'center' }}>
          {t('common:more')}
        </Button>
      )}
    </Stack>
  );
}
