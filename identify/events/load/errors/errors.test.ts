// Rejected events: why, and what people do with them.
import { SYSTEM, type Actor } from '@vinculo/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageOf, type TestLoader, testLoader } from '../load.fixture.ts';
import { dismissErrors, replayCorrected, replayErrors, restoreErrors } from './change-errors.ts';
import { countErrors, listErrors, showError } from './list-errors.ts';

let loader: TestLoader;
beforeAll(async () => {
  loader = await testLoader();
});
afterAll(() => loader?.close());
beforeEach(() => loader.clear());

const READER: Actor = { kind: 'user', id: 'luis', name: 'Luis', permissions: new Set(['source.read']) };
const open = () => listErrors(loader.context.store, SYSTEM, { limit: 50 });
const NUL = '\u0000';

describe('an event is rejected', () => {
  const AT = '2024-05-02T10:00:00Z';
  it.each([
    ['of no type there is', { type: 'tracks', userId: 'u' }, 'unknown_type', 'type', 'tracks'],
    ['of nobody', { type: 'page', userId: 'undefined', anonymousId: '' }, 'no_id', 'userId', ''],
    ['with an id as long as a text', { type: 'page', userId: 'x'.repeat(400) }, 'long_id', 'userId', 'x'.repeat(200)],
    ['without a name', { type: 'track', userId: 'u', event: ' ' }, 'no_name', 'event', ' '],
    ['of an unknown company', { type: 'group', userId: 'u' }, 'no_group', 'groupId', ''],
    ['of nobody before', { type: 'alias', userId: 'u' }, 'no_previous_id', 'previousId', ''],
    ['of the same before and after', { type: 'alias', userId: 'u', previousId: 'u' }, 'same_id', 'previousId', 'u'],
    ['of a time nobody understands', { type: 'page', userId: 'u', timestamp: 'ayer' }, 'bad_time', 'timestamp', 'ayer'],
    ['with traits that are none', { type: 'identify', userId: 'u', traits: [1] }, 'bad_traits', 'traits', '[1]'],
    ['with properties that are none', { type: 'page', userId: 'u', properties: 'x' }, 'bad_properties', 'properties', 'x'],
    [
      'of no order',
      { type: 'track', userId: 'u', event: 'Order Completed', properties: { total: 3 } },
      'no_order',
      'properties.order_id',
      '',
    ],
    [
      'of an order that costs a word',
      { type: 'track', userId: 'u', event: 'Order Completed', properties: { order_id: 1, total: 'tres' } },
      'bad_number',
      'properties.total',
      'tres',
    ],
  ])('%s, and the others of its batch are not', async (_, event, reason, field, value) => {
    await loader.load(
      [
        { messageId: 'bad', ...event },
        { type: 'page', messageId: 'good', userId: 'u' },
      ],
      { at: AT },
    );
    const { items } = await open();
    expect(items).toMatchObject([
      { reason, field, value, messageId: 'bad', type: event.type, state: 'open', times: 1, receivedAt: '2024-05-02T10:00:00.000Z' },
    ]);
    expect((await loader.events()).size).toBe(1);
  });

  it('where the whole request cannot be read, and the loader goes on', async () => {
    await sql`insert into inbox (source_id, type, events, body) values (${loader.shop}, 'batch', 1, ${Buffer.from('{"batch": [')})`.execute(
      loader.context.store.db,
    );
    await loader.load([{ type: 'page', userId: 'u' }]);
    expect((await open()).items).toMatchObject([{ reason: 'not_json' }]);
    expect((await loader.events()).size).toBe(1);
  });

  it('whatever characters are in it', async () => {
    await loader.load([
      { type: 'track', messageId: 'a', userId: `u${NUL}1`, properties: { [`n${NUL}`]: `\ud800${NUL}`, deep: [{ a: '\udc00' }] } },
      { type: 'track', messageId: 'b', event: `Salu${NUL}dó`, userId: `u${NUL}1`, properties: { [`n${NUL}`]: `x\ud800${NUL}` } },
    ]);
    expect((await open()).items).toMatchObject([{ reason: 'no_name' }]);
    expect((await loader.events()).get(messageOf(loader.shop, 'b'))).toMatchObject({
      name: 'Saludó',
      properties: '{"n":"x"}',
      record: loader.user('u1'),
    });
  });
});

