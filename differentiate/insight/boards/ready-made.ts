// The boards that are there on the first day. Once there they are the company's: a new version does not touch them.
import { createHash } from 'node:crypto';
import type { Context } from '@vinculo/http';
import { translator } from '@vinculo/languages';
import { SYSTEM } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { z } from 'zod';
import { Card, type BoardFilters } from '../api/boards.ts';

type Draft = Omit<z.input<typeof Card>, 'id'>;
interface Template {
  template: 'direction' | 'sales' | 'customers';
  filters: z.infer<typeof BoardFilters>;
  cards: Draft[];
}

const previous = { comparison: { kind: 'previous' } } as const;
const lastYear = { comparison: { kind: 'last_year' } } as const;

const TEMPLATES: readonly Template[] = [
  {
    template: 'direction',
    filters: { period: 'last_90_days' },
    cards: [
      { kind: 'number', measure: 'revenue', width: 3, ...previous },
      { kind: 'number', measure: 'margin', width: 3, ...previous },
      { kind: 'number', measure: 'buyers', width: 3, ...previous },
      { kind: 'number', measure: 'retention', width: 3, ...previous },
      { kind: 'trend', measure: 'revenue', dimension: 'month', width: 8, filters: { period: 'last_12_months' }, ...lastYear },
      { kind: 'bar', measure: 'revenue', dimension: 'rfm_group', width: 4 },
      { kind: 'pareto', measure: 'revenue', dimension: 'category', width: 6, top: 12 },
      { kind: 'map', measure: 'revenue', width: 6 },
    ],
  },
  {
    template: 'sales',
    filters: { period: 'last_90_days' },
    cards: [
      { kind: 'number', measure: 'orders', width: 3, ...previous },
      { kind: 'number', measure: 'average_order', width: 3, ...previous },
      { kind: 'number', measure: 'discount_share', width: 3, ...previous },
      { kind: 'number', measure: 'returns', width: 3, ...previous },
      { kind: 'trend', measure: 'revenue', dimension: 'week', width: 12, ...previous },
      { kind: 'bar', measure: 'revenue', dimension: 'store', width: 6, top: 12, ...previous },
      { kind: 'bar', measure: 'revenue', dimension: 'category', width: 6, top: 12, ...previous },
      { kind: 'bar', measure: 'orders', dimension: 'channel', width: 4, ...previous },
      { kind: 'sankey', measure: 'revenue', dimension: 'channel', second: 'rfm_group', width: 8 },
    ],
  },
  {
    template: 'customers',
    filters: { period: 'last_90_days' },
    cards: [
      { kind: 'number', measure: 'buyers', width: 3, ...previous },
      { kind: 'number', measure: 'new_buyers', width: 3, ...previous },
      { kind: 'number', measure: 'churn', width: 3, ...previous },
      { kind: 'number', measure: 'spend_per_buyer', width: 3, ...previous },
      { kind: 'funnel', measure: 'customers', width: 6 },
      { kind: 'rfm', measure: 'customers', width: 6 },
      { kind: 'cohort', measure: 'buyers', width: 12 },
      { kind: 'trend', measure: 'new_buyers', dimension: 'month', width: 6, filters: { period: 'last_12_months' } },
      { kind: 'funnel', measure: 'campaign_contacts', width: 6, filters: { period: 'all' } },
    ],
  },
];

/** Ids that are the same in every process, so that two starts at once make one board. */
function idOf(name: string): string {
  const hex = createHash('sha256').update(`vinculo board ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Makes those that were never made, in the company's language. One that somebody removed stays removed. */
export async function makeReadyMade({ store, settings }: Pick<Context, 'store' | 'settings'>): Promise<void> {
  const t = translator((await settings.get()).language);
  await store.transaction(SYSTEM, async (tx) => {
    for (const { template, filters, cards } of TEMPLATES) {
      const whole = cards.map((card, n) => Card.parse({ ...card, id: idOf(`${template} ${n}`) }));
      await sql`
        insert into board (id, name, cards, filters, visibility, template, owner, owner_name)
        values (${idOf(template)}, ${t(`boards:template.${template}`)}, ${JSON.stringify(whole)}::jsonb, ${JSON.stringify(filters)}::jsonb, 'everyone',
                ${template}, 'system', 'Vínculo')
        on conflict do nothing`.execute(tx);
    }
  });
}
