// Why customers come back: the map of types down to the purchases, the weights in words and the facts of the market.
import { writeFileSync } from 'node:fs';
import { simulateTown } from '@vinculo/value';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, LAPTOP, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const SOURCE = { name: 'caja', label: 'Caja de la tienda', country: 'ES', trust: 60 };
const DAY_MS = 86_400_000;
const town = simulateTown(8, 107);
const NAMES: Record<string, string> = {
  monopoly: 'Mónica',
  inertia: 'Inés',
  latent: 'Lara',
  convenience: 'Conchita',
  price: 'Prudencia',
  incentive: 'Íngrid',
  premium: 'Primitiva',
};
const CHANNELS: Record<string, string> = { store: 'tienda', web: 'web', contract: 'contrato' };

let world: World;
let page: Page;
let bargain: string;

const dayOf = (day: number) => new Date(Date.now() - (town.at - day) * DAY_MS).toISOString().slice(0, 10);
const numberOf = (value: number) => value.toFixed(2).replace('.', ',');

beforeAll(async () => {
  world = await startWorld();
  const { api } = world;
  await api.send('/sources', SOURCE);
  const load = (kind: string, mapping: Record<string, string>, rows: string[][]) => {
    const path = world.path(`${kind}.csv`);
    writeFileSync(path, [Object.keys(mapping), ...rows].map((cells) => cells.join(';')).join('\n'));
    return api.importFile(path, { source: SOURCE.name, kind, mapping, options: {} });
  };
  const people = town.customers;
  await load(
    'customers',
    { codigo: 'key', nombre: 'given_name', apellido1: 'surname1', correo: 'email', cp: 'postcode', provincia: 'province' },
    people.map(({ key, type }, i) => [
      key,
      NAMES[type]!,
      `Prueba${i}`,
      `p${i}@correo.example`,
      `280${String(10 + (i % 5))}`,
      i % 3 ? 'Madrid' : 'Toledo',
    ]),
  );
  const products = new Map(people.flatMap(({ lines }) => lines.map(({ product, category }) => [product, category] as const)));
  await load(
    'products',
    { articulo: 'product_key', nombre: 'product_name', familia: 'category' },
    [...products].map(([key, family]) => [key, key, family]),
  );
  await load(
    'purchases',
    {
      ticket: 'order_key',
      linea: 'line_key',
      cliente: 'customer_key',
      fecha: 'occurred_at',
      articulo: 'product_key',
      unidades: 'quantity',
      importe: 'amount',
      descuento: 'discount',
      cupon: 'coupon_discount',
      canal: 'channel',
      tienda: 'store',
    },
    people.flatMap(({ key, visits, lines, visitOf }) =>
      lines.map(({ product, quantity, paid, coupon, discounted }, l) => {
        const visit = visits[visitOf[l]!]!;
        const discount = discounted ? paid * 0.3 : 0;
        return [
          `${key} ${visitOf[l]}`,
          `${key} ${l}`,
          key,
          dayOf(visit.day),
          product,
          String(quantity),
          numberOf(paid),
          numberOf(discount),
          numberOf(coupon),
          CHANNELS[visit.channel]!,
          visit.store,
        ];
      }),
    ),
  );
  await api.quiet();
  await api.jobs();
  const { items } = await api.get<{ items: { id: string; name: string }[] }>('/customers?loyalty=price&limit=100');
  bargain = items.find(({ name }) => name.startsWith('Prudencia'))!.id;
  page = await world.ownerForLong({ viewport: LAPTOP });
}, 180_000);
afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

