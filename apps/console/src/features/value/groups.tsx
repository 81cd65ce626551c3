import type { ValueOverview } from '@vinculo/insight/api/value';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useFormat } from '../../ui/format.ts';
import { GroupMark } from '../../ui/group-mark.tsx';
import { Text } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import { behind } from './search-targets.ts';

type Overview = z.infer<typeof ValueOverview>;

/** The named groups, best first: who they are, how many, what they bring. */
export function Groups({ overview }: { overview: Pick<Overview, 'groups' | 'buyers' | 'revenue'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <SimpleTable
      caption={t('value:groups.title')}
      rows={overview.groups}
      rowId={({ group }) => group}
      columns={[
        {
          id: 'group',
          header: t('value:groups.group'),
          cell: ({ group }) => (
            <>
              <GroupMark group={group} />
              <Text size="xs" c="dimmed">
                {t(`value:groupMeaning.${group}`)}
              </Text>
            </>
          ),
        },
        {
          id: 'customers',
          header: t('value:customers'),
          align: 'right',
          cell: ({ group, customers }) => <Link {...behind.group(group)}>{format.number(customers)}</Link>,
        },
        {
          id: 'share',
          header: t('value:groups.share'),
          align: 'right',
          cell: ({ customers }) => format.percent(overview.buyers ? customers / overview.buyers : 0),
        },
        { id: 'revenue', header: t('value:revenue'), align: 'right', cell: ({ revenue }) => format.moneyRound(revenue) },
        {
          id: 'revenueShare',
          header: t('value:groups.revenueShare'),
          align: 'right',
          cell: ({ revenue }) => format.percent(overview.revenue ? revenue / overview.revenue : 0),
        },
      ]}
    />
  );
}
