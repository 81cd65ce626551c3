import { LANGUAGES, translator } from '@vinculo/languages';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { segmentFields, segmentSources } from './segment-fields.ts';
import { type TestShop, testShop } from './shop.fixture.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
});
afterAll(() => shop?.close());

describe('the scores that rules can ask', () => {
  it.each(segmentFields)('$id stands in a table of scoring', async ({ table, sql }) => {
    await expect(shop.context.warehouse.rows(`select ${sql} from ${table} limit 0`)).resolves.toEqual([]);
  });

  it('are told by their orders when they were read', async () => {
    expect(await shop.context.warehouse.rows(segmentSources.quickAt!)).toEqual([]);
    await shop.customer('ana');
    await shop.buy({ record: 'ana', order: 'A1', at: '2026-01-10 10:00:00', amount: '60' });
    await shop.score();
    expect(await shop.context.warehouse.rows(segmentSources.quickAt!)).toHaveLength(1);
    expect(
      await shop.context.warehouse.rows(
        `select customer_id, order_id, occurred_at, amount, channel, store from ${segmentSources.quick!.order}`,
      ),
    ).toHaveLength(1);
    expect(await shop.context.warehouse.rows(`select customer_id, revenue from ${segmentSources.revenue}`)).toHaveLength(1);
  });

  it.each(LANGUAGES)('have words in %s, and so have their values', (language) => {
    const t = translator(language);
    const missing = (key: string) => t(key, { defaultValue: '', fallbackLng: language }) === '';
    const keys = segmentFields.flatMap(({ id, choices = [], choicesAs }) => [
      `segments:field.${id}.name`,
      ...choices.map((choice) => `${choicesAs}.${choice}`),
    ]);
    expect(keys.filter(missing)).toEqual([]);
  });
});
