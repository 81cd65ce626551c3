import { tableOf } from '@vinculo/matching';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalOrder } from './canonical-order.ts';

const value = fc.constantFrom('', 'a', 'b', 'c', 'ñu');
const record = fc.record({ x: value, y: value, z: value });

it('is the same table whatever the order of the rows, and says where each row has gone', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 30 }), fc.nat(), (records, seed) => {
      const mixed = records.map((one, k) => ({ one, at: (k * 7919 + seed) % 31 })).toSorted((a, b) => a.at - b.at);
      const [first, second] = [canonicalOrder(tableOf(records)), canonicalOrder(tableOf(mixed.map(({ one }) => one)))];
      expect(second.table).toEqual(first.table);
      const { columns } = first.table;
      const read = (name: 'x' | 'y' | 'z', position: number) => columns[name]!.values[columns[name]!.codes[position]!];
      records.forEach((one, row) => {
        const position = first.positionOf[row]!;
        expect([read('x', position), read('y', position), read('z', position)]).toEqual(
          [one.x, one.y, one.z].map((text) => text.replace('ñ', 'n')),
        );
      });
    }),
  );
});
