import { describe, expect, it } from 'vitest';
import { fieldsWorstFirst, lacking, measured, type QualityField, worstFirst } from './quality-figures.ts';

const cell = (field: string, records: number, completeness: number, validity: number): QualityField => ({
  sourceId: '0190f5d2-0000-7000-8000-000000000001',
  sourceLabel: 'Tarjeta',
  field,
  records,
  completeness,
  validity,
});

describe('figures of quality', () => {
  it('a field that is never filled is neither right nor wrong', () => {
    expect(measured(cell('email', 100, 0, 1), 'validity')).toBeNull();
    expect(measured(cell('email', 100, 0, 1), 'grade')).toBe(0);
  });

  it('counts the records that lack a good value', () => {
    expect(lacking(cell('email', 1000, 0.5, 0.9))).toBe(550);
  });

  it('puts first what costs most, and last what the source does not have', () => {
    const order = worstFirst([
      cell('gender', 900, 0, 1),
      cell('email', 1000, 0.5, 1),
      cell('phone', 5000, 0.8, 1),
      cell('city', 5000, 1, 1),
    ]);
    expect(order.map(({ field }) => field)).toEqual(['phone', 'email', 'gender']);
  });

  it('orders fields by the share that lacks, over all sources', () => {
    const fields = [cell('city', 1000, 1, 1), cell('email', 1000, 0.5, 1), cell('email', 100, 1, 1), cell('phone', 200, 0.1, 1)];
    expect(fieldsWorstFirst(fields)).toEqual(['phone', 'email', 'city']);
  });
});
