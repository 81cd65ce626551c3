import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Field, FIELD_NAMES, FIELDS, IMPORT_KINDS } from './fields.ts';
import { foldText } from './fold-text.ts';
import { proposeField, proposeMapping } from './propose-field.ts';
import { proposeKind } from './propose-kind.ts';

describe('proposeField', () => {
  it.each<[string, string[], string]>([
    ['DNI', ['12345678Z', '87654321X'], 'national_id'],
    ['Cédula', ['52123456', '1023456789'], 'national_id'],
    ['Nombre', ['José', 'Ana María'], 'given_name'],
    ['Nombre', ['José García López', 'Ana Ruiz Soto'], 'full_name'],
    ['Apellidos', ['García López', 'Ruiz Soto'], 'surname'],
    ['1er apellido', ['García', 'Ruiz'], 'surname1'],
    ['apellido2', ['García', 'Ruiz'], 'surname2'],
    ['last_name', ['Smith'], 'surname'],
    ['fec_nac', ['31/12/1980', '01/05/1956'], 'birth_date'],
    ['Tlf. móvil', ['600123124'], 'mobile'],
    ['Teléfono', ['912345679'], 'phone'],
    ['Correo electrónico', ['a@x.es'], 'email'],
    ['CP', ['28013', '08001'], 'postcode'],
    ['Población', ['Madrid', 'Getafe'], 'city'],
    ['Dirección', ['C/ Mayor 12', 'Avda. del Sol 3'], 'address'],
    ['Sexo', ['M', 'F'], 'gender'],
    ['customerId', ['1', '2'], 'key'],
    ['Fecha alta', ['01/02/2020'], 'created_at'],
    ['Razón social', ['Talleres García SL'], 'company_name'],
    ['Observaciones', ['llamar por la tarde'], 'notes'],
  ])('a customer file: %s %j → %s', (name, samples, field) => {
    expect(proposeField(name, samples, 'customers')[0]?.field).toBe(field);
  });

  it.each([
    'Nº cliente',
    'N.º cliente',
    'N º cliente',
    'N° Cliente',
    'No. cliente',
    'NO_CLIENTE',
    'NoCliente',
    'NRO_CLIENTE',
    'NroCliente',
    'Nro cliente',
    'NRO. DE CLIENTE',
    'Núm. cliente',
    'num_cliente',
    'nº_cliente',
  ])('however the number sign is written: %s', (name) => {
    expect(proposeField(name, ['1', '2'], 'customers')[0]).toMatchObject({ field: 'key' });
    expect(proposeField(name, ['1', '2'], 'purchases')[0]).toMatchObject({ field: 'customer_key' });
    expect(proposeField(name, ['1', '2'], 'customers')[0]!.score).toBeGreaterThan(0.7);
  });
  it('a “no” before a verb is no number', () => {
    expect(proposeField('No contactar', ['si', 'no'], 'customers').map(({ field }) => field)).not.toContain('key');
  });

  it.each<[string, string[], string]>([
    ['Ticket', ['T-1', 'T-2'], 'order_key'],
    ['Importe', ['12,50', '-3,20'], 'amount'],
    ['Uds', ['1', '2'], 'quantity'],
    ['PVP', ['3,20'], 'unit_price'],
    ['Fecha compra', ['01/02/2020'], 'occurred_at'],
    ['household_id', ['900', '901'], 'customer_key'],
    ['retail_disc', ['0.10'], 'discount'],
    ['coupon_disc', ['0.00'], 'coupon_discount'],
    ['sales_value', ['2.50'], 'amount'],
  ])('a purchase file: %s %j → %s', (name, samples, field) => {
    expect(proposeField(name, samples, 'purchases')[0]?.field).toBe(field);
  });

  it.each<[string[], string]>([
    [['12345678Z', '00000001R', 'X1234567L'], 'national_id'],
    [['ana@x.es', 'luis@x.es'], 'email'],
    [['600123124', '912345679'], 'phone'],
    [['García López, José', 'Ruiz Soto, Ana'], 'full_name'],
    [['C/ Mayor 12', 'Avda. del Sol 3'], 'address'],
    [['28013', '08001', '28013'], 'postcode'],
  ])('without a telling header the values speak: %j → %s', (samples, field) => {
    expect(proposeField('columna 7', samples, 'customers')[0]).toMatchObject({ field, reason: 'values' });
  });

  it('values that contradict the header weigh it down', () => {
    const [fits] = proposeField('email', ['ana@x.es'], 'customers');
    const [contradicts] = proposeField('email', ['rojo', 'verde'], 'customers');
    expect(fits!.score).toBeGreaterThan(0.9);
    expect(contradicts!.score).toBeLessThan(0.5);
  });

  it('knows nothing of what nobody knows', () => {
    expect(proposeField('zzz', ['qqq', 'www'])).toEqual([]);
  });

  it('never throws, scores stay within 0 and 1, best first', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), (name, samples) => {
        const scores = proposeField(name, samples).map(({ score }) => score);
        expect(scores.every((score) => score > 0 && score <= 1)).toBe(true);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
    );
  });
});

