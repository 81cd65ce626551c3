import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { Figure } from '../../ui/figure.tsx';
import { useFormat } from '../../ui/format.ts';
import { SimpleGrid, Stack } from '../../ui/kit.ts';
import { Link } from '../../ui/link.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { SimpleTable } from '../../ui/simple-table.tsx';
import type { Report } from './report.tsx';
import { behindReport } from './search.ts';

/** What they left, and how much of it the best few bring. */
export function ProfitAnswer({ report }: { report: Report }) {
  const { profit } = report;
  const { t } = useTranslation();
  const format = useFormat();
  const change = ({ now, before }: Report['buyers']) =>
    before && before > 0 ? { text: format.change(now / before - 1), better: now >= before } : undefined;
  const option = useMemo((): ChartOption => {
    const line = (name: string, color: string | undefined, of: (point: Report['profit']['curve'][number]) => number | null) => ({
      type: 'line',
      name,
      data: profit.curve.map((point) => [point.customers, of(point)]),
      showSymbol: false,
      itemStyle: { color },
      lineStyle: { width: 2 },
    });
    const percent = (value: number) => format.percent(value, 0);
    return {
      grid: { left: 8, right: 16, top: 32, bottom: 22, containLabel: true },
      legend: { top: 0, left: 0 },
      tooltip: { trigger: 'axis', valueFormatter: (value: number | null) => (value === null ? '–' : format.percent(value, 1)) },
      xAxis: {
        type: 'value',
        min: 0,
        max: 1,
        axisLabel: { formatter: percent },
        name: t('report:customers'),
        nameLocation: 'middle',
        nameGap: 26,
      },
      yAxis: { type: 'value', axisLabel: { formatter: percent } },
      series: [
        line(t('report:revenueShare'), SERIES_COLORS[0], ({ revenue }) => revenue),
        ...(profit.known ? [line(t('report:profitShare'), SERIES_COLORS[2], ({ profit: share }) => share)] : []),
      ],
    };
  }, [profit, format, t]);
  return (
    <Stack gap="md">
      {profit.known ? (
        <SimpleGrid cols={2} spacing="md">
          <Figure
            label={t('report:margin')}
            definition={t('value:definition.margin')}
            value={format.moneyShort(profit.margin.now)}
            change={change(profit.margin)}
          />
          <Figure label={t('report:costToServe')} value={format.moneyShort(profit.costToServe.now)} to={{ to: '/value/costs' }} />
          <Figure
            label={t('report:profit')}
            definition={t('report:definition.profit')}
            value={format.moneyShort(profit.profit.now)}
            change={change(profit.profit)}
            to={{ to: '/value/profit' }}
          />
          <Figure
            label={t('value:tier.below_zero')}
            definition={t('report:definition.below')}
            value={format.number(profit.belowZero.customers)}
            note={profit.belowZero.loss > 0 ? format.moneyRound(-profit.belowZero.loss) : undefined}
            to={behindReport(report, { who: 'below' })}
          />
        </SimpleGrid>
      ) : (
        <LinkButton to="/value/costs" variant="default" style={{ alignSelf: 'flex-start' }}>
          {t('profit:openCosts')}
        </LinkButton>
      )}
      <SimpleTable
        caption={t('report:definition.best')}
        rows={profit.best}
        rowId={({ percent }) => String(percent)}
        columns={[
          {
            id: 'best',
            header: t('report:best'),
            definition: t('report:definition.best'),
            cell: ({ percent }) => format.percent(percent / 100, 0),
          },
          {
            id: 'customers',
            header: t('report:customers'),
            align: 'right',
            cell: ({ percent, customers }) => (
              <Link {...behindReport(report, { best: percent })} size="sm">
                {format.number(customers)}
              </Link>
            ),
          },
          { id: 'revenue', header: t('report:revenueShare'), align: 'right', cell: ({ revenueShare }) => format.percent(revenueShare) },
          {
            id: 'profit',
            header: t('report:profitShare'),
            align: 'right',
            cell: ({ profitShare }) => (profitShare === null ? '–' : format.percent(profitShare)),
          },
        ]}
      />
      {profit.curve.length > 2 && (
        <Chart
          caption={t('report:chart.curve')}
          height={220}
          option={option}
          table={{
            columns: [t('report:customers'), t('report:revenueShare'), t('report:profitShare')],
            rows: profit.curve
              .filter((_, n) => n % 10 === 0)
              .map(({ customers, revenue, profit: share }) => [
                format.percent(customers, 0),
                format.percent(revenue, 1),
                share === null ? '–' : format.percent(share, 1),
              ]),
          }}
        />
      )}
    </Stack>
  );
}
