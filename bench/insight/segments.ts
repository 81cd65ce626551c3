// Segments over the same million customers: how long the count takes while a rule is written, for rules people write.
import type { Api } from '../customer-file/api.ts';
import { figure, percentile } from '../harness/figure.ts';

const TIMES = 9;
const TARGET_MS = 300;

const all = (...of: object[]) => ({ version: 1, where: { kind: 'group', match: 'all', of } });
const purchase = (more: object) => ({ kind: 'fact', fact: 'purchase', measure: 'times', op: 'gte', value: 1, ...more });
const inMadrid = { kind: 'field', field: 'province', op: 'in', value: ['Madrid'] };

/** @param category one that the purchases have. */
const rules = (category: string): Record<string, object> => ({
  'who lives in a province': all(inMadrid),
  'who bought a category lately': all(purchase({ which: [{ by: 'category', is: [category] }], period: { last: 90, unit: 'day' } })),
  'who bought a category twice, ever': all(purchase({ which: [{ by: 'category', is: [category] }], value: 2 })),
  'who spent so much in a year': all(purchase({ measure: 'amount', value: 300, period: { last: 1, unit: 'year' } })),
  'who has not bought for half a year': all(purchase({ measure: 'last', op: 'not_in_last', value: { last: 180, unit: 'day' } })),
  'province, category twice in 90 days': all(
    inMadrid,
    purchase({ which: [{ by: 'category', is: [category] }], value: 2, period: { last: 90, unit: 'day' } }),
  ),
  'province, spent so much in a year, revenue': all(
    inMadrid,
    purchase({ measure: 'amount', value: 300, period: { last: 1, unit: 'year' } }),
    { kind: 'field', field: 'score.revenue', op: 'gte', value: 500 },
  ),
});

/** Asks each rule some times over, once the tables of segments are made. */
export async function segmentFigures(client: Api): Promise<void> {
  await gathered(client);
  const { items } = await client.get<{ items: { value: string }[] }>('/segments/suggestions?of=purchase.category');
  const category = items[0]?.value;
  if (category === undefined) throw new Error('No purchase has a category');
  for (const [name, rule] of Object.entries(rules(category))) {
    const took: number[] = [];
    let count = 0;
    for (let i = 0; i < TIMES; i++) {
      const began = performance.now();
      ({ count } = await client.send<{ count: number }>('/segments/preview', { rule }));
      took.push(performance.now() - began);
    }
    figure(`count and sample of ${name} (${count})`, percentile(took, 50), TARGET_MS, 'ms');
  }
}

/** Until the profiles and purchases that rules read are in their tables. */
async function gathered(client: Api): Promise<void> {
  await client.quiet(true);
  const busy = async (state: string) => {
    const { items } = await client.get<{ items: { name: string }[] }>(`/jobs?state=${state}&limit=200`);
    return items.some(({ name }) => name.startsWith('segment.'));
  };
  while ((await busy('waiting')) || (await busy('running'))) await new Promise((resolve) => setTimeout(resolve, 500));
}
