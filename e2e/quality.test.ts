// The quality of the data: what is worst, whose records it is in, a correction of them all at once, and taking it back.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { crowd } from './small-shop.ts';
import { axe, OWNER, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const TILL = { name: 'tienda-calle', label: 'Tienda de la calle', country: 'ES', trust: 50 };
/** What the till writes for whoever has no telephone. */
const NOBODYS = '655101234';
const SHARING = 12;
const SENTENCE = `Móvil: «+34${NOBODYS}» lo llevan demasiados clientes`;

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.api.send('/sources', TILL);
  const path = world.path('tienda-calle.csv');
  const rows = crowd.map(({ key, given, surname1, surname2, dni, mobile, birth }, n) =>
    [key, given, surname1, surname2, dni, n < SHARING ? NOBODYS : mobile, birth].join(';'),
  );
  writeFileSync(path, ['codigo;nombre;apellido1;apellido2;dni;movil;nacimiento', ...rows].join('\n'));
  await world.api.importFile(path, {
    source: TILL.name,
    kind: 'customers',
    mapping: {
      codigo: 'key',
      nombre: 'given_name',
      apellido1: 'surname1',
      apellido2: 'surname2',
      dni: 'national_id',
      movil: 'mobile',
      nacimiento: 'birth_date',
    },
    options: {},
  });
  await world.api.quiet();
});
afterAll(() => world?.stop());

const problem = (page: Page) => page.getByRole('listitem').filter({ hasText: SENTENCE });

it('a problem leads to its records, is corrected with a preview, and comes back when the correction is undone', async () => {
  const page = await world.owner();
  await page.goto('/quality');
  await problem(page).getByText(`${SHARING} fichas`).waitFor();
  await until(() => axe(page)).toEqual([]);

  await problem(page).getByRole('button', { name: 'Ver fichas' }).click();
  const drawer = page.getByRole('dialog', { name: SENTENCE });
  await until(() => drawer.getByRole('table', { name: 'Las fichas' }).getByRole('link').count()).toBe(SHARING);
  expect(await axe(page)).toEqual([]);
  await drawer.getByRole('button', { name: 'Cerrar' }).click();
  await drawer.waitFor({ state: 'hidden' });

  await problem(page).getByRole('button', { name: 'Corregir…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Corregir en bloque' });
  await dialog.getByText(`Cambian ${SHARING} fichas.`, { exact: false }).waitFor();
  expect(await dialog.getByText('(nada)').count()).toBe(8);
  expect(await axe(page)).toEqual([]);
  await dialog.getByRole('radio', { name: 'Cambiarlo por otro' }).check();
  expect(await dialog.getByRole('button', { name: 'Corregir' }).isEnabled()).toBe(false);
  await dialog.getByRole('radio', { name: 'No usarlo: como si no viniera' }).check();
  await dialog.getByRole('button', { name: 'Corregir' }).click();

  const made = page.getByRole('table', { name: 'Correcciones hechas' });
  await made.getByText('En vigor').waitFor();
  await until(() => problem(page).count()).toBe(0);
  await made.getByRole('button', { name: 'Deshacer' }).click();
  await made.getByText('Deshecha').waitFor();
  await problem(page).getByText(`${SHARING} fichas`).waitFor();
  expect(takeTroubles(page)).toEqual([]);

  const small = await world.again(page, { viewport: PHONE });
  for (const measure of ['validity', 'uniqueness', 'agreement', 'freshness']) {
    await small.goto(`/quality?measure=${measure}`);
    await problem(small).waitFor();
    expect(await sidewaysScroll(small), measure).toBe(0);
  }
  expect(await axe(small)).toEqual([]);
  expect(takeTroubles(small)).toEqual([]);
});

it('who may not change sources sees the records, masked, and no way to correct', async () => {
  const analyst = await someoneAs('Análisis');
  await analyst.goto('/quality');
  const shown = analyst.getByRole('listitem').filter({ hasText: 'lo llevan demasiados clientes' });
  await shown.getByRole('button', { name: 'Ver fichas' }).click();
  const drawer = analyst.getByRole('dialog');
  await until(() => drawer.getByRole('table', { name: 'Las fichas' }).getByRole('link').count()).toBe(SHARING);
  expect(await analyst.locator('body').innerText()).not.toContain(NOBODYS);
  await drawer.getByRole('button', { name: 'Cerrar' }).click();
  expect(await analyst.getByRole('button', { name: 'Corregir…' }).count()).toBe(0);
  expect(await analyst.getByRole('button', { name: 'Deshacer' }).count()).toBe(0);
  expect(takeTroubles(analyst)).toEqual([]);
});

/** Invited by the owner and come in. */
async function someoneAs(role: string): Promise<Page> {
  const owner = await world.owner();
  await owner.goto('/people');
  await owner.getByRole('button', { name: 'Invitar a una persona' }).click();
  const dialog = owner.getByRole('dialog');
  await dialog.getByLabel('Correo electrónico').fill('inigo@example.com');
  await dialog.getByRole('combobox', { name: 'Rol' }).click();
  await owner.getByRole('option', { name: new RegExp(`^${role}`) }).click();
  await dialog.getByRole('button', { name: 'Invitar', exact: true }).click();
  const link = await dialog.locator('code').innerText();
  const page = await world.visitor();
  await page.goto(link);
  await page.getByLabel('Tu nombre').fill('Íñigo Mirón');
  await page.getByLabel('Contraseña nueva').fill(OWNER.password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByRole('heading', { name: 'Inicio', level: 1 }).waitFor();
  return page;
}
