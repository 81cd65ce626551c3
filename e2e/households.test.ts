// Who lives together and who works where: formed out of files, decided by people, undone, on a laptop and on a telephone.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, LAPTOP, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const HOME = ['Calle del Olmo 14, 2º C', '28012', 'Madrid', 'Madrid'];
const PEOPLE = [
  ['T1', 'Luis', 'Barrios', 'Mesa', '1970-03-02', '612908471', ...HOME],
  ['T2', 'Ana', 'Quiroga', 'Pons', '1972-07-09', '612908472', ...HOME],
  ['T3', 'Eva', 'Barrios', 'Quiroga', '1999-01-12', '612908473', ...HOME],
  ['T4', 'Tomás', 'Zamora', 'Lago', '1995-05-05', '612908474', ...HOME],
  ['T5', 'Sara', 'Urrutia', 'Arregui', '1990-05-06', '612908475', 'Calle Mayor 3', '48001', 'Bilbao', 'Bizkaia'],
];
const PERSON_COLUMNS = {
  codigo: 'key',
  nombre: 'given_name',
  apellido1: 'surname1',
  apellido2: 'surname2',
  nacimiento: 'birth_date',
  movil: 'mobile',
  direccion: 'address',
  cp: 'postcode',
  ciudad: 'city',
  provincia: 'province',
};
const COMPANIES = [
  ['E1', 'empresa', 'Conservas Quiroga, S.L.', 'B15037748', 'Muelle Sur 4', '15001', 'A Coruña'],
  ['E2', 'empresa', 'Grupo Atlántico, S.A.', 'A15123456', 'Avenida del Puerto 1', '36201', 'Vigo'],
];
const COMPANY_COLUMNS = {
  codigo: 'key',
  tipo: 'kind',
  razon: 'company_name',
  cif: 'national_id',
  direccion: 'address',
  cp: 'postcode',
  ciudad: 'city',
};
const CONTACTS = [
  ['C1', 'Marta', 'Ochotorena', 'Vidal', '698111222', 'Conservas Quiroga SL', 'B15037748', 'Jefa de compras', 'Compras'],
  ['C2', 'Begoña', 'Etxebarrieta', 'Zubia', '698111333', 'Conservas Quiroga SL', 'B15037748', 'Gerente', ''],
];
const CONTACT_COLUMNS = {
  codigo: 'key',
  nombre: 'given_name',
  apellido1: 'surname1',
  apellido2: 'surname2',
  movil: 'mobile',
  empresa: 'company_name',
  'cif empresa': 'company_tax_id',
  cargo: 'job_title',
  area: 'department',
};

let world: World;
let page: Page;
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await startWorld();
  const { api } = world;
  const load = async (source: string, columns: Record<string, string>, rows: string[][]) => {
    const path = world.path(`${source}.csv`);
    writeFileSync(path, [Object.keys(columns), ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(';')).join('\n'));
    await api.importFile(path, { source, kind: 'customers', mapping: columns, options: {} });
  };
  await load('tarjeta', PERSON_COLUMNS, PEOPLE);
  await load('erp', COMPANY_COLUMNS, COMPANIES);
  await load('agenda', CONTACT_COLUMNS, CONTACTS);
  const find = async (name: string) => {
    const { hits } = await api.get<{ hits: { id: string }[] }>(`/customers/search?q=${encodeURIComponent(name)}`);
    return hits[0]?.id;
  };
  for (const [key, name] of Object.entries({
    luis: 'Luis Barrios',
    sara: 'Sara Urrutia',
    quiroga: 'Conservas Quiroga',
    marta: 'Marta Ochotorena',
  })) {
    ids[key] = await come(() => find(name));
  }
  await come(() => api.get<{ count: number }>('/households/count').then(({ count }) => count === 1));
  await come(() => api.get<{ items: unknown[] }>(`/customers/${ids.quiroga}/roles`).then(({ items }) => items.length === 2));
  page = await world.ownerForLong({ viewport: LAPTOP });
});
afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

