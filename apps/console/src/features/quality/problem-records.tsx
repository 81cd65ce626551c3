import type { z } from 'zod';
import type { ProblemRecord } from '@vinculo/customer-file/api/quality';
import { useTranslation } from 'react-i18next';
import { usePage } from '../../api/queries.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Button, Drawer, Stack, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { RowSkeletons } from '../../ui/skeletons.tsx';
import type { Problem } from './quality-figures.ts';

type Row = z.infer<typeof ProblemRecord>;

interface ProblemRecordsProps {
  problem: Problem;
  title: string;
  onClose: () => void;
}

/** The records behind a problem; each leads to its customer. */
export function ProblemRecords({ problem, title, onClose }: ProblemRecordsProps) {
  const { t } = useTranslation();
  const { kind, field, sourceId, value } = problem;
  const { rows, loading, error, retry, more, fetchMore, fetchingMore } = usePage<Row>('/quality/records', {
    kind,
    field,
    source: sourceId ?? undefined,
    value: value ?? undefined,
  });
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={title} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="md">
        {error && <ErrorNote error={error} retry={retry} />}
        {loading && <RowSkeletons rows={8} />}
        {!loading && !error && rows.length === 0 && <Text size="sm">{t('quality:records.none')}</Text>}
        {rows.length > 0 && (
          <SimpleTable
            caption={t('quality:records.title')}
            rows={rows}
            rowId={({ recordId }) => recordId}
            columns={[
              {
                id: 'customer',
                header: t('quality:records.customer'),
                cell: ({ customerId, name }) =>
                  customerId ? (
                    <Link to="/customers/$id" params={{ id: customerId }} underline="always">
                      {name || customerId.slice(0, 8)}
                    </Link>
                  ) : (
                    `${name} (${t('quality:records.noCustomer')})`
                  ),
              },
              // Where the value is what is missing, or the number beside it, it says nothing.
              ...(kind === 'missing' || kind === 'repeated'
                ? []
                : [{ id: 'value', header: t('quality:records.value'), cell: ({ value: said }: Row) => said || '–' }]),
              { id: 'source', header: t('quality:records.source'), cell: ({ sourceLabel }) => sourceLabel },
              { id: 'key', header: t('quality:records.key'), cell: ({ key }) => key },
            ]}
          />
        )}
        {more && (
          <Button variant="default" onClick={fetchMore} loading={fetchingMore}>
            {t('quality:records.more')}
          </Button>
        )}
      </Stack>
    </Drawer>
  );
}
