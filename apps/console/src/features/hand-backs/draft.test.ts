import { expect, it } from 'vitest';
import { bodyOf, draftOf, newDraft } from './draft.ts';
import type { HandBack } from './schemas.ts';

it('a draft says what the API takes, and comes back from it the same', () => {
  const draft = {
    ...newDraft('ana@example.com'),
    name: ' Al ERP ',
    kind: 'database' as const,
    host: 'erp',
    user: 'crm',
    database: 'erp',
    password: 'x',
    port: '5433',
    mode: 'changed' as const,
  };
  const body = bodyOf(draft);
  expect(body).toMatchObject({
    name: 'Al ERP',
    target: { kind: 'database', engine: 'postgres', host: 'erp', port: 5433, table: 'clientes', write: 'replace' },
    secrets: { password: 'x' },
    mode: 'whole',
    schedule: { every: 'day', hour: 6, minute: 0 },
  });
  const back = draftOf({ ...body, listName: null } as unknown as HandBack);
  expect(bodyOf({ ...back, password: 'x' })).toEqual(body);
  expect(bodyOf({ ...draft, write: 'upsert' }).mode).toBe('changed');
});

it('a schedule made over the API stays as it is', () => {
  const schedule = { every: 'cron' as const, cron: '5 4 * * 1-5' };
  const back = draftOf({ ...bodyOf(newDraft('')), schedule } as unknown as HandBack);
  expect(bodyOf(back).schedule).toEqual(schedule);
  expect(bodyOf({ ...back, every: 'hour' }).schedule).toEqual({ every: 'hour', minute: 0 });
});
