import { describe, expect, it } from 'vitest';
import { fieldsWorstFirst, gradesOfSources, measured, type QualityField } from './quality-figures.ts';

const cell = (field: string, records: number, completeness: number, validity: number): QualityField => ({
  sourceId: '0190f5d2-0000-7000-8000-000000000001',
  sourceLabel: 'Tarjeta',
  field,
  records,
  completeness,
  validity,
  uniqueness: null,
  agreement: 0.9,
  freshness: 1,
});

describe('figures of quality', () => {
  it('a field that is never filled is neither right nor wrong', () => {
    expect(measured(cell('email', 100, 0, 1), 'validity')).toBeNull();
    expect(measured(cell('email', 100, 0, 1), 'grade')).toBe(0);
  });

  it('what nothing was compared with has no figure', () => {
    expect(measured(cell('email', 100, 1, 1), 'uniqueness')).toBeNull();
    expect(measured(cell('email', 100, 1, 1), 'agreement')).toBe(0.9);
  });

  it('orders fields by the share that lacks, over all sources', () => {
    const fields = [cell('city', 1000, 1, 1), cell('email', 1000, 0.5, 1), cell('email', 100, 1, 1), cell('phone', 200, 0.1, 1)];
    expect(fieldsWorstFirst(fields)).toEqual(['phone', 'email', 'city']);
  });
});

it('the grade of a source counts each field by its records, and the worst source comes first', () => {
  const of = (sourceId: string, ...cells: QualityField[]) => cells.map((one) => ({ ...one, sourceId, sourceLabel: sourceId }));
  const fields = [...of('web', cell('email', 100, 1, 1)), ...of('till', cell('email', 100, 0.5, 1), cell('phone', 300, 1, 0.5))];
  expect(gradesOfSources(fields)).toEqual([
    { id: 'till', label: 'till', grade: 0.5 },
    { id: 'web', label: 'web', grade: 1 },
  ]);
});