describe('proposeMapping', () => {
  it('gives each field to one column', () => {
    const columns = [
      { name: 'Código', samples: ['1', '2'] },
      { name: 'Nombre', samples: ['Ana', 'Luis'] },
      { name: 'Apellido 1', samples: ['García', 'Ruiz'] },
      { name: 'Apellido 2', samples: ['López', 'Soto'] },
      { name: 'Teléfono', samples: ['912345679'] },
      { name: 'Móvil', samples: ['600123124'] },
      { name: 'zzz', samples: ['qqq'] },
    ];
    expect(proposeMapping(columns, 'customers').map(({ column, field }) => [column, field])).toEqual([
      ['Código', 'key'],
      ['Nombre', 'given_name'],
      ['Apellido 1', 'surname1'],
      ['Apellido 2', 'surname2'],
      ['Teléfono', 'phone'],
      ['Móvil', 'mobile'],
    ]);
  });
});

describe('proposeKind', () => {
  it.each([
    [['Código', 'Nombre', 'Apellidos', 'NIF', 'Teléfono', 'E-mail', 'Dirección', 'CP'], 'customers'],
    [['unique_id', 'first_name', 'surname', 'dob', 'city', 'email'], 'customers'],
    [['Ticket', 'Fecha', 'Tarjeta', 'Referencia', 'Uds', 'Importe'], 'purchases'],
    [['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'], 'purchases'],
    [['household_id', 'store_id', 'basket_id', 'product_id', 'quantity', 'sales_value', 'retail_disc', 'coupon_disc', 'week'], 'purchases'],
    [['product_id', 'manufacturer_id', 'department', 'brand', 'product_category', 'product_type'], 'products'],
    [['Referencia', 'Descripción', 'Familia', 'Marca', 'PVP'], 'products'],
    [['Fecha', 'Cliente', 'Motivo', 'Resultado', 'Agente'], 'contacts'],
    [['campaign_id', 'campaign_type', 'start_date', 'end_date'], 'campaigns'],
    [['campaign_id', 'household_id'], 'campaign_contacts'],
    [['Campaña', 'Cliente', 'Respuesta', 'Fecha respuesta'], 'campaign_contacts'],
    [['coupon_upc', 'product_id', 'campaign_id'], 'coupons'],
    [['household_id', 'coupon_upc', 'campaign_id', 'redemption_date'], 'redemptions'],
    [['Cliente', 'Finalidad', 'Canal', 'Concedido', 'Fecha'], 'consents'],
    [['Cliente', 'Contrato', 'Producto', 'Mes', 'Medida', 'Valor'], 'account_facts'],
    [['row_a', 'row_b'], undefined],
  ])('%j → %s', (columns, kind) => {
    expect(proposeKind(columns)).toBe(kind);
  });
});

describe('FIELDS', () => {
  it.each(FIELD_NAMES)('%s: known kinds, folded synonyms, each once', (name) => {
    const field: Field = FIELDS[name];
    expect(field.kinds.length).toBeGreaterThan(0);
    expect(field.kinds.every((kind) => IMPORT_KINDS.includes(kind))).toBe(true);
    for (const synonyms of [field.es, field.en]) {
      expect(synonyms.map(foldText)).toEqual([...synonyms]);
      expect(new Set(synonyms).size).toBe(synonyms.length);
    }
  });
});
