import { describe, expect, it } from 'vitest';
import { emptyModel, fieldsOf, isMeasure, nameFor, withItem } from './model-draft.ts';

describe('a model being written', () => {
  it('makes names for formulas out of what people call things', () => {
    expect(nameFor('Saldo medio del mes', [])).toBe('saldo_medio_del_mes');
    expect(nameFor('2º cargo (€)', [])).toBe('º_cargo');
    expect(nameFor('Comisión', ['comisión'])).toBe('comisión_2');
    expect(nameFor('***', [])).toBe('dato');
  });

  it('knows which measures have been imported, and where what is not taken stands', () => {
    const facts = { measures: [{ measure: 'saldo medio', rows: 1, customers: 1, from: '2025-01-01', to: '2025-01-31' }], products: [] };
    expect(isMeasure(facts, ' Saldo Medio ')).toBe(true);
    expect(isMeasure(facts, 'saldo')).toBe(false);
    expect(fieldsOf({ 'content.variables.0.name': 'Falta.', basedOn: 'Falta.' })).toEqual({ 'variables.0.name': 'Falta.' });
  });

  it('changes one thing and leaves the rest as it was', () => {
    const model = emptyModel('Banco', 'Saldo', 'Ingreso');
    const longer = withItem(model, 'parameters', 0, { name: 'tipo', label: 'Tipo', value: 0.02 });
    expect(longer.parameters).toHaveLength(1);
    expect(longer.terms).toBe(model.terms);
    expect(withItem(longer, 'parameters', 0, undefined).parameters).toEqual([]);
  });
});
