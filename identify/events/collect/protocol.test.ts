// The door as Segment's HTTP API describes it: what it takes, what it refuses and with which words.
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type TestDoor, testDoor } from './door.fixture.ts';
import { REQUEST_LIMITS } from './limits.ts';

let door: TestDoor;
let writeKey: string;
beforeAll(async () => {
  door = await testDoor();
  writeKey = door.key.key;
});
afterEach(() => door.empty());
afterAll(() => door.close());

const track = (more: object = {}) => ({ event: 'Product Viewed', anonymousId: 'a1', messageId: 'm1', ...more });
const basic = (user: string, password = '') => ({ authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` });
/** A call of exactly so many bytes. */
const ofBytes = (bytes: number, call: object) => {
  const empty = JSON.stringify({ ...call, pad: '' });
  return JSON.stringify({ ...call, pad: 'x'.repeat(bytes - empty.length) });
};

describe('takes in', () => {
  it.each([
    ['identify', 'identify'],
    ['i', 'identify'],
    ['track', 'track'],
    ['t', 'track'],
    ['page', 'page'],
    ['p', 'page'],
    ['screen', 'screen'],
    ['s', 'screen'],
    ['group', 'group'],
    ['g', 'group'],
    ['alias', 'alias'],
    ['a', 'alias'],
  ])('/v1/%s as one %s, byte for byte', async (path, type) => {
    const body = `{ "writeKey":"${writeKey}",  "userId" : "ñandú 🐦" }`;
    const before = Date.now();
    const sent = await door.send(path, body, { 'content-type': 'application/json' });
    expect(sent).toMatchObject({ status: 200, body: { success: true } });
    const rows = await door.inbox();
    expect(rows).toMatchObject([{ source_id: door.source.id, type, events: 1 }]);
    expect(rows[0]!.body.toString()).toBe(body);
    expect(rows[0]!.received_at.getTime()).toBeGreaterThanOrEqual(before);
    expect(rows[0]!.received_at.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it.each(['batch', 'b', 'import'])('/v1/%s as one row, however many events it holds', async (path) => {
    const sent = await door.send(path, { writeKey, batch: [track(), track({ messageId: 'm2' }), { nonsense: true }] });
    expect(sent).toMatchObject({ status: 200, body: { success: true } });
    expect(await door.inbox()).toMatchObject([{ type: 'batch', events: 3 }]);
  });

  it.each([
    ['application/json', 'application/json'],
    ['text/plain of sendBeacon', 'text/plain;charset=UTF-8'],
    ['another type', 'application/x-www-form-urlencoded'],
  ])('%s', async (_name, type) => {
    expect((await door.send('track', JSON.stringify(track({ writeKey })), { 'content-type': type })).status).toBe(200);
    expect(await door.inbox()).toHaveLength(1);
  });

  it('a body without any content type', async () => {
    expect((await door.send('track', Buffer.from(JSON.stringify(track({ writeKey }))))).status).toBe(200);
  });

  it('the key as the user of Basic, where it stands before one in the body', async () => {
    expect((await door.send('track', track(), basic(writeKey))).status).toBe(200);
    expect((await door.send('track', track({ writeKey: 'other' }), basic(writeKey))).status).toBe(200);
    expect((await door.send('batch', { batch: [track()] }, basic(writeKey))).status).toBe(200);
    expect(await door.inbox()).toHaveLength(3);
  });

  it('gzip, and a byte order mark', async () => {
    const body = JSON.stringify({ writeKey, batch: [track()] });
    expect((await door.send('batch', gzipSync(body), { 'content-encoding': 'gzip' })).status).toBe(200);
    expect((await door.send('batch', `\uFEFF${body}`)).status).toBe(200);
    expect((await door.inbox()).map((row) => row.body.toString())).toEqual([body, body]);
  });

  it('an empty batch, of which nothing is to be kept', async () => {
    expect((await door.send('batch', { writeKey, batch: [] })).status).toBe(200);
    expect(await door.inbox()).toEqual([]);
  });

  it('what is exactly at the limit', async () => {
    expect((await door.send('track', ofBytes(REQUEST_LIMITS.call, track({ writeKey })))).status).toBe(200);
    const whole = { writeKey, batch: Array.from({ length: REQUEST_LIMITS.events }, (_, n) => ({ messageId: `m${n}` })) };
    expect((await door.send('batch', ofBytes(REQUEST_LIMITS.batch, whole))).status).toBe(200);
    const event = JSON.parse(ofBytes(REQUEST_LIMITS.call, track())) as object;
    expect((await door.send('batch', { writeKey, batch: [track(), event] })).status).toBe(200);
    expect((await door.send('track', track({ writeKey, messageId: 'm'.repeat(99) }))).status).toBe(200);
  });

  it('figures of how a library fares, and drops them', async () => {
    expect(await door.send('m', { series: [] })).toMatchObject({ status: 200, body: { success: true } });
    expect(await door.inbox()).toEqual([]);
  });
});

describe('refuses with 400, keeps nothing and says why', () => {
  const cases: [string, () => ReturnType<TestDoor['send']>, string, RegExp][] = [
    ['a call over 32 KB', () => door.send('track', ofBytes(REQUEST_LIMITS.call + 1, track({ writeKey }))), 'VIN_EVENT_TOO_LARGE', /32 KB/],
    [
      'a batch over 500 KB',
      () => door.send('batch', ofBytes(REQUEST_LIMITS.batch + 1, { writeKey, batch: [] })),
      'VIN_EVENT_TOO_LARGE',
      /500 KB/,
    ],
    ['a body of 20 MB', () => door.send('batch', 'x'.repeat(20 * 2 ** 20)), 'VIN_EVENT_TOO_LARGE', /500 KB/],
    [
      'an event over 32 KB in a batch, and which',
      () => door.send('batch', { writeKey, batch: [track(), JSON.parse(ofBytes(REQUEST_LIMITS.call + 1, track()))] }),
      'VIN_EVENT_TOO_LARGE',
      /batch\[1\] is larger than 32 KB/,
    ],
    [
      'more than 2,500 events',
      () => door.send('batch', { writeKey, batch: Array.from({ length: 2_501 }, () => ({})) }),
      'VIN_EVENT_TOO_MANY',
      /2501 events and 2500 fit/,
    ],
    [
      'a gzip bomb',
      () => door.send('batch', gzipSync(Buffer.alloc(50 * 2 ** 20)), { 'content-encoding': 'gzip' }),
      'VIN_EVENT_TOO_LARGE',
      /500 KB/,
    ],
    ['gzip that is none', () => door.send('batch', '{}', { 'content-encoding': 'gzip' }), 'VIN_EVENT_ENCODING', /gzip/],
    ['another encoding', () => door.send('batch', '{}', { 'content-encoding': 'br' }), 'VIN_EVENT_ENCODING', /"br"/],
    ['no JSON', () => door.send('track', `{"writeKey":"${writeKey}"`), 'VIN_EVENT_JSON', /not valid JSON: .+/],
    ['nothing at all', () => door.send('track', ''), 'VIN_EVENT_JSON', /not valid JSON/],
    ['a list', () => door.send('track', '[]', basic(writeKey)), 'VIN_EVENT_ENVELOPE', /not a JSON object/],
    ['a batch that is no list', () => door.send('batch', { writeKey, batch: {} }), 'VIN_EVENT_ENVELOPE', /"batch" is not a list/],
    ['a batch without a batch', () => door.send('batch', track({ writeKey })), 'VIN_EVENT_ENVELOPE', /"batch" is not a list/],
    [
      'a batch with something else in it',
      () => door.send('batch', { writeKey, batch: [{}, 7] }),
      'VIN_EVENT_ENVELOPE',
      /batch\[1\] is not an object/,
    ],
    [
      'a messageId of 100 characters',
      () => door.send('batch', { writeKey, batch: [track({ messageId: 'm'.repeat(100) })] }),
      'VIN_EVENT_ENVELOPE',
      /batch\[0\]\.messageId has 100 characters/,
    ],
    [
      'nesting without end',
      () => door.send('track', `{"writeKey":"${writeKey}","a":${'['.repeat(9_000)}${']'.repeat(9_000)}}`),
      'VIN_EVENT_ENVELOPE',
      /deeper/,
    ],
    ['no key', () => door.send('track', track()), 'VIN_EVENT_KEY_MISSING', /"writeKey"/],
    ['a key nobody made', () => door.send('track', track({ writeKey: `vk_${'x'.repeat(32)}` })), 'VIN_EVENT_KEY_UNKNOWN', /vk_xxx/],
    ['a key of another product', () => door.send('track', track(), basic('abc')), 'VIN_EVENT_KEY_UNKNOWN', /"abc"/],
  ];
  it.each(cases)('%s', async (_name, send, code, detail) => {
    const { status, headers, body } = await send();
    expect({ status, code: body.code }).toEqual({ status: 400, code });
    expect(body.detail).toMatch(detail);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await door.inbox()).toEqual([]);
  });

  it('in Spanish to whoever reads Spanish', async () => {
    const { body } = await door.send('track', track(), { 'accept-language': 'es-CO' });
    expect(body.detail).toMatch(/^Falta la clave de escritura/);
  });

  it('and counts the reasons', async () => {
    const before = (await door.ask('luis', 'GET', '/events/door')).body.refused;
    await door.send('track', track());
    await door.send('track', '{');
    const after = (await door.ask('luis', 'GET', '/events/door')).body.refused;
    expect(after).toEqual({ ...before, key: before.key + 1, json: before.json + 1 });
  });
});

it('goes on with the next request of a connection after it refused one', async () => {
  // Kept alive by fetch, with more of the first body on its way than anybody read.
  for (let n = 0; n < 5; n++) {
    expect((await door.send('batch', 'x'.repeat(2 ** 20))).status).toBe(400);
    expect((await door.send('track', track({ writeKey }))).status).toBe(200);
  }
  expect(await door.inbox()).toHaveLength(5);
});

it('a path of the API that does not exist is no page of the console', async () => {
  expect(await door.send('nothing', {})).toMatchObject({ status: 404, body: { code: 'VIN_ROUTE_NOT_FOUND' } });
});
