import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseCompanyName } from './company-name.ts';
import { normalisePersonOrCompany } from './person-or-company.ts';

describe('normaliseCompanyName', () => {
  it.each([
    ['TALLERES GARCIA, S.L.', 'Talleres García', 'S.L.', 'talleres garcia'],
    ['Talleres García SL', 'Talleres García', 'S.L.', 'talleres garcia'],
    ['talleres garcia s. l.', 'Talleres García', 'S.L.', 'talleres garcia'],
    ['Talleres García, Sociedad Limitada', 'Talleres García', 'S.L.', 'talleres garcia'],
    ['Telefónica de España S.A.U.', 'Telefónica de España', 'S.A.U.', 'telefonica espana'],
    ['Sociedad Anónima Damm', 'Damm', 'S.A.', 'damm'],
    ['S.L. Construcciones Pepe', 'Construcciones Pepe', 'S.L.', 'construcciones pepe'],
    ['Muebles Sol (S.L.U.)', 'Muebles Sol', 'S.L.U.', 'muebles sol'],
    ['Frutas del Valle, S. Coop. And.', 'Frutas del Valle', 'S. Coop.', 'frutas valle'],
    ['Hnos. Ruiz C.B.', 'Hnos. Ruiz', 'C.B.', 'hermanos ruiz'],
    ['INVERSIONES DEL SUR S.A.S', 'Inversiones del Sur', 'S.A.S.', 'inversiones sur'],
    ['Perez y Gomez Ltda', 'Perez y Gomez', 'Ltda.', 'perez gomez'],
    ['Comercial X S. de R.L. de C.V.', 'Comercial X', 'S. de R.L. de C.V.', 'comercial x'],
    ['Comercial X S. de R.L.', 'Comercial X', 'S. de R.L.', 'comercial x'],
    ['Grupo Sol, S.A. de C.V.', 'Grupo Sol', 'S.A. de C.V.', 'grupo sol'],
    ['Textiles Lima S.A.C.', 'Textiles Lima', 'S.A.C.', 'textiles lima'],
    ['Vinos Andes SpA', 'Vinos Andes', 'SpA', 'vinos andes'],
    ['Müller GmbH', 'Müller', 'GmbH', 'muller'],
    ['Acme Ltd.', 'Acme', 'Ltd', 'acme'],
    ['Acme, Inc', 'Acme', 'Inc.', 'acme'],
    ['Smith & Sons plc', 'Smith & Sons', 'PLC', 'smith sons'],
    ['BBVA SEGUROS SA', 'BBVA Seguros', 'S.A.', 'bbva seguros'],
    ['3M ESPAÑA SL', '3M España', 'S.L.', '3m espana'],
    ["L'Oréal S.A.", "L'Oréal", 'S.A.', 'loreal'],
    ['El Corte Inglés', 'El Corte Inglés', '', 'corte ingles'],
    ['Sal', 'Sal', '', 'sal'],
  ])('%s → %s | %s | %s', (input, name, legalForm, key) => {
    expect(normaliseCompanyName(input)).toMatchObject({
      original: input,
      name,
      legalForm,
      key,
      valid: true,
      display: legalForm ? `${name}, ${legalForm}` : name,
    });
  });

  it.each([
    ['', 'empty'],
    ['...', 'empty'],
    ['n/a', 'placeholder'],
    ['Particular', 'placeholder'],
  ])('%j is marked %s', (input, problem) => {
    expect(normaliseCompanyName(input)).toMatchObject({ original: input, valid: false, problem });
  });

  it('its display reads as itself', () => {
    const words = fc.array(
      fc.constantFrom('TALLERES', 'García', 'de', 'la', 'Construcciones', 'y', 'Sol', 'BBVA', '3M', 'sur', 'Hermanos', '&'),
      { minLength: 1, maxLength: 4 },
    );
    const forms = fc.constantFrom('', ' S.L.', ', S.A.', ' SLU', ' s.a.s.', ' Ltda', ' GmbH', ' S. Coop.', ' S.A. de C.V.', ' C.B.');
    fc.assert(
      fc.property(words, forms, (name, form) => {
        const once = normaliseCompanyName(name.join(' ') + form);
        const { original: _, ...rest } = normaliseCompanyName(once.display);
        expect(once).toMatchObject(rest);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws and keeps the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        expect(normaliseCompanyName(input).original).toBe(input);
        expect(['person', 'company']).toContain(normalisePersonOrCompany(input).kind);
      }),
    );
  });
});

describe('normalisePersonOrCompany', () => {
  it.each([
    ['José García', 'person', 'given-name'],
    ['GARCIA LOPEZ, ANA', 'person', 'given-name'],
    ['Sra. Pérez', 'person', 'title'],
    ['Ruiz Gómez', 'person', 'surname'],
    ['Ana Soler Sal', 'person', 'given-name'],
    ['Zorxo', 'person', 'default'],
    ['Talleres García SL', 'company', 'legal-form'],
    ['Restaurante Casa Pepe', 'company', 'company-word'],
    ['Comunidad de Propietarios Calle Mayor 3', 'company', 'company-word'],
    ['Smith & Sons', 'company', 'sign'],
    ['amazon.es', 'company', 'sign'],
  ])('%s is a %s by %s', (input, kind, reason) => {
    expect(normalisePersonOrCompany(input)).toMatchObject({ kind, reason });
  });
});
