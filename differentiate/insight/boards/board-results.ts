// What a board shows: every card's answer. The facts change only with a scoring, so an answer is worked out once for each.
import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import type { Language } from '@vinculo/languages';
import type { Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import type { BoardResults } from '../api/boards.ts';
import { questionCard } from '../questions/question-card.ts';
import { type Card, computeCard, emptyResult, type Result } from './card-result.ts';
import type { Filters } from './conditions.ts';
import { type FactsInForce, factsInForce } from './facts-in-force.ts';
import { readNames } from './names.ts';

type Stores = Pick<Context, 'store' | 'warehouse' | 'settings'>;

/** Answers being worked out now: twenty people who open a board at once share the work. */
const underway = new WeakMap<Stores['store'], Map<string, Promise<Result>>>();

export async function boardResults(
  context: Stores,
  actor: Actor,
  { cards, filters, language }: { cards: readonly Card[]; filters: Filters; language: Language },
): Promise<z.infer<typeof BoardResults>> {
  const facts = await factsInForce(context.store);
  const keys = cards.map((card) => keyOf(card, filters, language, facts));
  const kept = await readKept(context, keys);
  let names: ReturnType<typeof readNames> | undefined;
  const results = await Promise.all(
    cards.map(async (card, n) => {
      if (card.kind === 'question') {
        const { currency } = await context.settings.get();
        return { ...emptyResult(card, language, currency, facts), ...(await questionCard(context, actor, card, language)) };
      }
      const key = keys[n]!;
      const known = kept.get(key);
      const result =
        known ??
        (await once(context, key, async () => {
          const computed = await computeCard(context, card, filters, language, facts, await (names ??= readNames(context.store)));
          // Who is in a segment changes by the event: such an answer is true now and is not kept.
          if (facts && !aboutSegments(card, filters)) await keep(context, key, computed);
          return computed;
        }));
      return { ...result, cardId: card.id };
    }),
  );
  return { asOf: facts?.asOf ?? null, computedAt: facts?.computedAt ?? null, cards: results };
}

/** Of what is kept: raised when an answer says more than it did, so that one kept before an upgrade is worked out again. */
const SHAPE = 2;

/** The same question of the same facts has the same key, whoever asks and wherever the card stands. */
function keyOf({ id: _id, width: _width, ...card }: Card, filters: Filters, language: Language, facts: FactsInForce | undefined): string {
  return createHash('sha256')
    .update(JSON.stringify([SHAPE, card, Object.entries(filters).toSorted(([a], [b]) => (a < b ? -1 : 1)), language, facts]))
    .digest('base64url');
}

const aboutSegments = (card: Card, filters: Filters): boolean =>
  filters.segment !== undefined || card.filters.segment !== undefined || card.dimension === 'segment' || card.second === 'segment';

async function readKept({ store }: Stores, keys: readonly string[]): Promise<Map<string, Result>> {
  const { rows } = await sql<{ key: string; result: Result }>`select key, result from card_result where key = any(${keys})`.execute(
    store.db,
  );
  return new Map(rows.map(({ key, result }) => [key, result]));
}

async function keep({ store }: Stores, key: string, result: Result): Promise<void> {
  await sql`insert into card_result (key, result) values (${key}, ${JSON.stringify(result)}::jsonb) on conflict do nothing`.execute(
    store.db,
  );
}

async function once({ store }: Stores, key: string, work: () => Promise<Result>): Promise<Result> {
  const running = underway.get(store) ?? new Map<string, Promise<Result>>();
  underway.set(store, running);
  const begun = running.get(key) ?? work().finally(() => running.delete(key));
  running.set(key, begun);
  return begun;
}

/** What cards answered is no longer so: a target changed. */
export async function forgetAnswers({ db }: Pick<Stores['store'], 'db'>): Promise<void> {
  await sql`delete from card_result`.execute(db);
}

/** After a scoring, the boards everybody may open are worked out before anybody waits for them. */
export async function warmBoards(context: Stores, actor: Actor, signal: AbortSignal): Promise<{ cards: number }> {
  const { rows } = await sql<{ cards: Card[]; filters: Filters }>`
    select cards, filters from board where deleted_at is null and visibility <> 'private' order by template is null, changed_at desc limit 30`.execute(
    context.store.db,
  );
  const { language } = await context.settings.get();
  let cards = 0;
  for (const board of rows) {
    // One card after the other: people come first.
    for (const card of board.cards.filter(({ kind }) => kind !== 'question')) {
      signal.throwIfAborted();
      await boardResults(context, actor, { cards: [card], filters: board.filters, language });
      cards++;
    }
  }
  return { cards };
}
