// Customers by hand: whoever it may already be is shown while one types, what one types holds, says who typed it, and can be put back.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MARIA, openShop } from './small-shop.ts';
import { axe, OWNER, PHONE, startWorld, takeTroubles, until, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await openShop(world);
  // The first who asks has the live index built.
  await world.api.send('/identify/lookup', { email: MARIA.email });
});
afterAll(() => world?.stop());

/** The row of the data tab that shows a field. */
const row = (page: Page, field: string) => page.getByRole('row').filter({ has: page.getByRole('cell', { name: field, exact: true }) });

describe('a new customer', () => {
  it('who is known already is shown while one types, to be opened instead', async () => {
    const page = await world.owner();
    await page.goto('/customers');
    await page.getByRole('link', { name: 'Nuevo cliente' }).click();
    await page.getByLabel('Nombre', { exact: true }).fill('Maria Eugenia');
    await page.getByLabel('Primer apellido').fill('Fernandez');
    await page.getByLabel('Correo electrónico').fill(MARIA.email);
    const candidates = page.getByRole('region', { name: '¿Es alguno de estos?' });
    const one = candidates.getByRole('link', { name: /Ochotorena/ });
    await one.waitFor();
    expect(await axe(page)).toEqual([]);
    await one.click();
    await page.getByRole('heading', { level: 1, name: /Ochotorena/ }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('is typed, corrected where it is wrong, and is there', async () => {
    const page = await world.owner();
    await page.goto('/customers/new');
    await page.getByLabel('Nombre', { exact: true }).fill('Nekane');
    await page.getByLabel('Primer apellido').fill('Urkullu');
    await page.getByLabel('Documento de identidad').fill('12345678A');
    await page.getByLabel('Móvil').fill('655 22 33 44');
    await page.keyboard.press('Enter');
    await page.getByText('La letra o el dígito de control no coincide').waitFor();
    await page.getByLabel('Documento de identidad').fill('12345678Z');
    await page.getByRole('button', { name: 'Crear el cliente' }).click();
    await page.getByRole('heading', { level: 1, name: 'Nekane Urkullu' }).waitFor();
    await row(page, 'Móvil').getByText(`A mano, ${OWNER.name}`).waitFor();
    takeTroubles(page);
  });

  it('is typed with a thumb, too', async () => {
    const page = await world.owner({ viewport: PHONE });
    await page.goto('/customers/new');
    await page.getByText('Empresa', { exact: true }).click();
    await page.getByLabel('Razón social').fill('Tostadores del Nervión S.L.');
    await page.getByRole('button', { name: 'Crear el cliente' }).click();
    await page.getByRole('heading', { level: 1, name: /Tostadores del Nervión/i }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('editing', () => {
  it('what one types wins, is in the history, and can be put back', async () => {
    const page = await world.owner();
    const { hits } = await world.api.get<{ hits: { id: string }[] }>(`/customers/search?q=${encodeURIComponent(MARIA.email)}`);
    await page.goto(`/customers/${hits[0]!.id}?tab=data`);
    const before = await row(page, 'Móvil').getByRole('cell').nth(1).textContent();
    await page.getByRole('button', { name: 'Editar', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Móvil').fill('655 77 88 99');
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await until(() => row(page, 'Móvil').getByRole('cell').nth(1).textContent()).toBe('+34655778899');
    await row(page, 'Móvil').getByText(`A mano, ${OWNER.name}`).waitFor();
    await page.getByRole('heading', { name: 'Cambios hechos a mano' }).waitFor();
    await page.getByText(`Móvil: de «${before}» a «+34655778899»`).waitFor();

    await page.getByRole('button', { name: 'Volver a las reglas en Móvil' }).click();
    await until(() => row(page, 'Móvil').getByRole('cell').nth(1).textContent()).toBe(before);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('a value of another source is chosen, and undone', async () => {
    const page = await world.owner();
    const { hits } = await world.api.get<{ hits: { id: string }[] }>(`/customers/search?q=${encodeURIComponent(MARIA.email)}`);
    await page.goto(`/customers/${hits[0]!.id}?tab=data`);
    const value = row(page, 'Móvil').getByRole('cell').nth(1);
    const before = await value.textContent();
    await row(page, 'Móvil').getByRole('button', { name: /^Usar/ }).first().click();
    await until(() => value.textContent()).not.toBe(before);
    await page.getByRole('alert').getByRole('button', { name: 'Deshacer' }).click();
    await until(() => value.textContent()).toBe(before);
    expect(takeTroubles(page)).toEqual([]);
  });
});
