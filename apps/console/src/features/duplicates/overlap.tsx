import { useTranslation } from 'react-i18next';
import { useCan } from '../../app/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Table, Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { type Source, useSources } from '../sources/use-sources.ts';
import type { Overview } from './duplicates.tsx';

/** How many customers each two sources share, as a small matrix; the strength of the colour repeats the number. */
export function Overlap({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const can = useCan();
  return can('source.read') ? <Matrix overview={overview} /> : <Text size="sm">{t('duplicates:overlap.refused')}</Text>;
}

function Matrix({ overview }: { overview: Overview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sources = useSources().data?.items ?? [];
  const shared = (a: Source, b: Source) =>
    overview.overlap.find((pair) => (pair.a === a.id && pair.b === b.id) || (pair.a === b.id && pair.b === a.id))?.customers ?? 0;
  const seen = sources.filter((source) => overview.overlap.some(({ a, b }) => a === source.id || b === source.id));
  const most = Math.max(1, ...overview.overlap.map(({ customers }) => customers));
  if (seen.length < 2) return <Text size="sm">{t('duplicates:overlap.none')}</Text>;

  const rows = seen.slice(1);
  const columns = seen.slice(0, -1);
  return (
    <Table.ScrollContainer minWidth={0} type="native">
      <Table aria-label={t('duplicates:overlap.title')} withRowBorders={false} horizontalSpacing={4} verticalSpacing={4} fz="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            {columns.map(({ id, label }) => (
              <Table.Th key={id} scope="col" fz="xs" fw={600} ta="center" style={{ overflowWrap: 'anywhere', verticalAlign: 'bottom' }}>
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, at) => (
            <Table.Tr key={row.id}>
              <Table.Th scope="row" fz="xs" fw={600}>
                <Link to="/customers" search={{ source: row.id, duplicates: 'yes' }} c="inherit">
                  {row.label}
                </Link>
              </Table.Th>
              {columns.map((column, index) => {
                if (index > at) return <Table.Td key={column.id} />;
                const customers = shared(row, column);
                return (
                  <Table.Td
                    key={column.id}
                    ta="center"
                    style={{
                      borderRadius: 4,
                      background: `color-mix(in srgb, var(--v-accent) ${Math.round((customers / most) * 35)}%, transparent)`,
                    }}
                    title={t('duplicates:overlap.cell', {
                      count: customers,
                      shown: format.number(customers),
                      a: row.label,
                      b: column.label,
                    })}
                  >
                    {format.number(customers)}
                  </Table.Td>
                );
              })}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
