import { describe, expect, it } from 'vitest';
import { ERRORS } from './catalogue.ts';
import { conflict, fail, notFound, sentence } from './vinculo-error.ts';

const parameters = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted();

describe('the catalogue of errors', () => {
  it.each(Object.entries(ERRORS))('%s has a status and the same parameters in both languages', (code, { status, es, en }) => {
    expect(code).toMatch(/^VIN_[A-Z]+(_[A-Z]+)*$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    expect(parameters(es)).toEqual(parameters(en));
  });
});

describe('an error', () => {
  it('says in each language what happened', () => {
    const error = notFound('customer', '42');
    expect(error).toMatchObject({ code: 'VIN_CUSTOMER_NOT_FOUND', status: 404, params: { id: '42' } });
    expect(error.message).toBe('We cannot find the customer "42". It may have been deleted, or the link was copied badly.');
    expect(sentence(error.code, error.params, 'es')).toMatch(/^No encontramos el cliente «42»/);
  });

  it('takes a sentence of its own for a conflict, in one language or in both', () => {
    const error = conflict('customer', { es: 'Ya está unido.', en: 'It is merged already.' });
    expect(error).toMatchObject({ status: 409, message: 'It is merged already.' });
    expect(sentence(error.code, error.params, 'es')).toBe('Ya está unido.');
    expect(conflict('source', 'Same name.').message).toBe('Same name.');
  });

  it('keeps its cause', () => {
    const cause = new Error('disk full');
    expect(fail('VIN_INTERNAL', { reference: 'r1' }, cause).cause).toBe(cause);
  });
});
