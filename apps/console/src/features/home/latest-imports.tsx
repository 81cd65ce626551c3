import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session.ts';
import { Card } from '../../ui/board-page.tsx';
import { useFormat } from '../../ui/format.ts';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { View } from './home.tsx';

export function LatestImports({ imports }: { imports: View['imports'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayRead = useCan()('source.read');
  if (imports.length === 0) return null;
  return (
    <Card
      title={t('home:latestImports')}
      span={7}
      aside={
        mayRead && (
          <Link to="/imports" size="sm">
            {t('home:whole')}
          </Link>
        )
      }
    >
      <SimpleTable
        caption={t('home:latestImports')}
        rows={imports}
        rowId={({ id }) => id}
        columns={[
          {
            id: 'file',
            header: t('home:file'),
            cell: ({ id, fileName, sourceLabel }) => (
              <>
                {mayRead ? (
                  <Link to="/imports/$id" params={{ id }}>
                    {fileName}
                  </Link>
                ) : (
                  fileName
                )}
                <Text size="xs" c="dimmed">
                  {sourceLabel}
                </Text>
              </>
            ),
          },
          { id: 'state', header: t('home:state'), cell: ({ state }) => t(`home:importState.${state}`, { defaultValue: state }) },
          { id: 'rows', header: t('home:rows'), align: 'right', cell: ({ rowsRead }) => format.number(rowsRead) },
          {
            id: 'rejected',
            header: t('home:rejected'),
            align: 'right',
            cell: ({ rowsRejected }) => (
              <Text span size="sm" {...(rowsRejected > 0 ? { c: 'var(--v-worse)', fw: 500 } : { c: 'dimmed' })}>
                {format.number(rowsRejected)}
              </Text>
            ),
          },
          {
            id: 'when',
            header: t('home:when'),
            align: 'right',
            cell: ({ createdAt }) => <span title={format.dateTime(createdAt)}>{format.relative(createdAt)}</span>,
          },
        ]}
      />
    </Card>
  );
}
