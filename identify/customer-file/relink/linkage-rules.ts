import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { companySettings, personSettings } from '@vinculo/matching';
import { sql } from 'kysely';
import type { LinkageRules } from '../api/relink.ts';
import type { Kind } from '../identity/customer-record.ts';
import { columnsCompared } from '../identity/record-table.ts';
import type { ModelFigures } from '../identity/model/model-figures.ts';
import { settingsInForce } from '../identity/model/settings-in-force.ts';

type Rules = z.infer<typeof LinkageRules>;

/** The rules of linkage in force for a kind, with the curve that says what another threshold would cost. */
export async function linkageRules({ store }: Context, kind: Kind): Promise<Rules> {
  const { version, settings, note, by, at } = (await settingsInForce(store.db))[kind];
  const { rows } = await sql<{
    threshold: number;
    precision: number | null;
    recall: number | null;
    records: number;
    trained_at: Date;
    figures: Partial<ModelFigures> & { trainedAt?: string };
  }>`select threshold, precision, recall, records, trained_at, figures from match_model where kind = ${kind} order by trained_at desc limit 1`.execute(
    store.db,
  );
  const model = rows[0];
  return {
    kind,
    version,
    settings,
    note,
    by,
    at: at?.toISOString() ?? null,
    own: kind === 'person' ? personSettings() : companySettings(),
    columns: [...columnsCompared(kind)],
    model: model
      ? {
          trainedAt: model.figures.trainedAt ?? model.trained_at.toISOString(),
          records: model.records,
          threshold: model.threshold,
          precision: model.precision,
          recall: model.recall,
          curve: model.figures.curve ?? [],
        }
      : null,
  };
}
