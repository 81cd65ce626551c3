import type { Context } from '@vinculo/http';
import { isDue } from './scoring-due.ts';

/**
 * After a run scoring rests this many times as long when facts keep coming. What follows a run (segments, boards, the six questions)
 * takes as long again or twice: together some tenth of the time.
 */
const REST = 30;
const SHORTEST_REST_MS = 60_000;

/**
 * Purchases that came one by one, and customers that were linked as they came, are scored soon, yet not each by itself: scoring
 * reads everybody. Asked every minute.
 *
 * @returns null when nothing came, or scoring still rests.
 */
export async function followFacts({ store, jobs }: Pick<Context, 'store' | 'jobs'>, now = new Date()): Promise<{ asked: true } | null> {
  if (!(await isDue(store))) return null;
  const { items } = await jobs.list({ name: 'insight.score', limit: 5 });
  if (items.some(({ state }) => state === 'waiting' || state === 'running')) return null;
  const last = items.find(({ endedAt }) => endedAt !== null);
  if (last?.startedAt && last.endedAt) {
    const [began, ended] = [Date.parse(last.startedAt), Date.parse(last.endedAt)];
    if (now.getTime() < ended + Math.max(SHORTEST_REST_MS, REST * (ended - began))) return null;
  }
  await jobs.enqueue('insight.score', {}, { key: 'insight.score' });
  return { asked: true };
}
