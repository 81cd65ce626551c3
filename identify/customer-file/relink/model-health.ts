import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { type BlockingReport, modelSchema } from '@vinculo/matching';
import { sql } from 'kysely';
import type { ModelHealth, ModelsHealth } from '../api/relink.ts';
import type { Agreement, Measured } from '../identity/model/measure-records.ts';
import { driftOf, type ModelFigures } from '../identity/model/model-figures.ts';
import type { RuleFigures } from '../identity/model/rule-figures.ts';

type Health = z.infer<typeof ModelHealth>;
/** Of a model trained before rules were asked what they alone bring, the rules do not say. */
type KnownFigures = Omit<ModelFigures, 'blocking'> & { blocking: (BlockingReport & Partial<RuleFigures>)[] };

interface Row {
  id: string;
  kind: 'person' | 'company';
  model: unknown;
  threshold: number;
  precision: number | null;
  recall: number | null;
  records: number;
  trained_at: Date;
  figures: Partial<ModelFigures> & { trainedAt?: string };
  measured: Measured | null;
  measured_at: Date | null;
}

/** The models in force: what they learned, how they stood when they learned it, and how they do since. */
export async function modelsHealth({ store, jobs }: Context): Promise<z.infer<typeof ModelsHealth>> {
  const { rows } = await sql<Row>`
    select m.*, h.figures as measured, h.measured_at
      from (select distinct on (kind) id, kind, model, threshold, precision, recall, records, trained_at, figures
              from match_model order by kind, trained_at desc) m
      left join lateral (select * from linkage_health where model_id = m.id order by measured_at desc limit 1) h on true
     order by m.kind desc`.execute(store.db);
  const { items } = await jobs.list({ limit: 1, name: 'linkage.measure' });
  const running = items[0] && (items[0].state === 'waiting' || items[0].state === 'running') ? items[0].id : null;
  return { models: rows.map(healthOf), jobId: running };
}

export function healthOf({ kind, model, threshold, precision, recall, records, trained_at, figures, measured, measured_at }: Row): Health {
  const { prior, fields, training } = modelSchema.parse(model);
  const known = figures.curve ? (figures as KnownFigures) : null;
  return {
    kind,
    trainedAt: figures.trainedAt ?? trained_at.toISOString(),
    records,
    threshold,
    precision,
    recall,
    prior,
    missed: training.missed ?? null,
    converged: training.converged,
    untrained: training.untrained,
    fields: fields.map(({ name, levels }) => ({
      name,
      levels: levels.map(({ is, at, m, u }) => ({ is, ...(at === undefined ? {} : { at }), m, u, bits: Math.log2(m / u) })),
    })),
    figures: known && {
      pairs: known.pairs,
      joined: known.joined,
      linked: known.linked,
      curve: known.curve,
      bands: known.bands,
      blocking: known.blocking.map(({ edges = null, onlyEdges = null, onlyMatches = null, ...rule }) => ({
        ...rule,
        edges,
        onlyEdges,
        onlyMatches,
      })),
    },
    since: measured && known ? sinceTraining(measured, known, measured_at!) : null,
  };
}

function sinceTraining({ newRecords, looked, fresh, agreement }: Measured, then: KnownFigures, at: Date): Health['since'] {
  return {
    at: at.toISOString(),
    newRecords,
    looked,
    linkedBefore: then.linked,
    linkedAfter: fresh?.linked ?? null,
    drift: fresh ? driftOf(then.levels, fresh.levels) : [],
    completeness: fresh
      ? Object.entries(then.completeness).map(([column, before]) => ({ column, before, after: fresh.completeness[column] ?? 0 }))
      : [],
    bands: fresh?.bands ?? [],
    agreement: agreed(agreement),
  };
}

/** Of the pairs the model joins, how many people did too; of those people joined, how many the model does. */
function agreed({ sameJoined, sameApart, differentJoined, differentApart }: Agreement) {
  const share = (part: number, of: number) => (of === 0 ? null : part / of);
  return {
    decisions: sameJoined + sameApart + differentJoined + differentApart,
    agreed: sameJoined + differentApart,
    precision: share(sameJoined, sameJoined + differentJoined),
    recall: share(sameJoined, sameJoined + sameApart),
  };
}
