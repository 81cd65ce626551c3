import { useTranslation } from 'react-i18next';
import { Change, Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid, Stack } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { Report } from './report.tsx';
import { behindReport, WHO } from './search.ts';

/** What explains that sales are more, or less, than before. */
export function GrowthAnswer({ report }: { report: Report }) {
  const { growth, volume } = report;
  const { t } = useTranslation();
  const format = useFormat();
  if (growth.steps.length === 0) return null;
  const before = volume.revenue.before ?? 0;
  return (
    <Stack gap="md">
      <SimpleGrid cols={2} spacing="md">
        <Figure
          label={t('report:question.growth')}
          value={growth.rate === null ? '–' : format.change(growth.rate)}
          definition={t('report:definition.growth')}
        />
        <Figure
          label={t('report:middle')}
          value={growth.ofSame === null ? '–' : format.change(growth.ofSame)}
          definition={t('report:definition.ofSame')}
        />
      </SimpleGrid>
      <SimpleTable
        caption={t('report:chart.growth')}
        rows={[
          { id: 'before', words: t('report:before'), customers: null, money: before, sum: true },
          ...growth.steps.map(({ step, customers, money }) => ({
            id: step,
            words: t(`report:steps.${step}`),
            customers,
            money,
            sum: false,
          })),
          { id: 'now', words: t('report:now'), customers: null, money: volume.revenue.now, sum: true },
        ]}
        rowId={({ id }) => id}
        columns={[
          { id: 'step', header: t('report:step'), cell: ({ words, sum }) => (sum ? <b>{words}</b> : words) },
          {
            id: 'customers',
            header: t('report:customers'),
            align: 'right',
            cell: ({ id, words, customers }) => {
              const who = WHO.find((step) => step === id);
              return customers !== null && who ? (
                <Link {...behindReport(report, { who })} size="sm" aria-label={`${words}: ${format.number(customers)}`}>
                  {format.number(customers)}
                </Link>
              ) : (
                ''
              );
            },
          },
          {
            id: 'money',
            header: t('report:money'),
            align: 'right',
            cell: ({ money, sum }) =>
              sum ? (
                <b>{format.moneyRound(money)}</b>
              ) : money === 0 ? (
                format.moneyRound(0)
              ) : (
                <Change text={`${money > 0 ? '+' : ''}${format.moneyRound(money)}`} better={money > 0} />
              ),
          },
        ]}
      />
    </Stack>
  );
}
