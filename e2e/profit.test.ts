// What customers leave: a cost is tried, applied, seen on the customer it changes and taken back; a bank's own formulas count too.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, LAPTOP, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const PEOPLE = [
  ['S1', 'Amelia', 'Barrenechea', 'Soto', 'amelia@correo.example'],
  ['S2', 'Bruno', 'Carrascosa', 'Vela', 'bruno@correo.example'],
  ['S3', 'Celia', 'Doblado', 'Roca', 'celia@correo.example'],
];
const LINES = [
  ['V1', 'S1', '2026-01-10', 'Lámpara', '200,00', '120,00', 'web'],
  ['V2', 'S1', '2026-02-10', 'Lámpara', '200,00', '120,00', 'web'],
  ['V3', 'S2', '2026-02-11', 'Bombilla', '20,00', '12,00', 'web'],
  ['V4', 'S2', '2026-03-11', 'Cable', '10,00', '', 'tienda'],
];
/** Bruno calls every week; Celia never bought and was visited. */
const CONTACTS = [
  ...Array.from({ length: 8 }, (_, n) => [
    `C${n}`,
    'S2',
    `2026-03-${String(1 + n).padStart(2, '0')} 10:00:00`,
    'Teléfono',
    'entrante',
    'Factura',
  ]),
  ['C9', 'S3', '2026-03-09 10:00:00', 'Visita', 'saliente', ''],
];
const BANK = '../examples/bank/';
const bankFile = (name: string) => new URL(`${BANK}${name}`, import.meta.url);

let world: World;
let page: Page;
const ids: Record<string, string> = {};
beforeAll(async () => {
  world = await startWorld();
  const { api } = world;
  const load = async (source: string, name: string, kind: string, mapping: Record<string, string>, rows: string[][]) => {
    const path = world.path(name);
    writeFileSync(path, [Object.keys(mapping), ...rows].map((cells) => cells.join(';')).join('\n'));
    await api.importFile(path, { source, kind, mapping, options: {} });
  };
  const person = { codigo: 'key', nombre: 'given_name', apellido1: 'surname1', apellido2: 'surname2', correo: 'email' };
  await load('tienda', 'clientes.csv', 'customers', person, PEOPLE);
  const line = {
    ticket: 'order_key',
    cliente: 'customer_key',
    fecha: 'occurred_at',
    articulo: 'product_name',
    importe: 'amount',
    coste: 'cost',
    canal: 'channel',
  };
  await load('tienda', 'ventas.csv', 'purchases', line, LINES);
  const contact = {
    clave: 'contact_key',
    cliente: 'customer_key',
    fecha: 'occurred_at',
    canal: 'channel',
    sentido: 'direction',
    motivo: 'topic',
  };
  await load('tienda', 'contactos.csv', 'contacts', contact, CONTACTS);
  await api.quiet();
  for (const [key, name] of Object.entries({ amelia: 'Amelia Barrenechea', bruno: 'Bruno Carrascosa', celia: 'Celia Doblado' })) {
    ids[key] = (await api.get<{ hits: { id: string }[] }>(`/customers/search?q=${encodeURIComponent(name)}`)).hits[0]!.id;
  }
  page = await world.ownerForLong({ viewport: LAPTOP });
});
afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

