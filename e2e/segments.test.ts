// Segments as a marketing person makes them: a sentence built with mouse and with keyboard, its count beside it, its members, why.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, LAPTOP, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const HOME: Record<string, string[]> = { Madrid: ['Calle Mayor 1', '28013', 'Madrid'], Sevilla: ['Calle Feria 2', '41003', 'Sevilla'] };
const PEOPLE = [
  ['1', 'Lucía', 'Peña', 'Castro', 'lucia@example.com', '612900001', '1990-05-06', 'Madrid'],
  ['2', 'Hugo', 'Vidal', 'Sanz', 'hugo@example.com', '612900002', '1970-01-02', 'Madrid'],
  ['3', 'Rocío', 'Ortiz', 'Lozano', '', '612900003', '2001-09-09', 'Sevilla'],
  ['4', 'Noé', 'Muñoz', 'Güell', 'noe@example.com', '612900004', '1985-03-03', 'Sevilla'],
].map((cells) => [...cells, ...HOME[cells[7]!]!]);
const PERSON_COLUMNS = {
  codigo: 'key',
  nombre: 'given_name',
  apellido1: 'surname1',
  apellido2: 'surname2',
  correo: 'email',
  movil: 'mobile',
  nacimiento: 'birth_date',
  provincia: 'province',
  direccion: 'address',
  cp: 'postcode',
  ciudad: 'city',
};
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);
const SALES = [
  ['L1', 'T1', '1', 'A', '10', day(10)],
  ['L2', 'T2', '1', 'A', '12', day(20)],
  ['L3', 'T3', '2', 'A', '9', day(200)],
  ['L4', 'T4', '2', 'A', '9', day(5)],
  ['L5', 'T5', '3', 'B', '90', day(5)],
];

let world: World;
let page: Page;

