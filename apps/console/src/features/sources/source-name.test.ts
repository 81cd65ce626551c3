import { describe, expect, it } from 'vitest';
import { sourceName } from './source-name.ts';

describe('sourceName', () => {
  it.each([
    ['Tienda web (2024)', 'tienda-web-2024'],
    ['  Línea 900 – Atención  ', 'linea-900-atencion'],
    ['ñandú & cía.', 'nandu-cia'],
    ['¿?', 'fuente'],
  ])('%s → %s', (label, name) => {
    expect(sourceName(label)).toBe(name);
  });

  it('is what the server takes, however long the label', () => {
    expect(sourceName('x y '.repeat(40))).toMatch(/^[a-z0-9][a-z0-9_-]{0,39}$/);
  });

  it('is never one already taken', () => {
    expect(sourceName('Tarjeta', ['tarjeta', 'tarjeta-2'])).toBe('tarjeta-3');
  });
});
