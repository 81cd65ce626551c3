// Groups of needs: found by themselves in a shop's purchases, read, named, looked for again, and explained for one customer.
import { writeFileSync } from 'node:fs';
import { random } from '@vinculo/value';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, LAPTOP, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const SOURCE = { name: 'caja', label: 'Caja de la tienda', country: 'ES', trust: 60 };
const DAY_MS = 86_400_000;
const PER_KIND = 40;
/** What each kind of customer buys, how often, when and where. */
const KINDS = [
  { name: 'Familia', every: 7, orders: 12, amount: 110, channel: 'tienda', products: ['Pan', 'Leche', 'Filetes', 'Yogur'] },
  { name: 'Soltera', every: 4, orders: 15, amount: 16, channel: 'web', products: ['Cerveza', 'Refresco'] },
  { name: 'Jardinera', every: 28, orders: 5, amount: 48, channel: 'tienda', products: ['Tulipanes', 'Abono', 'Leche'] },
] as const;
const FAMILIES: Record<string, string> = {
  Pan: 'Panadería',
  Leche: 'Lácteos',
  Yogur: 'Lácteos',
  Filetes: 'Carne',
  Cerveza: 'Bebidas',
  Refresco: 'Bebidas',
  Tulipanes: 'Jardín',
  Abono: 'Jardín',
};

let world: World;
let page: Page;

beforeAll(async () => {
  world = await startWorld();
  const { api } = world;
  await api.send('/sources', SOURCE);
  const load = (kind: string, mapping: Record<string, string>, rows: string[][]) => {
    const path = world.path(`${kind}.csv`);
    writeFileSync(path, [Object.keys(mapping), ...rows].map((cells) => cells.join(';')).join('\n'));
    return api.importFile(path, { source: SOURCE.name, kind, mapping, options: {} });
  };
  const people = KINDS.flatMap((kind, k) =>
    Array.from({ length: PER_KIND }, (_, i) => ({ kind, key: `C${k}-${i}`, surname: `Prueba${k}x${i}` })),
  );
  await load(
    'customers',
    { codigo: 'key', nombre: 'given_name', apellido1: 'surname1', correo: 'email' },
    people.map(({ key, kind, surname }) => [key, kind.name, surname, `${surname.toLowerCase()}@correo.example`]),
  );
  await load(
    'products',
    { articulo: 'product_key', nombre: 'product_name', familia: 'category' },
    Object.entries(FAMILIES).map(([name, family]) => [name, name, family]),
  );
  const { uniform } = random(5);
  await load(
    'purchases',
    {
      ticket: 'order_key',
      cliente: 'customer_key',
      fecha: 'occurred_at',
      articulo: 'product_key',
      unidades: 'quantity',
      importe: 'amount',
      canal: 'channel',
    },
    people.flatMap(({ key, kind }) =>
      Array.from({ length: kind.orders }, (_, order) => {
        const day = new Date(Date.now() - (5 + order * kind.every) * DAY_MS).toISOString().slice(0, 10);
        return kind.products.map((product) => [
          `${key}-${order}`,
          key,
          day,
          product,
          '1',
          ((kind.amount * (0.7 + 0.6 * uniform())) / kind.products.length).toFixed(2).replace('.', ','),
          kind.channel,
        ]);
      }).flat(),
    ),
  );
  await api.quiet();
  page = await world.ownerForLong({ viewport: LAPTOP });
}, 300_000);
afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

const card = (name: string | RegExp) => page.getByRole('region', { name });
const groupNames = async () =>
  (await world.api.get<{ groups: { name: string; customers: number }[] }>('/needs-groups')).groups.map(({ name }) => name);

const shot = async (name: string, from: Page) => {
  const folder = process.env.VINCULO_E2E_SHOTS;
  if (folder) await from.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
};

