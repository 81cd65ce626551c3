import { describe, expect, it } from 'vitest';
import { asMapping, mapColumns, missingFields } from './mapping.ts';
import type { FieldInfo, ProposedColumn } from './schemas.ts';

const column = (name: string, field: string | null, alternatives: string[] = []): ProposedColumn => ({
  column: name,
  samples: ['x'],
  field,
  score: 0.9,
  reason: 'name',
  alternatives,
});
const fields: FieldInfo[] = [
  { field: 'customer_key', kinds: ['customers', 'purchases'], required: ['purchases'] },
  { field: 'phone', kinds: ['customers'], required: [] },
  { field: 'mobile', kinds: ['customers'], required: [] },
  { field: 'amount', kinds: ['purchases'], required: ['purchases'] },
];

describe('mapColumns', () => {
  it('believes the person first, then memory, then the proposal', () => {
    const proposed = [column('Tel', 'phone', ['mobile']), column('Móvil', 'phone'), column('Clave', 'customer_key')];
    const mapped = mapColumns(proposed, 'customers', fields, { Tel: 'mobile' }, { Tel: 'phone', Móvil: null });
    expect(mapped.map(({ field, by }) => [field, by])).toEqual([
      ['mobile', 'person'],
      [null, 'memory'],
      ['customer_key', 'proposal'],
    ]);
  });

  it('never gives a field the kind does not have', () => {
    const proposed = [column('Tel', 'phone', ['amount', 'mobile']), column('Importe', 'amount')];
    expect(asMapping(mapColumns(proposed, 'purchases', fields, { Tel: 'mobile' }, { Tel: 'phone' }))).toEqual({
      Tel: null,
      Importe: 'amount',
    });
    expect(mapColumns(proposed, 'purchases', fields, {}, undefined)[0]).toMatchObject({ by: 'none', likely: ['amount'] });
  });

  it('marks every column of a field given twice', () => {
    const proposed = [column('Tel 1', 'phone'), column('Tel 2', 'phone'), column('Clave', 'customer_key')];
    expect(mapColumns(proposed, 'customers', fields, {}, undefined).map(({ clashes }) => clashes)).toEqual([true, true, false]);
  });

  it('takes "not imported" as an answer like any other', () => {
    expect(mapColumns([column('Tel', 'phone')], 'customers', fields, { Tel: null }, undefined)[0]).toMatchObject({
      field: null,
      by: 'person',
    });
  });
});

describe('missingFields', () => {
  const columns = mapColumns([column('Importe', 'amount')], 'purchases', fields, {}, undefined);

  it('knows what a kind requires before the server says so', () => {
    expect(missingFields('purchases', fields, columns, [])).toEqual(['customer_key']);
  });

  it('adds what the server missed, unless a column gives it by now', () => {
    expect(missingFields('purchases', fields, columns, ['amount', 'occurred_at'])).toEqual(['customer_key', 'occurred_at']);
  });

  it('leaves it to the server what tells customers apart', () => {
    expect(missingFields('customers', fields, [], [])).toEqual([]);
    expect(missingFields('customers', fields, [], ['key'])).toEqual(['key']);
  });
});
