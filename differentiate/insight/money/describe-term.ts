// Terms by their keys, with what people call them. The words of kinds and channels are the reader's; those of models their makers'.
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import { EffortKind } from '../api/costs.ts';
import type { ProfitTerm } from '../api/profit.ts';
import { readTermKey } from './cost-table.ts';
import type { Model } from './models/check-model.ts';

type Described = Pick<z.infer<typeof ProfitTerm>, 'kind' | 'via' | 'model'>;
export type DescribeTerm = (key: string) => Described;

/** Models that were removed since are still called what they were called. */
export async function termDescriptions(db: Kysely<unknown>): Promise<DescribeTerm> {
  const { rows } = await sql<{ id: string; content: Model }>`
    select m.id, v.content from value_model m join value_model_version v on v.model_id = m.id and v.version = m.version`.execute(db);
  const models = new Map(rows.map(({ id, content }) => [id, content]));
  return (key) => {
    const { kind, via } = readTermKey(key);
    if (kind === 'model' && via) {
      const { kind: id, via: name } = readTermKey(via);
      const model = models.get(id);
      const term = model?.terms.find((one) => one.name === name);
      return {
        kind: null,
        via: null,
        model: { id, title: model?.title ?? '', label: term?.label ?? name ?? '', explanation: term?.explanation ?? '' },
      };
    }
    const known = EffortKind.safeParse(kind);
    return { kind: known.success ? known.data : null, via, model: null };
  };
}
