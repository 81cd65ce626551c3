// What the figures say, in the reader's language: the same words on the screen and on paper.
import { type Language, translator } from '@vinculo/languages';
import { written } from '../boards/document/pen.ts';
import type { Figures } from './read-report.ts';

type Question = 'normal' | 'loyalty' | 'volume' | 'growth' | 'duration' | 'profit';

/** A year, for how often somebody buys. */
const DAYS_A_YEAR = 365;

export function sentencesOf(figures: Figures, language: Language): Record<Question, string[]> {
  const t = translator(language);
  const money = (value: number) => written(value, 'money', figures.currency, language);
  const share = (value: number) => written(value, 'share', figures.currency, language);
  const number = (value: number) => written(Math.round(value * 10) / 10, 'number', figures.currency, language);
  const count = (value: number) => written(value, 'count', figures.currency, language);
  const say = (key: string, params: Record<string, string | number> = {}) => t(`report:say.${key}`, params);
  const change = (now: number, before: number) => {
    const rate = now / before - 1;
    return say(rate >= 0.0005 ? 'rose' : rate <= -0.0005 ? 'fell' : 'same', { rate: share(Math.abs(rate)) });
  };
  const channel = (name: string) => t(`customers:channel.${name}`, { defaultValue: name });
  if (figures.buyers.now === 0) {
    const nobody = [say('nobody')];
    return { normal: nobody, loyalty: nobody, volume: nobody, growth: nobody, duration: nobody, profit: nobody };
  }

  const { normal, loyalty, volume, growth, duration, profit } = figures;
  const days = (Date.parse(figures.to) - Date.parse(figures.from)) / 86_400_000 + 1;
  const [province] = normal.provinces;
  const [way] = normal.channels;
  const [category, second] = normal.categories;
  const known = loyalty.types.filter(({ type }) => type !== 'unknown').toSorted((a, b) => b.customers - a.customers);
  const unsure = loyalty.types.find(({ type }) => type === 'unknown');
  const richest = known.toSorted((a, b) => b.revenue - a.revenue)[0];
  const step = (name: string) => growth.steps.find((one) => one.step === name);
  const [gained, gone] = [step('new'), step('gone')];
  const long = duration.bands.filter(({ years }) => years === '3' || years === '5').reduce((sum, one) => sum + one.share, 0);
  const afterYear = duration.survival.findLast(({ months }) => months <= 12);
  const [one, , , twenty] = profit.best;

  return {
    normal: sentences(
      say('normal.buys', {
        orders: number(normal.orders.middle),
        order: money(normal.averageOrder.middle),
        spend: money(normal.spend.middle),
        rate: number((normal.orders.middle * DAYS_A_YEAR) / days),
      }),
      say('normal.range', { low: money(normal.spend.low), high: money(normal.spend.high) }),
      normal.age && say('normal.age', { low: count(normal.age.low), high: count(normal.age.high) }),
      province && say('normal.province', { province: province.name, share: share(province.share) }),
      way && way.name !== '' && say('normal.channel', { channel: channel(way.name), share: share(way.share) }),
      category &&
        (second
          ? say('normal.categories', { first: category.name, second: second.name, share: share(category.share) })
          : say('normal.category', { first: category.name, share: share(category.share) })),
      normal.companies > 0 && say('normal.companies', { share: share(normal.companies / (normal.companies + normal.people)) }),
    ),
    loyalty: sentences(
      known[0] && say('loyalty.most', { type: t(`value:loyalty.${known[0].type}`), share: share(known[0].share) }),
      richest &&
        say('loyalty.richest', {
          type: t(`value:loyalty.${richest.type}`),
          share: share(volume.revenue.now > 0 ? richest.revenue / volume.revenue.now : 0),
        }),
      unsure && say('loyalty.unsure', { share: share(unsure.share) }),
      loyalty.types.length === 0 && say('loyalty.none'),
    ),
    volume: sentences(
      say('volume.bought', {
        customers: count(figures.buyers.now),
        orders: count(volume.orders.now),
        revenue: money(volume.revenue.now),
      }),
      volume.revenue.before && say('volume.change', { change: change(volume.revenue.now, volume.revenue.before) }),
      say('volume.order', { order: money(volume.averageOrder.now) }),
    ),
    growth: sentences(
      growth.rate === null ? say('growth.none') : say('growth.rate', { change: change(volume.revenue.now, volume.revenue.before!) }),
      growth.ofSame !== null && say('growth.same', { change: change(1 + growth.ofSame, 1) }),
      gained &&
        gone &&
        say('growth.turnover', {
          gained: count(gained.customers),
          gainedMoney: money(gained.money),
          gone: count(gone.customers),
          goneMoney: money(-gone.money),
        }),
    ),
    duration: sentences(
      duration.years && say('duration.middle', { years: number(duration.years.middle) }),
      duration.years && say('duration.long', { share: share(long) }),
      afterYear && say('duration.year', { share: share(afterYear.share) }),
    ),
    profit: profit.known
      ? sentences(
          say('profit.left', { profit: money(profit.profit.now), each: money(profit.perBuyer.now) }),
          profit.profit.before !== null &&
            profit.profit.before > 0 &&
            say('profit.change', { change: change(profit.profit.now, profit.profit.before) }),
          twenty?.profitShare != null && say('profit.best', { share: share(twenty.profitShare), customers: count(twenty.customers) }),
          profit.belowZero.customers > 0 &&
            say('profit.below', { customers: count(profit.belowZero.customers), loss: money(profit.belowZero.loss) }),
        )
      : sentences(
          say('profit.unknown'),
          one && twenty && say('profit.bestRevenue', { share: share(twenty.revenueShare), customers: count(twenty.customers) }),
        ),
  };
}

const sentences = (...said: (string | false | null | undefined | 0)[]) => said.filter((one): one is string => typeof one === 'string');