beforeAll(async () => {
  world = await startWorld();
  const load = async (name: string, kind: string, columns: Record<string, string>, rows: string[][]) => {
    const path = world.path(`${name}.csv`);
    writeFileSync(path, [Object.keys(columns), ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(';')).join('\n'));
    await world.api.importFile(path, { source: 'tienda', kind, mapping: columns, options: {} });
  };
  await load('clientes', 'customers', PERSON_COLUMNS, PEOPLE);
  await load('productos', 'products', { articulo: 'product_key', nombre: 'product_name', categoria: 'category' }, [
    ['A', 'Café molido', 'Café'],
    ['B', 'Té verde', 'Té'],
  ]);
  await load(
    'ventas',
    'purchases',
    { linea: 'line_key', ticket: 'order_key', cliente: 'customer_key', articulo: 'product_key', importe: 'amount', fecha: 'occurred_at' },
    SALES,
  );
  page = await world.ownerForLong({ viewport: LAPTOP });
  // Unified, scored, and told to the warehouse.
  for (let left = 240; (await world.api.get<{ items: unknown[] }>('/segments/suggestions?of=province')).items.length < 2; left--) {
    if (left === 0) throw new Error('The customers did not come');
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
});
afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

/** Adds a condition by typing what it is about. */
async function add(typed: string): Promise<void> {
  const box = page.getByRole('combobox', { name: 'Añadir condición' }).first();
  await box.click();
  await box.fill(typed);
  await page.keyboard.press('Enter');
}
const sentence = () => page.getByRole('region', { name: 'En una frase' }).innerText();
const live = () => page.getByRole('region', { name: 'Ahora mismo' }).getByRole('status').innerText();

describe('the builder', () => {
  it('makes a segment with the mouse, reads as a sentence and counts as it is written', async () => {
    await page.goto('/segments');
    await page.getByText('Aún no hay segmentos').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Nuevo segmento' }).first().click();
    await until(sentence).toBe('Todos los clientes');
    await until(live).toContain('4');
    await page.getByLabel('Nombre del segmento').fill('Cafeteros de Madrid');

    await add('provincia');
    await page.getByRole('combobox', { name: 'provincia: Valor' }).click();
    await page.getByRole('option', { name: 'Madrid' }).click();
    await page.keyboard.press('Escape');
    await until(sentence).toBe('Clientes que viven en Madrid.');
    await until(live).toContain('2');

    await add('compró, veces');
    await page.getByLabel('Cantidad').first().fill('2');
    await page.getByRole('combobox', { name: 'De qué, dónde…' }).click();
    await page.getByRole('option', { name: 'categoría', exact: true }).click();
    await page.getByRole('combobox', { name: 'categoría: Valores' }).click();
    await page.getByRole('option', { name: 'Café', exact: true }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Cuándo' }).click();
    await page.getByRole('option', { name: 'en los últimos…' }).click();
    await until(sentence).toBe('Clientes que viven en Madrid y que compraron Café al menos 2 veces en los últimos 90 días.');
    await until(live).toContain('1');
    await page.getByRole('region', { name: 'Ahora mismo' }).getByRole('link', { name: 'Lucía Peña Castro' }).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it('takes steps back and forth', async () => {
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await until(sentence).toBe('Clientes que viven en Madrid y que compraron Café al menos 2 veces.');
    await page.getByRole('button', { name: 'Rehacer' }).click();
    await until(sentence).toContain('90 días');
    await page.getByRole('button', { name: 'Guardar segmento' }).click();
    await page.getByRole('heading', { name: 'Cafeteros de Madrid' }).waitFor();
    await page.getByRole('link', { name: 'Lucía Peña Castro' }).waitFor();
  });

  it('says why somebody is in it, with the purchases', async () => {
    await page
      .getByRole('button', { name: '¿Por qué? Por qué está Lucía Peña Castro' })
      .or(page.getByRole('button', { name: /Lucía Peña Castro/ }))
      .first()
      .click();
    await page.getByText('compraron Café al menos 2 veces en los últimos 90 días').first().waitFor();
    await page.getByText('Consta: 2').waitFor();
    await page
      .getByText(/Café molido · Café/)
      .first()
      .waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(takeTroubles(page)).toEqual([]);
  });

  it('makes one with the keyboard alone, groups and all', async () => {
    await page.goto('/segments/new');
    await page.getByLabel('Nombre del segmento').focus();
    await page.keyboard.type('Con correo o de Sevilla');
    await page.keyboard.press('Tab'); // how many must hold
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter'); // alguna
    await page.keyboard.press('Tab'); // add
    await page.keyboard.type('correo');
    await page.keyboard.press('Enter');
    await until(sentence).toBe('Clientes que tienen correo electrónico.');
    await page.keyboard.type('provincia');
    await page.keyboard.press('Enter');
    // What was just added waits for its value, and Enter takes the first that fits.
    await page.keyboard.type('sev');
    await page.getByRole('option', { name: 'Sevilla' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await until(sentence).toBe('Clientes que tienen correo electrónico o que viven en Sevilla.');
    await until(live).toContain('4');
    await page.getByRole('button', { name: 'Guardar segmento' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Con correo o de Sevilla' }).waitFor();
    await until(() => page.getByRole('table', { name: 'Clientes' }).locator('tbody tr').count()).toBe(4);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('finds a condition by the words of its sentence, and asks before a draft is thrown away', async () => {
    await page.getByRole('link', { name: 'Segmentos' }).first().click();
    await page.getByRole('link', { name: 'Nuevo segmento' }).first().click();
    await page.getByText('Para guardarlo, escribe su nombre.').waitFor();
    await page.getByLabel('Nombre del segmento').fill('A medias');
    await page.getByText('Para guardarlo, añade una condición.').waitFor();
    const box = page.getByRole('combobox', { name: 'Añadir condición' });
    await box.click();
    await box.fill('vive en');
    await until(() => page.getByRole('option').allInnerTexts()).toEqual(['Provincia', 'Población']);
    await page.keyboard.press('Enter');
    await until(sentence).toBe('Clientes que … (provincia, sin terminar).');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Lealtad' }).click();
    const asked = page.getByRole('dialog', { name: 'Hay cambios sin guardar' });
    await asked.waitFor();
    expect(await axe(page)).toEqual([]);
    await asked.getByRole('button', { name: 'Cancelar' }).click();
    expect(await page.getByLabel('Nombre del segmento').inputValue()).toBe('A medias');
    await page.goBack();
    await asked.getByRole('button', { name: 'Salir sin guardar' }).click();
    await page.getByRole('link', { name: 'Con correo o de Sevilla' }).click();
    await page.getByRole('heading', { name: 'Con correo o de Sevilla' }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('begins with an idea, which is taken back like any step', async () => {
    await page.goto('/segments/new');
    await page.getByRole('button', { name: /^Nuevos que aún no repiten/ }).click();
    await until(sentence).toBe('Clientes que compraron exactamente 1 vez y que compraron por primera vez en los últimos 90 días.');
    expect(await page.getByLabel('Nombre del segmento').inputValue()).toBe('Nuevos que aún no repiten');
    await until(live).toContain('1');
    expect(await page.getByRole('region', { name: 'O empieza con una idea' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByRole('button', { name: /^Buenos clientes en riesgo/ }).click();
    await until(sentence).toContain('En riesgo');
    await page.getByRole('link', { name: 'Cancelar' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Salir sin guardar' }).click();
    await page.getByRole('link', { name: 'Con correo o de Sevilla' }).click();
    await page.getByRole('heading', { name: 'Con correo o de Sevilla' }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('shows and takes JSON, for developers', async () => {
    await page.getByRole('link', { name: 'Cambiar la regla' }).click();
    await page.getByRole('button', { name: 'Ver como JSON' }).click();
    const json = page.getByLabel('La regla en JSON, para programar');
    const rule = JSON.parse(await json.inputValue()) as { where: { of: unknown[] } };
    expect(rule.where.of).toHaveLength(2);
    await json.fill(
      JSON.stringify({ version: 1, where: { kind: 'group', match: 'none', of: [{ kind: 'field', field: 'age', op: 'lt', value: 30 }] } }),
    );
    await page.getByRole('button', { name: 'Aplicar' }).click();
    await until(sentence).toBe('Clientes a quienes no se aplica nada de esto: que tienen menos de 30 años.');
    await until(live).toContain('3');
  });
});

describe('a list', () => {
  it('is made by hand, filled by pasting, and emptied', async () => {
    await page.goto('/segments?create=list');
    await page.getByRole('dialog').getByLabel('Nombre').fill('Feria');
    await page.getByRole('dialog').getByRole('button', { name: 'Crear' }).click();
    await page.getByRole('heading', { name: 'Feria' }).waitFor();
    await page.getByRole('button', { name: 'Añadir clientes' }).click();
    await page
      .getByRole('dialog')
      .getByLabel(/pega números/)
      .fill('hugo@example.com\n4\nnadie@example.com');
    await page.getByRole('dialog').getByRole('button', { name: 'Añadir', exact: true }).click();
    await page.getByText('2 clientes añadidos · 1 línea sin encontrar').waitFor();
    await page.getByText('nadie@example.com').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).last().click();
    await until(() => page.getByRole('table', { name: 'Clientes' }).locator('tbody tr').count()).toBe(2);
    await page.getByRole('button', { name: 'Quitar a Hugo Vidal Sanz de la lista' }).click();
    await until(() => page.getByRole('table', { name: 'Clientes' }).locator('tbody tr').count()).toBe(1);
    await page.getByRole('tab', { name: 'Historia' }).click();
    await until(() => page.getByRole('table', { name: 'Quién entró y salió' }).locator('tbody tr').count()).toBe(3);
    expect(await axe(page)).toEqual([]);
    // The "cannot be found" of nobody is an answer, not a trouble.
    expect(takeTroubles(page)).toEqual([]);
  });

  it('of people who are no customers makes customers of them when asked', async () => {
    await page.goto('/segments?create=prospects');
    await page.getByRole('dialog').getByLabel('Nombre').fill('Boletín');
    await page.getByRole('dialog').getByRole('button', { name: 'Crear' }).click();
    await page.getByRole('button', { name: 'Añadir personas' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nombre').fill('Marta Gil');
    await dialog.getByLabel('Correo', { exact: true }).fill('marta@example.com');
    await dialog.getByLabel('De dónde viene').fill('Feria de mayo');
    await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
    await page.getByRole('cell', { name: 'Marta Gil', exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Hacer cliente a Marta Gil' }).click();
    await page.getByRole('link', { name: 'Ya es cliente' }).click();
    await page.getByRole('heading', { name: 'Marta Gil' }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

it('stands in the profile of the customer', async () => {
  const { items } = await world.api.get<{ items: { id: string; name: string }[] }>('/customers?search=lucia');
  await page.goto(`/customers/${items[0]!.id}?tab=relation`);
  await page.getByRole('link', { name: 'Cafeteros de Madrid' }).waitFor();
  expect(await axe(page)).toEqual([]);
  expect(takeTroubles(page)).toEqual([]);
});

it('fits a telephone, in English too', async () => {
  const small = await world.again(page, { viewport: PHONE, locale: 'en-GB' });
  const { items } = await world.api.get<{ items: { id: string; kind: string }[] }>('/segments');
  const rule = items.find(({ kind }) => kind === 'rule')!.id;
  const paths = [
    '/segments',
    '/segments/new',
    `/segments/${rule}/edit`,
    ...items.map(({ id }) => `/segments/${id}`),
    `/segments/${rule}?tab=history`,
  ];
  for (const path of paths) {
    await small.goto(path);
    await small.waitForLoadState('networkidle');
    expect(await sidewaysScroll(small), path).toBe(0);
    expect(await axe(small), path).toEqual([]);
  }
  expect(takeTroubles(small)).toEqual([]);
});