describe('the map of types', () => {
  it('shows the seven reasons, and leads to the customers of one', async () => {
    await page.goto('/loyalty');
    const types = page.getByRole('table', { name: 'Los siete motivos' });
    await types.waitFor();
    expect(await types.locator('tbody tr').count()).toBe(8);
    await page.getByText('Cuéntanos cómo es tu mercado').waitFor();
    const row = types.getByRole('row', { name: /^Precio/ });
    const count = Number(await row.getByRole('link').textContent());
    expect(count).toBeGreaterThan(3);
    expect(await axe(page)).toEqual([]);
    await row.getByRole('link').click();
    await page.waitForURL(/loyalty=price/);
    await page.getByText(`${count} resultados`).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('crosses reasons with value, in customers or in money', async () => {
    await page.goto('/loyalty');
    const map = page.getByRole('table', { name: 'Clientes por motivo y valor' });
    const cell = map.getByRole('link', { name: /^Prémium, / }).first();
    await page.getByText('Ingresos', { exact: true }).locator('visible=true').last().click();
    await until(async () => (await cell.textContent())!).toContain('€');
    await cell.click();
    await page.waitForURL(/loyalty=premium.*decile=\d|decile=\d.*loyalty=premium/);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('says what works for each, with examples and their evidence', async () => {
    await page.goto('/loyalty');
    await page.getByRole('button', { name: /^Incentivo/ }).click();
    await page.getByText('Usa premios que cuesten poco').waitFor();
    await page.getByText('Usa muchos cupones o premios.').first().waitFor();
    expect(await axe(page)).toEqual([]);
  });
});

describe('one customer', () => {
  it('has seven bars, each with its why, down to the purchases', async () => {
    await page.goto(`/customers/${bargain}?tab=value`);
    const section = page.getByRole('region', { name: 'Por qué vuelve' });
    await section.getByText(/^Precio con un \d+\s?% de probabilidad/).waitFor();
    await section.scrollIntoViewIfNeeded();
    await section.getByRole('button', { name: /Precio: / }).click();
    const why = page.getByRole('dialog');
    await why.getByText(/Compra sobre todo lo rebajado: \d+\s?%, y lo normal es \d+\s?%\./).waitFor();
    await page.keyboard.press('Escape');
    await section.getByRole('button', { name: 'Todo lo que se ha visto' }).click();
    await section.getByRole('button', { name: 'Ver las compras: Rebajas' }).click();
    const purchases = page.getByRole('table', { name: 'Las compras que hay detrás: Rebajas' });
    await until(() => purchases.locator('tbody tr').count()).toBeGreaterThan(3);
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the weights', () => {
  it('are changed in words, previewed, saved, undone', async () => {
    await page.goto('/loyalty/weights');
    await page.getByRole('combobox', { name: 'Motivo que quieres ajustar' }).click();
    await page.getByRole('option', { name: 'Precio' }).click();
    for (const sign of ['Rebajas', 'Paga menos de lo normal', 'Hace acopio'])
      await page.getByLabel(sign, { exact: true }).selectOption('No cuenta');
    await page.getByText(/Cambiarían \d+ clientes de \d+/).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('Por qué lo cambias').fill('Probamos sin rebajas');
    await page.getByRole('button', { name: 'Guardar y recalcular' }).click();
    await page.getByText('Versión 1').waitFor();
    await page.getByText('Probamos sin rebajas').waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByText('Vuelve a los de fábrica', { exact: true }).waitFor();
    await world.api.quiet();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the facts of the market', () => {
  it('are stated, make a monopoly, end and come back', async () => {
    await page.goto('/loyalty/market');
    await page.getByRole('combobox', { name: 'Qué quieres decir' }).click();
    await page.getByRole('option', { name: 'Esta categoría va con contrato' }).click();
    await page.getByRole('combobox', { name: 'Categoría' }).fill('tar');
    await page.getByRole('option', { name: 'tariff' }).click();
    await page.getByLabel('Nota').fill('Permanencia de un año');
    await page.getByRole('button', { name: 'Añadir', exact: true }).click();
    await page.getByRole('cell', { name: /^tariff/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    await world.api.quiet();
    const { items } = await world.api.get<{ items: { name: string }[] }>('/customers?loyalty=monopoly&limit=100');
    expect(items.some(({ name }) => name.startsWith('Mónica'))).toBe(true);
    await page.getByRole('button', { name: 'Ya no es así: tariff' }).click();
    await page.getByRole('heading', { name: 'Ya no es así' }).waitFor();
    await page.getByRole('button', { name: 'Volver a poner: tariff' }).click();
    await page.getByRole('button', { name: 'Ya no es así: tariff' }).waitFor();
    await world.api.quiet();
    await page.goto('/audit');
    await page.getByText('Añadió un dato del mercado').first().waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

it('fits a telephone, in the dark too', async () => {
  const small = await world.again(page, { viewport: PHONE, colorScheme: 'dark' });
  for (const path of ['/loyalty', '/loyalty/weights', '/loyalty/market', `/customers/${bargain}?tab=value`]) {
    await small.goto(path);
    await small.waitForLoadState('networkidle');
    expect(await sidewaysScroll(small), path).toBe(0);
    expect(await axe(small), path).toEqual([]);
  }
  expect(takeTroubles(small)).toEqual([]);
});
