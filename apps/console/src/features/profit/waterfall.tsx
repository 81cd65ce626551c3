import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartOption } from '../../ui/chart.tsx';
import { SERIES_COLORS } from '../../ui/colors.ts';
import { useFormat } from '../../ui/format.ts';
import { usePhone } from '../../ui/screen-size.ts';
import { type Profit, useTermWords } from './term-words.ts';

interface Step {
  name: string;
  amount: number;
  /** Where the bar begins; a sum begins at zero. */
  base: number;
  sum: boolean;
}

/** From what was sold to what is left, one bar a term. */
export function ProfitWaterfall({ steps }: { steps: Profit['steps'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { term } = useTermWords();
  const phone = usePhone();
  const bars = useMemo((): Step[] => {
    const sold = steps.revenue !== 0 || steps.margin !== 0;
    const all: Step[] = [];
    let at = 0;
    const move = (name: string, amount: number) => {
      all.push({ name, amount, base: at, sum: false });
      at += amount;
    };
    if (sold) {
      move(t('profit:revenue'), steps.revenue);
      move(t('profit:goods'), -steps.goods);
      all.push({ name: t('profit:margin'), amount: steps.margin, base: 0, sum: true });
    }
    for (const one of steps.terms) move(term(one), one.side === 'income' ? one.amount : -one.amount);
    all.push({ name: t('profit:profit'), amount: steps.profit, base: 0, sum: true });
    return all;
  }, [steps, t, term]);

  const option = useMemo((): ChartOption => {
    // A bar that crosses zero is drawn in two pieces, one on each side.
    const low = ({ base, amount }: Step) => Math.min(base, base + amount);
    const high = ({ base, amount }: Step) => Math.max(base, base + amount);
    const color = ({ amount, sum }: Step) => (sum ? SERIES_COLORS[0] : amount < 0 ? SERIES_COLORS[1] : SERIES_COLORS[2]);
    const transparent = { color: 'transparent' };
    return {
      grid: { left: 4, right: 84, top: 4, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'item',
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const { name, amount } = bars[dataIndex]!;
          return t('profit:waterfall.point', { name, amount: format.money(amount) });
        },
      },
      xAxis: { type: 'value', axisLabel: { show: !phone, formatter: (value: number) => format.moneyShort(value) } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map(({ name }) => name),
        axisLabel: { width: phone ? 120 : 200, overflow: phone ? 'break' : 'truncate' },
      },
      series: [
        { type: 'bar', stack: 'money', silent: true, itemStyle: transparent, data: bars.map((bar) => Math.max(0, low(bar))) },
        { type: 'bar', stack: 'money', silent: true, itemStyle: transparent, data: bars.map((bar) => Math.min(0, high(bar))) },
        {
          type: 'bar',
          stack: 'money',
          barMaxWidth: 22,
          data: bars.map((bar) => ({
            value: Math.max(0, high(bar)) - Math.max(0, low(bar)),
            itemStyle: { color: color(bar), borderRadius: 2 },
            label: { show: high(bar) > 0, position: 'right', formatter: () => signed(bar) },
          })),
        },
        {
          type: 'bar',
          stack: 'money',
          barMaxWidth: 22,
          data: bars.map((bar) => ({
            value: Math.min(0, low(bar)) - Math.min(0, high(bar)),
            itemStyle: { color: color(bar), borderRadius: 2 },
            label: { show: high(bar) <= 0, position: 'right', formatter: () => signed(bar) },
          })),
        },
      ],
    };
    function signed({ amount, sum }: Step) {
      return `${amount < 0 || sum ? '' : '+'}${format.moneyShort(amount)}`;
    }
  }, [bars, phone, format, t]);

  const came = steps.terms.reduce((sum, { side, amount }) => sum + (side === 'income' ? amount : 0), steps.revenue);
  return (
    <Chart
      option={option}
      height={Math.max(160, bars.length * (phone ? 36 : 30) + 40)}
      caption={t('profit:waterfall.caption', { revenue: format.moneyRound(came), profit: format.moneyRound(steps.profit) })}
      table={{
        columns: [t('profit:waterfall.step'), t('profit:waterfall.amount'), t('profit:waterfall.share')],
        rows: bars.map(({ name, amount }) => [name, format.money(amount), steps.revenue ? format.percent(amount / steps.revenue, 1) : '–']),
      }}
    />
  );
}