const profitOf = async (key: string) => (await world.api.get<{ profit: number | null } | null>(`/customers/${ids[key]}/profit`))?.profit;
const put = async (path: string, data: object) => {
  const response = await page.request.put(`/api/v1${path}`, { data, headers: { origin: world.url } });
  expect(response.status()).toBe(200);
};
const look = async () => {
  await page
    .getByText(/^Calculado/)
    .first()
    .waitFor();
  expect(await axe(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
};

describe('profit', () => {
  it('says what is missing before it can say all, and where to put that right', async () => {
    await page.goto('/value/profit');
    await page.getByText('Falta el margen de 1 cliente').waitFor();
    await page.getByText('Nadie ha puesto aún lo que cuesta atender').waitFor();
    await look();
    await page.getByRole('link', { name: 'Ver quiénes son' }).click();
    await page.getByRole('link', { name: 'Bruno Carrascosa Vela' }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('tries costs and a proposed margin before they apply', async () => {
    await page.goto('/value/costs');
    await page.getByRole('textbox', { name: 'Contacto entrante, teléfono', exact: true }).fill('4,5');
    await page.getByRole('textbox', { name: 'Visita', exact: true }).fill('30');
    await page.getByRole('textbox', { name: 'Preparar y entregar un pedido, web', exact: true }).fill('6');
    // 160 + 8 of margin over the 420 whose cost is known.
    await page.getByRole('button', { name: /^Margen de toda la empresa: Usar 40/ }).click();
    await page.getByText('4 cambios sin aplicar').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Ver el efecto' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 clientes pasan a estar bajo cero').waitFor();
    expect(await axe(page)).toEqual([]);
    // Amelia 160 − 12; Bruno 8 + 4 − 36 − 6; Celia −30.
    await until(() => dialog.getByRole('table').innerText()).toContain('88,00');
    await dialog.getByRole('textbox', { name: 'Por qué lo cambias' }).fill('Primera tarifa');
    await dialog.getByRole('button', { name: 'Aplicar' }).click();
    await page.getByText('Costes aplicados.').waitFor();
    await until(() => profitOf('bruno')).toBe(8 + 4 - 36 - 6);
    expect(await profitOf('amelia')).toBe(148);
    expect(await profitOf('celia')).toBe(-30);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('shows the base as a waterfall, and below zero with the reasons, down to the customers', async () => {
    await page.goto('/value/profit');
    await page.getByRole('heading', { name: 'Por qué están bajo cero' }).waitFor();
    await page.getByText('Sobre todo: Contacto entrante, teléfono').waitFor();
    await page.getByText('No compra, solo cuesta').waitFor();
    await look();
    await page.getByRole('link', { name: 'No compra, solo cuesta: 1' }).click();
    await page.getByRole('link', { name: 'Celia Doblado Roca' }).click();
    await page.getByRole('heading', { name: 'Rentabilidad' }).waitFor();
    const terms = page.getByRole('table', { name: 'De dónde sale' });
    await until(() => terms.innerText()).toContain('1 visita');
    expect(takeTroubles(page)).toEqual([]);
  });

  it('opens a customer’s profit down to the contacts behind it', async () => {
    await page.goto(`/customers/${ids.bruno}?tab=value`);
    const terms = page.getByRole('table', { name: 'De dónde sale' });
    await until(() => terms.innerText()).toMatch(/8 contactos\s+4,50\s€\s+−36,00/);
    expect(await axe(page)).toEqual([]);
    await terms.getByRole('link', { name: '8 contactos' }).click();
    await until(() => new URL(page.url()).search).toContain('kinds=contact');
    await until(() => page.getByText('Factura').count()).toBeGreaterThanOrEqual(8);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('takes a change back from its history', async () => {
    await page.goto('/value/costs');
    const calls = page.getByRole('textbox', { name: 'Contacto entrante, teléfono', exact: true });
    await calls.fill('1');
    await page.getByRole('button', { name: 'Ver el efecto' }).click();
    await page.getByRole('dialog').getByText('1 cliente sale de bajo cero').waitFor({ state: 'detached' });
    await page.getByRole('dialog').getByRole('button', { name: 'Aplicar' }).click();
    await until(() => profitOf('bruno')).toBe(8 + 4 - 8 - 6);
    await page.getByText('Contacto entrante, teléfono: 4,50 € → 1,00 €').waitFor();
    await page.getByText('Primera tarifa').waitFor();
    await page.getByRole('main').getByRole('button', { name: 'Deshacer' }).first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Aplicar' }).click();
    await page.getByText('Vuelve a la versión 1').waitFor();
    await until(() => profitOf('bruno')).toBe(-30);
    await until(() => calls.inputValue()).toMatch(/^4,5/);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('swallows nothing that is typed: what cannot be stays, with what is wrong', async () => {
    await page.goto('/value/costs');
    const visit = page.getByRole('textbox', { name: 'Visita', exact: true });
    await visit.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('-');
    await page.getByText('Escribe un número de 0 a 1.000.000').waitFor();
    await page.keyboard.type('2,5');
    await page.keyboard.press('Tab');
    expect(await visit.inputValue()).toMatch(/^-2,5/);
    await page.getByText('Revisa los precios marcados antes de seguir.').waitFor();
    expect(await page.getByRole('button', { name: 'Ver el efecto' }).isDisabled()).toBe(true);
    await visit.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('2,05');
    await page.getByText('Revisa los precios marcados antes de seguir.').waitFor({ state: 'detached' });
    expect(await visit.inputValue()).toMatch(/^2,05/);
    await page.getByRole('button', { name: 'Descartar' }).click();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('asks before what is typed is lost, and keeps it when somebody else saves first', async () => {
    await page.goto('/value/costs');
    const visit = page.getByRole('textbox', { name: 'Visita', exact: true });
    await visit.fill('33');
    await page.getByRole('link', { name: 'Segmentos' }).first().click();
    const asked = page.getByRole('dialog', { name: 'Hay cambios sin guardar' });
    await asked.getByRole('button', { name: 'Cancelar' }).click();
    await until(() => visit.inputValue()).toMatch(/^33/);

    const { version, table } = await world.api.get<{ version: number; table: { terms: { kind: string; rates: { amount: number }[] }[] } }>(
      '/costs',
    );
    const terms = table.terms.map((term) => (term.kind === 'visit' ? { ...term, rates: [{ from: null, amount: 31 }] } : term));
    await put('/costs', { table: { ...table, terms }, note: 'De otra persona', basedOn: version });
    // Coming back to the window a minute later reads everything again.
    const again = page.waitForResponse((response) => response.url().endsWith('/api/v1/costs'));
    await page.evaluate('const now = Date.now.bind(Date); Date.now = () => now() + 60_000; dispatchEvent(new Event("visibilitychange"))');
    await again;
    expect(await visit.inputValue()).toMatch(/^33/);
    await page.getByRole('button', { name: 'Ver el efecto' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Aplicar' }).click();
    await page.getByText(/Alguien ha cambiado los costes mientras los tenías abiertos/).waitFor();
    expect(await visit.inputValue()).toMatch(/^33/);
    takeTroubles(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Cancelar' }).click();
    // What was told stands above the bar, and covers none of its buttons.
    await page.getByRole('button', { name: 'Descartar' }).click();
    await until(() => visit.inputValue()).toMatch(/^31/);
    await put('/costs', { table, note: '', basedOn: version + 1 });
    await until(async () => (await world.api.get<{ scoredVersion: number }>('/costs')).scoredVersion).toBe(version + 2);
  });

  it.each(['/value/profit', '/value/profit/customers?which=below', '/value/costs', '/customers/{bruno}?tab=value'])(
    'fits a telephone: %s',
    async (path) => {
      const phone = await world.again(page, { viewport: PHONE });
      await phone.goto(path.replace('{bruno}', ids.bruno!));
      await phone.getByText('Bruno').or(phone.getByText('Contacto entrante')).or(phone.getByText('Sobre todo')).first().waitFor();
      expect(await sidewaysScroll(phone)).toBe(0);
      expect(await axe(phone)).toEqual([]);
      expect(takeTroubles(phone)).toEqual([]);
    },
  );
});

describe('a value model', () => {
  beforeAll(async () => {
    const { api } = world;
    const people = { cliente: 'key', nombre: 'given_name', apellido1: 'surname1', apellido2: 'surname2', email: 'email', ciudad: 'city' };
    const copy = (name: string) => {
      writeFileSync(world.path(name), readFileSync(bankFile(name)));
      return world.path(name);
    };
    await api.importFile(copy('customers.csv'), { source: 'banco', kind: 'customers', mapping: people, options: {} });
    const facts = {
      cliente: 'customer_key',
      contrato: 'account_key',
      producto: 'product_key',
      fecha: 'occurred_at',
      medida: 'measure',
      valor: 'value',
    };
    await api.importFile(copy('accounts.csv'), { source: 'banco', kind: 'account_facts', mapping: facts, options: {} });
    await api.quiet();
  });

  it('is read from a file, says what is wrong where it stands, and what it makes of the base and of a customer', async () => {
    await page.goto('/value/models');
    await page.getByText('Aún no hay ningún modelo').waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'otro.json', mimeType: 'application/json', buffer: Buffer.from('{"title":"otro"}') });
    await page.getByText('El archivo no es un modelo.').waitFor();
    takeTroubles(page);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'bank.model.json', mimeType: 'application/json', buffer: readFileSync(bankFile('bank.model.json')) });
    await page.getByRole('heading', { name: 'Banco: depósitos' }).waitFor();
    await page.getByText('48 clientes').waitFor();
    const deposits = page.getByRole('region', { name: 'Rendimiento de los depósitos' });
    await deposits.getByRole('textbox', { name: 'Fórmula' }).fill('saldo * tipo_externo / 12');
    await page.getByText('«tipo_externo» no está entre los datos ni los precios.').waitFor();
    await page.getByText('Hay 1 error.').waitFor();
    expect(await axe(page)).toEqual([]);
    await deposits.getByRole('textbox', { name: 'Fórmula' }).fill('(saldo - saldo * encaje) * tipo_interno / 12');
    await page.getByText('48 clientes').waitFor();
    // A measure nobody imported, a name no formula can use, a price that is no number: each is said where it stands.
    const measure = page.getByRole('combobox', { name: 'Medida' }).first();
    await measure.fill('saldo raro');
    await page.getByText('No hay datos importados de «saldo raro»').waitFor();
    await measure.fill('Saldo medio');
    await page.keyboard.press('Escape');
    const name = page.getByRole('textbox', { name: 'Nombre en la fórmula' }).first();
    await name.fill('');
    await page.getByText('Empieza por una letra').waitFor();
    await page.getByText('Corrige antes los errores marcados').waitFor();
    expect(await page.getByRole('button', { name: 'Guardar' }).isDisabled()).toBe(true);
    await name.fill('saldo');
    await page.getByText('48 clientes').waitFor();
    const price = page.getByRole('textbox', { name: 'Valor' }).first();
    await price.fill('-');
    await page.getByText('Escribe un número.').waitFor();
    await price.fill('0,01');
    await page.getByText('48 clientes').waitFor();
    takeTroubles(page);
    await page.getByRole('combobox', { name: 'Cliente', exact: true }).fill('b003@banco.example');
    await page.getByRole('option').first().click();
    await page.getByRole('table', { name: 'Mes a mes' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('in force, is part of the profit under its own terms', async () => {
    await page.getByRole('switch', { name: 'En vigor' }).check({ force: true });
    await page.getByRole('button', { name: 'Guardar' }).click();
    await until(async () => {
      const { steps } = await world.api.get<{ steps: { terms: { model: { title: string } | null }[] } }>('/profit');
      return steps.terms.some(({ model }) => model?.title === 'Banco: depósitos');
    }).toBe(true);
    await page.goto('/value/profit');
    await page.getByText('Ingresos de contratos').first().waitFor();
    await look();
    expect(takeTroubles(page)).toEqual([]);
  });
});