/** Asks until there is something. */
async function come<T>(read: () => Promise<T | undefined | false>): Promise<T> {
  for (let left = 240; ; left--) {
    const answer = await read();
    if (answer) return answer;
    if (left === 0) throw new Error(`It did not come: ${read}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const rows = (table: string) => page.getByRole('table', { name: table }).locator('tbody tr').count();

describe('a household', () => {
  it('is listed, found by one of its people, and opened', async () => {
    await page.goto('/households');
    await page.getByText('1 resultado').waitFor();
    await page.getByPlaceholder('Apellidos, persona, calle o población').fill('eva');
    await page.getByRole('link', { name: 'Familia Barrios Quiroga' }).click();
    await page.getByRole('heading', { name: 'Familia Barrios Quiroga' }).waitFor();
    await page.getByText('Calle del Olmo, 14, 2º C, 28012 Madrid').waitFor();
    await until(() => rows('Personas')).toBe(3);
    expect(await page.getByRole('cell', { name: 'Padre o madre' }).count()).toBe(2);
    await page
      .getByRole('button', { name: '¿Por qué? Eva Barrios Quiroga' })
      .or(page.getByRole('button', { name: /Eva Barrios Quiroga/ }).first())
      .first()
      .click();
    await page.getByText('Un hogar no junta clientes').first().waitFor();
    await page.keyboard.press('Escape');
    expect(await axe(page)).toEqual([]);
  });

  it('lets somebody out, and back when that is undone', async () => {
    await page.getByRole('button', { name: 'Quitar a Eva Barrios Quiroga del hogar' }).click();
    // Without the child nothing ties the couple.
    await page.getByText('Este hogar ya no existe').waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).first().click();
    await until(() => rows('Personas')).toBe(3);
  });

  it('is confirmed, and its history says by whom', async () => {
    await page.getByRole('button', { name: 'Confirmar hogar' }).click();
    await page.getByText('Confirmado', { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Historia' }).click();
    await page.getByText('Se confirmó: ').waitFor();
    await page.getByText(/Se quitó a Eva Barrios Quiroga/).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('shows in the profile who else is at the address, and takes them in', async () => {
    await page.goto(`/customers/${ids.luis}?tab=household`);
    await page.getByRole('heading', { name: 'También en esta dirección' }).waitFor();
    await page.getByRole('button', { name: 'Es de este hogar: Tomás Zamora Lago' }).click();
    await until(() => rows('Personas')).toBe(4);
    await page.getByRole('button', { name: 'Añadir persona' }).click();
    await page.getByRole('dialog').getByLabel('Persona', { exact: true }).first().fill('Urrutia');
    await page.getByRole('radio', { name: /Sara Urrutia/ }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Añadir persona' }).click();
    await until(() => rows('Personas')).toBe(5);
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('a company', () => {
  it('shows its people, out of the contacts, and their companies', async () => {
    await page.goto(`/customers/${ids.quiroga}?tab=company`);
    await page.getByRole('cell', { name: 'Jefa de compras' }).waitFor();
    await page.getByText('Muelle Sur, 4, 15001 A Coruña').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Marta Ochotorena Vidal' }).click();
    await page.getByRole('link', { name: 'Conservas Quiroga, S.L.' }).click();
    await page.getByRole('heading', { name: 'Conservas Quiroga, S.L.' }).waitFor();
  });

  it('takes a person in by hand, and lets them go', async () => {
    await page.getByRole('button', { name: 'Añadir persona' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Persona', { exact: true }).first().fill('Urrutia');
    await page.getByRole('radio', { name: /Sara Urrutia/ }).check();
    await dialog.getByLabel('Cargo').fill('Asesora');
    await dialog.getByRole('button', { name: 'Añadir persona' }).click();
    await page.getByRole('cell', { name: 'Asesora' }).waitFor();
    await page.getByRole('button', { name: 'Corregir el cargo de Sara Urrutia Arregui' }).click();
    await page.getByRole('menuitem', { name: 'Terminar' }).click();
    await page.getByText('Antes', { exact: true }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('gets a parent and a site, and both can be undone', async () => {
    await page.getByRole('button', { name: 'Cambiar matriz' }).click();
    await page.getByRole('dialog').getByLabel('Matriz', { exact: true }).first().fill('Atlántico');
    await page.getByRole('radio', { name: /Grupo Atlántico/ }).check();
    await page.getByRole('dialog').getByRole('button', { name: 'Cambiar matriz' }).click();
    await until(() => rows('Grupo')).toBe(2);
    await page.getByRole('button', { name: 'Añadir sede' }).click();
    await page.getByRole('dialog').getByLabel('Nombre').fill('Almacén de Arteixo');
    await page.getByRole('dialog').getByRole('button', { name: 'Añadir sede' }).click();
    await until(() => rows('Sedes')).toBe(2);
    await page.getByRole('button', { name: 'Quitar la sede Almacén de Arteixo' }).click();
    await until(() => rows('Sedes')).toBe(1);
    await page.getByRole('button', { name: 'Sin matriz' }).click();
    await page.getByText('No consta que dependa de otra empresa').waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

it('fits a telephone, in English too', async () => {
  const small = await world.again(page, { viewport: PHONE, locale: 'en-GB' });
  const { items } = await world.api.get<{ items: { id: string }[] }>('/households');
  for (const path of [
    '/households',
    `/households/${items[0]!.id}`,
    `/customers/${ids.luis}?tab=household`,
    `/customers/${ids.quiroga}?tab=company`,
  ]) {
    await small.goto(path);
    await small.waitForLoadState('networkidle');
    expect(await sidewaysScroll(small), path).toBe(0);
    expect(await axe(small), path).toEqual([]);
  }
  expect(takeTroubles(small)).toEqual([]);
});
