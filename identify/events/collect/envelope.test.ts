// What the quick look at a request finds good, a careful reading finds good too, and the same in it.
import { property } from '@vinculo/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CallType, readEnvelope } from './envelope.ts';
import { scanEnvelope } from './scan-envelope.ts';

const scanned = (type: CallType, json: string) => scanEnvelope(type, Buffer.from(json));

/** Never good where reading refuses; where both are good, alike. */
function agrees(type: CallType, json: Buffer): boolean {
  const quick = scanEnvelope(type, json);
  if (quick === undefined) return false;
  expect(readEnvelope(type, json)).toEqual(quick);
  return true;
}

describe('a quick look', () => {
  it.each<[CallType, string, object]>([
    ['track', '{}', { writeKey: undefined, events: 1 }],
    ['track', ' { "event" : "ñ\\"\\u00e9" , "writeKey":"k", "a":[1,-2.5e3,true,null,{"b":[]}]}\n', { writeKey: 'k', events: 1 }],
    ['track', '{"writeKey":"","batch":7}', { writeKey: undefined, events: 1 }],
    ['batch', '{"batch":[{"messageId":"m"},{"batch":[1],"writeKey":"no"}],"writeKey":"k"}', { writeKey: 'k', events: 2 }],
    ['batch', '{"context":{"batch":[1]},"batch":[]}', { writeKey: undefined, events: 0 }],
  ])('%s %s', (type, json, envelope) => {
    expect(scanned(type, json)).toEqual(envelope);
    expect(readEnvelope(type, Buffer.from(json))).toEqual(envelope);
  });

  it.each<[CallType, string]>([
    ['track', ''],
    ['track', '[]'],
    ['track', '7'],
    ['track', '"{}"'],
    ['track', '{} {}'],
    ['track', '{"a":1,}'],
    ['track', '{"a" 1}'],
    ['track', '{"a":01}'],
    ['track', '{"a":1.}'],
    ['track', '{"a":tru}'],
    ['track', '{"a":NaN}'],
    ['track', '{"a":[1,]}'],
    ['track', '{"a":[1}]'],
    ['track', '{"a":"\\x"}'],
    ['track', '{"a":"\\u12g4"}'],
    ['track', '{"a":"a\nb"}'],
    ['track', "{'a':1}"],
    ['batch', '{}'],
    ['batch', '{"batch":{}}'],
    ['batch', '{"batch":[7]}'],
    ['batch', '{"batch":[[]]}'],
    ['batch', '{"batch":["a"]}'],
  ])('sees what is wrong with %s %s, as reading does', (type, json) => {
    expect(scanned(type, json)).toBeUndefined();
    expect(() => readEnvelope(type, Buffer.from(json))).toThrow();
  });

  it.each<[CallType, string, object]>([
    ['track', '{"write\\u004bey":"k"}', { writeKey: 'k', events: 1 }],
    ['track', '{"writeKey":"a","writeKey":"b"}', { writeKey: 'b', events: 1 }],
    ['batch', '{"batch":[{}],"batch":[]}', { writeKey: undefined, events: 0 }],
    ['track', `{"messageId":"${'ñ'.repeat(60)}"}`, { writeKey: undefined, events: 1 }],
  ])('leaves what is unusual to reading: %s %s', (type, json, envelope) => {
    expect(scanned(type, json)).toBeUndefined();
    expect(readEnvelope(type, Buffer.from(json))).toEqual(envelope);
  });

  it('agrees with reading on any request', () => {
    const event = fc.dictionary(fc.oneof(fc.constantFrom('messageId', 'writeKey', 'batch', 'event'), fc.string()), fc.jsonValue());
    const request = fc.record({ batch: fc.array(event), writeKey: fc.string(), other: fc.jsonValue() }, { requiredKeys: [] });
    let good = 0;
    property(request, fc.constantFrom<CallType>('batch', 'track'), fc.constantFrom(undefined, 2), (value, type, indent) => {
      if (agrees(type, Buffer.from(JSON.stringify(value, null, indent)))) good++;
    });
    expect(good).toBeGreaterThan(20);
  });

  it('agrees with reading on requests that were damaged on the way', () => {
    const sound = Buffer.from(
      JSON.stringify({ batch: [{ messageId: 'm', a: [1.5, 'x\n', {}], b: null }, { c: true }], writeKey: 'k', s: 'é' }),
    );
    const bytes = fc.constantFrom(...Buffer.from('{}[]",:\\u0e-.tn \n\u0001é'));
    property(fc.nat(sound.length - 1), bytes, fc.boolean(), (at, byte, insert) => {
      agrees('batch', Buffer.concat([sound.subarray(0, at), Buffer.of(byte), sound.subarray(insert ? at : at + 1)]));
    });
  });
});