describe('people', () => {
  const bad = {
    type: 'track',
    messageId: 'bad',
    userId: 'u',
    properties: { email: 'ana@correo.example' },
    timestamp: '2024-05-02T09:59:00Z',
  };
  const sent = { at: '2024-05-02T10:00:00Z', sentAt: '2024-05-02T09:59:30Z' };

  it('send one again, corrected: it happened when it happened', async () => {
    await loader.load([bad], sent);
    const [error] = (await open()).items;
    const { body } = await showError(loader.context.store, SYSTEM, error!.id);
    expect(await replayCorrected(loader.context.store, SYSTEM, error!.id, { ...(body as object), event: 'Vio algo' })).toMatchObject({
      changed: 1,
    });
    await loader.load();
    expect((await loader.events()).get(messageOf(loader.shop, 'bad'))).toMatchObject({ name: 'Vio algo', at: '2024-05-02 09:59:30.000' });
    expect((await showError(loader.context.store, SYSTEM, error!.id)).state).toBe('replayed');
    expect((await open()).items).toEqual([]);
  });

  it('send all of a reason again; what is still wrong waits anew', async () => {
    await loader.load([bad, { ...bad, messageId: 'other' }, { ...bad, messageId: 'third', type: 'tracks' }], sent);
    expect(await countErrors(loader.context.store, {})).toEqual({
      total: 3,
      reasons: [
        { reason: 'no_name', count: 2 },
        { reason: 'unknown_type', count: 1 },
      ],
    });
    expect(await replayErrors(loader.context.store, SYSTEM, { filter: { reason: 'no_name' } })).toMatchObject({ changed: 2, left: 0 });
    await loader.load();
    expect((await open()).items.map(({ messageId, times }) => [messageId, times]).toSorted()).toEqual([
      ['bad', 2],
      ['other', 2],
      ['third', 1],
    ]);
  });

  it('let them go and take them up again', async () => {
    await loader.load([bad], sent);
    const { ids } = await dismissErrors(loader.context.store, SYSTEM, { filter: {} });
    expect((await open()).items).toEqual([]);
    expect((await listErrors(loader.context.store, SYSTEM, { state: 'dismissed', limit: 5 })).items).toHaveLength(1);
    expect(await restoreErrors(loader.context.store, SYSTEM, { ids })).toMatchObject({ changed: 1 });
    expect((await open()).items).toHaveLength(1);
  });

  it('see of others only what they may', async () => {
    await loader.load([{ ...bad, timestamp: 'ana@correo.example', event: 'x' }], sent);
    const [error] = (await listErrors(loader.context.store, READER, { limit: 5 })).items;
    expect(error!.value).toBe('•••');
    expect((await showError(loader.context.store, READER, error!.id)).body).toBeNull();
  });

  it('turn pages', async () => {
    await loader.load(
      Array.from({ length: 5 }, (_, n) => ({ ...bad, messageId: `bad ${n}` })),
      sent,
    );
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = await listErrors(loader.context.store, SYSTEM, { limit: 2, cursor });
      seen.push(...items.map(({ messageId }) => messageId));
      cursor = next ?? undefined;
    } while (cursor);
    expect(seen.toSorted()).toEqual(['bad 0', 'bad 1', 'bad 2', 'bad 3', 'bad 4']);
  });

  it('are told which is unknown', async () => {
    await expect(showError(loader.context.store, SYSTEM, loader.shop)).rejects.toMatchObject({ code: 'VIN_EVENT_ERROR_NOT_FOUND' });
  });
});
