// The report as a workbook: a sheet for each question, numbers as numbers.
import { utils, write } from '@e965/xlsx';
import { type Language, translator } from '@vinculo/languages';
import type { z } from 'zod';
import type { Report } from '../api/report.ts';

type Answer = z.infer<typeof Report>;
type Cell = string | number | null;

export function reportWorkbook(report: Answer, language: Language): Buffer {
  const t = translator(language);
  const w = (key: string) => t(`report:${key}`);
  const book = utils.book_new();
  const sheet = (name: string, sentences: readonly string[], ...tables: Cell[][][]) => {
    const rows: Cell[][] = [[w(`question.${name}`)], [`${report.from} – ${report.to}`], ...sentences.map((one) => [one])];
    for (const table of tables) if (table.length > 1) rows.push([], ...table);
    const page = utils.aoa_to_sheet(rows);
    page['!cols'] = [{ wch: 34 }, { wch: 16 }, { wch: 16 }, { wch: 16 }, { wch: 16 }, { wch: 16 }];
    utils.book_append_sheet(book, page, w(`sheet.${name}`).slice(0, 31));
  };
  const { normal, loyalty, volume, growth, duration, profit, tiers } = report;
  const shares = (title: string, rows: { name: string; customers: number; share: number }[]): Cell[][] => [
    [title, w('customers'), w('share')],
    ...rows.map(({ name, customers, share }) => [name, customers, share]),
  ];
  const spread = (title: string, { low, middle, high }: Answer['normal']['spend']): Cell[] => [title, low, middle, high];
  const against = (title: string, { now, before }: Answer['buyers']): Cell[] => [title, now, before];

  sheet(
    'normal',
    normal.sentences,
    [
      ['', w('low'), w('middle'), w('high')],
      spread(w('spend'), normal.spend),
      spread(w('orders'), normal.orders),
      spread(w('averageOrder'), normal.averageOrder),
    ],
    shares(w('province'), normal.provinces),
    shares(w('channel'), normal.channels),
    [
      [w('category'), w('customers'), w('share'), w('revenue'), w('revenueShare')],
      ...normal.categories.map(({ name, customers, share, revenue, revenueShare }): Cell[] => [
        name,
        customers,
        share,
        revenue,
        revenueShare,
      ]),
    ],
  );
  sheet('loyalty', loyalty.sentences, [
    [w('type'), w('customers'), w('share'), w('revenue'), w('profit')],
    ...loyalty.types.map(({ type, customers, share, revenue, profit: left }): Cell[] => [
      t(`value:loyalty.${type}`),
      customers,
      share,
      revenue,
      left,
    ]),
  ]);
  sheet(
    'volume',
    volume.sentences,
    [
      ['', w('now'), w('before')],
      against(w('buyers'), report.buyers),
      against(w('revenue'), volume.revenue),
      against(w('orders'), volume.orders),
      against(w('units'), volume.units),
      against(w('averageOrder'), volume.averageOrder),
    ],
    [[w('month'), w('now'), w('before')], ...volume.byMonth.map(({ month, revenue, before }): Cell[] => [month, revenue, before])],
  );
  sheet('growth', growth.sentences, [
    [w('step'), w('customers'), w('money')],
    ...growth.steps.map(({ step, customers, money }): Cell[] => [w(`steps.${step}`), customers, money]),
  ]);
  sheet(
    'duration',
    duration.sentences,
    [
      [w('years'), w('customers'), w('share'), w('revenue')],
      ...duration.bands.map(({ years, customers, share, revenue }): Cell[] => [w(`bands.${years}`), customers, share, revenue]),
    ],
    [[w('months'), w('stay')], ...duration.survival.map(({ months, share }): Cell[] => [months, share])],
  );
  sheet(
    'profit',
    profit.sentences,
    profit.known
      ? [
          ['', w('now'), w('before')],
          against(w('margin'), profit.margin),
          against(w('costToServe'), profit.costToServe),
          against(w('profit'), profit.profit),
          against(w('perBuyer'), profit.perBuyer),
        ]
      : [],
    [
      [w('best'), w('customers'), w('revenueShare'), w('profitShare')],
      ...profit.best.map(({ percent, customers, revenueShare, profitShare }): Cell[] => [
        `${percent} %`,
        customers,
        revenueShare,
        profitShare,
      ]),
    ],
    [
      [w('tier'), w('customers'), w('revenue'), w('profit'), w('lifetimeValue'), w('potential')],
      ...tiers.map((one): Cell[] => [
        t(`value:tier.${one.tier}`),
        one.customers,
        one.revenue,
        one.profit,
        one.lifetimeValue,
        one.potential,
      ]),
    ],
  );
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Buffer;
}