describe('groups of needs', () => {
  it('stand beside each other, each with what sets it apart', async () => {
    // Nobody asks for the first groups: they come after the first scoring.
    await until(async () => (await groupNames()).length).toBe(KINDS.length);
    await page.goto('/');
    await page.getByRole('button', { name: 'Desplegar Segmentos' }).click();
    await page.getByRole('link', { name: 'Grupos de necesidades' }).click();
    await page.getByRole('heading', { name: 'Grupos de necesidades', level: 1 }).waitFor();
    await page.getByText('de su dinero va a Jardín').first().waitFor();
    await page.getByText('¿Son buenos grupos?').waitFor();
    await page.getByRole('img', { name: /Cada columna es un grupo/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    await shot('needs-1440', page);
  });

  it('open the list of their customers', async () => {
    const garden = (await groupNames()).find((name) => name.includes('Jardín'))!;
    await card(garden)
      .getByRole('link', { name: String(PER_KIND), exact: true })
      .click();
    await page.getByText(`${PER_KIND} resultados`).waitFor();
    await page.getByText('Jardinera').first().waitFor();
    await page.goBack();
  });

  it('are called what people call them', async () => {
    const garden = (await groupNames()).find((name) => name.includes('Jardín'))!;
    await page.getByRole('button', { name: `Cambiar el nombre: ${garden}` }).click();
    await page.getByRole('textbox', { name: 'Nombre del grupo' }).fill('Manos verdes');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Manos verdes' }).waitFor();
    expect(await groupNames()).toContain('Manos verdes');
  });

  it('are hidden, and back when that is undone', async () => {
    await page.getByRole('button', { name: 'Más acciones de «Manos verdes»' }).click();
    await page.getByRole('menuitem', { name: 'Ocultar el grupo' }).click();
    await page.getByText('1 grupo oculto').waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByRole('heading', { name: 'Manos verdes' }).waitFor();
  });

  it('are looked for again: a preview, other numbers of groups, and a yes', async () => {
    await page.getByRole('button', { name: 'Volver a buscar' }).click();
    await page.getByRole('combobox', { name: '¿Cuántos grupos?' }).selectOption('');
    await page.getByRole('button', { name: 'Buscar', exact: true }).click();
    const proposal = card('Grupos nuevos, esperando tu visto bueno');
    await proposal.getByText('Continúa «Manos verdes»').waitFor();
    expect(await proposal.getByRole('table', { name: 'Otras cantidades de grupos' }).locator('tbody tr').count()).toBe(7);
    expect(await axe(page)).toEqual([]);
    await shot('needs-proposal', page);
    await proposal.getByRole('button', { name: '4 grupos' }).click();
    await proposal.getByText('Nuevo', { exact: true }).first().waitFor();
    await proposal.getByRole('button', { name: 'Quedarme con estos' }).click();
    await page.getByText('Los grupos nuevos ya están en uso.').waitFor();
    await until(async () => (await groupNames()).length).toBe(4);
    expect(await groupNames()).toContain('Manos verdes');
    expect(takeTroubles(page)).toEqual([]);
  });

  it('are as before when that is undone, and taken once more', async () => {
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByText('Los grupos de antes vuelven a estar en uso.').waitFor();
    await until(async () => (await groupNames()).length).toBe(KINDS.length);
    await card('Grupos nuevos, esperando tu visto bueno').getByRole('button', { name: 'Quedarme con estos' }).click();
    await until(async () => (await groupNames()).length).toBe(4);
    // Also when the ten seconds are over.
    await card('¿Son buenos grupos?').getByRole('button', { name: 'Volver a los grupos de antes' }).click();
    await until(async () => (await groupNames()).length).toBe(KINDS.length);
    await card('Grupos nuevos, esperando tu visto bueno').getByRole('button', { name: 'Quedarme con estos' }).click();
    await until(async () => (await groupNames()).length).toBe(4);
    expect(await groupNames()).toContain('Manos verdes');
    expect(takeTroubles(page)).toEqual([]);
  });

  it('say why a customer is in one, by the customer’s own figures', async () => {
    const { groups } = await world.api.get<{ groups: { id: string; name: string }[] }>('/needs-groups');
    const { id: garden } = groups.find(({ name }) => name === 'Manos verdes')!;
    const { items } = await world.api.get<{ items: { id: string; name: string }[] }>(`/customers?needs=${garden}&limit=1`);
    expect(items[0]!.name).toContain('Jardinera');
    await page.goto(`/customers/${items[0]!.id}?tab=value`);
    const section = page.getByRole('region', { name: 'Grupo de necesidades' });
    await section.getByRole('button', { name: /Grupo de necesidades/ }).click();
    await page.getByText('Se parece al grupo en:').waitFor();
    await page.getByText(/Dinero en Jardín: \d+\s%/).waitFor();
    await shot('needs-customer', page);
    await page.keyboard.press('Escape');
    expect(takeTroubles(page)).toEqual([]);
  });

  it('read as well on a telephone', async () => {
    const phone = await world.again(page, { viewport: PHONE });
    await phone.goto('/needs');
    await phone.getByText('¿Son buenos grupos?').waitFor();
    await phone.getByRole('img', { name: /Cada columna es un grupo/ }).waitFor();
    expect(await sidewaysScroll(phone)).toBe(0);
    expect(await axe(phone)).toEqual([]);
    await shot('needs-390', phone);
  });
});
