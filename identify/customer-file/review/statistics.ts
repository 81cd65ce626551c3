import type { z } from 'zod';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { ReviewStatistics } from '../api/review.ts';
import { agreement, type TwoWords } from './agreement.ts';
import { answeredBy, ASKS, WITH_LINKS } from './questions.ts';

type Statistics = z.infer<typeof ReviewStatistics>;

/** How far the queue is, who decided what, and how far one may trust it. */
export async function reviewStatistics({ store, settings }: Context, actor: Actor): Promise<Statistics> {
  const { db } = store;
  const { timeZone } = await settings.get();
  const today = sql`date_trunc('day', now() at time zone ${timeZone}) at time zone ${timeZone}`;
  const [counts, people, twice, model, unlearned] = await Promise.all([
    sql<Pick<Statistics, 'open' | 'openForAll' | 'waiting' | 'disagreed' | 'decided'>>`
      select count(*) filter (where asks and not mine) as open, count(*) filter (where asks) as "openForAll",
             count(*) filter (where asks and state = 'waiting') as waiting,
             count(*) filter (where state = 'disagreed') as disagreed, count(*) filter (where state = 'decided') as decided
        from (select p.state, ${ASKS} as asks, ${answeredBy(actor.id)} as mine from review_pair p ${WITH_LINKS}) p`.execute(db),
    sql<Omit<Statistics['people'][number], 'mine'> & { by_id: string }>`
      select by_id, max(by_name) as name, count(*) filter (where decided_at >= ${today}) as today,
             count(*) filter (where verdict = 'same') as same, count(*) filter (where verdict = 'different') as different,
             count(*) filter (where verdict = 'unsure') as unsure
        from review_decision where undone_at is null group by by_id order by count(*) desc, by_id`.execute(db),
    sql<{ words: string[] }>`
      select array_agg(verdict order by decided_at, id) as words
        from review_decision where undone_at is null and not settles and verdict <> 'unsure'
       group by pair_id having count(*) > 1`.execute(db),
    sql<Statistics['model']>`
      select count(*) as pairs, count(*) filter (where (doubt = 'inside') = (verdict = 'same')) as right
        from review_pair where verdict is not null`.execute(db),
    sql<{ count: number }>`
      select count(*) as count from decision
       where undone_at is null and decided_at > coalesce((select max(trained_at) from match_model), '-infinity')`.execute(db),
  ]);
  return {
    ...counts.rows[0]!,
    decidedToday: people.rows.reduce((sum, person) => sum + person.today, 0),
    mineToday: people.rows.find(({ by_id }) => by_id === actor.id)?.today ?? 0,
    people: people.rows.map(({ by_id, ...person }) => ({ ...person, mine: by_id === actor.id })),
    agreement: agreement(twice.rows.map(({ words }) => [words[0]!, words[1]!] satisfies TwoWords)),
    model: model.rows[0]!,
    unlearned: unlearned.rows[0]!.count,
  };
}
