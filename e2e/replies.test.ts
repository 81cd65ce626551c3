// Paper: coupons through a scanner that types faster than anybody waits, forms typed with Tab and Enter, and what is taken back.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BEGO, MARIA, openShop } from './small-shop.ts';
import { axe, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

let world: World;
/** Codes as printed, of customers of the shop. */
let codes: string[];

beforeAll(async () => {
  world = await startWorld();
  await openShop(world);
  const { hits } = await world.api.get<{ hits: { id: string }[] }>('/customers/search?q=ma&limit=20');
  const maria = await idOf(MARIA.surname2);
  const bego = await idOf(BEGO.surname1);
  const customers = [...new Set([maria, bego, ...hits.map(({ id }) => id)])].slice(0, 6);
  const issue = await world.api.send<{ id: string }>('/reply-issues', {
    name: 'Vale de Navidad',
    campaign: { key: 'navidad', name: 'Navidad' },
    coupon: 'VALE10',
    customers,
  });
  const ready = async () => (await world.api.get<{ state: string }>(`/reply-issues/${issue.id}`)).state === 'ready';
  while (!(await ready())) await sleep(100);
  const file = await (await world.ownerForLong()).request.get(`/api/v1/reply-issues/${issue.id}/codes`);
  const lines = (await file.text()).trim().split('\r\n').slice(1);
  codes = lines.map((line) => line.split(/[;,]/)[1]!);
});
afterAll(() => world?.stop());

async function idOf(name: string): Promise<string> {
  const { hits } = await world.api.get<{ hits: { id: string }[] }>(`/customers/search?q=${encodeURIComponent(name)}`);
  return hits[0]!.id;
}

/** As a scanner does: the code letter by letter without a pause, then Enter. */
async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

const answer = (page: Page) => page.getByRole('status').filter({ has: page.locator('strong') });

describe('coupons', () => {
  it('go through the scanner one after another, none lost, each said at once; the last is taken back', async () => {
    const page = await world.owner();
    await page.goto('/replies');
    await page.getByText('Aún no hay lotes').waitFor();
    await page.getByRole('button', { name: 'Pasar cupones' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Empezar', exact: true }).click();
    const box = page.getByLabel('Código');
    await box.waitFor();
    const began = Date.now();
    for (const code of codes) await scan(page, code);
    const sheets = page.getByRole('region', { name: 'Hojas del lote' }).getByRole('listitem');
    await until(() => sheets.count()).toBe(codes.length);
    console.log(`${codes.length} coupons scanned and saved in ${((Date.now() - began) / 1_000).toFixed(1)} s`);
    await until(() => answer(page).textContent()).toContain('Cuenta');
    await scan(page, codes[0]!.toLowerCase());
    await until(() => answer(page).textContent()).toContain('Ya se usó el');
    await scan(page, 'ABCDE-12345');
    await until(() => answer(page).textContent()).toContain('Mal leído');
    expect(await axe(page)).toEqual([]);
    // The focus was elsewhere: what is scanned arrives all the same.
    await page.getByRole('heading', { level: 1 }).click();
    await scan(page, codes[1]!);
    await until(() => sheets.count()).toBe(codes.length + 3);
    await page.getByRole('button', { name: `Deshacer la hoja ${codes.length}`, exact: true }).click();
    await until(() => sheets.filter({ hasText: 'Deshecha' }).count()).toBe(1);
    await scan(page, codes.at(-1)!);
    await until(() => answer(page).textContent()).toContain('Cuenta');
    expect(takeTroubles(page)).toEqual([]);
  });

  it('are in the timeline of whoever brought them', async () => {
    const page = await world.owner();
    await page.goto(`/customers/${await idOf(MARIA.surname2)}`);
    await page
      .getByText(/VALE10/)
      .first()
      .waitFor();
    await page
      .getByText(/Navidad/)
      .first()
      .waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('that nobody knows wait in the tray until somebody says whose they are', async () => {
    const page = await world.owner();
    await page.goto('/replies?tab=tray');
    const row = page.getByRole('listitem').filter({ hasText: 'ABCDE12345' });
    await row.getByRole('button', { name: '¿De quién es?: ABCDE12345' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: '¿Con quién?' }).fill(BEGO.surname1);
    await dialog
      .getByRole('option', { name: new RegExp(BEGO.surname1) })
      .first()
      .click();
    await dialog.getByRole('combobox', { name: 'De qué códigos' }).click();
    await page.getByRole('option', { name: 'Vale de Navidad · Navidad' }).click();
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Es suyo' }).click();
    await page.getByText('Ahora cuenta').waitFor();
    await page.getByText('La bandeja está vacía').waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('of a whole batch are taken back, after saying how many', async () => {
    const page = await world.owner();
    await page.goto('/replies');
    await page.getByRole('table').getByRole('link').first().click();
    await page.getByRole('button', { name: 'Deshacer el lote' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/\d+ hojas dejarán de contar/).waitFor();
    await dialog.getByRole('button', { name: 'Deshacer el lote' }).click();
    await page.getByText('Este lote se deshizo. Nada de él cuenta.').waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('are made and printed from the screen', async () => {
    const page = await world.owner();
    await page.goto('/replies?tab=codes');
    await page.getByRole('button', { name: 'Nuevos códigos' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nombre', { exact: true }).fill('Mostrador');
    await dialog.getByLabel('Campaña').fill('Primavera 2027');
    await dialog.getByLabel('Cupón').fill('VALE3');
    await dialog.getByLabel('Sin nombre').check();
    await dialog.getByLabel('Cuántos').fill('25');
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Hacer los códigos' }).click();
    await page.getByRole('button', { name: 'Descargar Mostrador' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: 'Etiquetas (PDF)' }).click()]);
    const path = world.path('labels.pdf');
    await download.saveAs(path);
    expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-');
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('forms', () => {
  it('are described once, then typed with Tab and Enter; one alike is asked about; a sheet is taken back', async () => {
    const page = await world.owner();
    await page.goto('/replies?tab=templates&create=template');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nombre del formulario').fill('Feria de otoño');
    await dialog.getByRole('button', { name: 'Añadir casilla' }).click();
    await dialog.getByLabel('Lo que dice la casilla').fill('Quiero recibir ofertas');
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('link', { name: 'Pasar formularios: Feria de otoño' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Empezar', exact: true }).click();
    const form = page.getByRole('form', { name: 'Feria de otoño' });
    await form.getByLabel('Nombre completo').waitFor();
    const began = Date.now();
    for (const [name, mobile, email] of [
      ['Iratxe Olabarri', '655300400', 'iratxe@correo.example'],
      ['Gorka Madariaga', '655300401', ''],
    ] as const) {
      await page.keyboard.type(name);
      await page.keyboard.press('Tab');
      await page.keyboard.type(mobile);
      await page.keyboard.press('Tab');
      await page.keyboard.type(email);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
      await page.getByText(new RegExp(`Hoja \\d: ${name}`)).waitFor();
    }
    console.log(`2 forms typed in ${((Date.now() - began) / 1_000).toFixed(1)} s`);
    await page.keyboard.type('Iratxe Olabarri');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Hoja 1, Iratxe Olabarri: el mismo nombre').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Es la misma: vaciar' }).click();
    await until(() => form.getByLabel('Nombre completo').inputValue()).toBe('');

    const gorka = await idOf('madariaga');
    const { current } = await world.api.get<{ current: { purpose: string; proof: string }[] }>(`/customers/${gorka}/consents`);
    expect(current).toMatchObject([{ purpose: 'marketing', proof: expect.stringContaining('· 2: Quiero recibir ofertas') }]);
    await page.getByRole('button', { name: 'Deshacer la hoja 2' }).click();
    await until(async () => (await world.api.get<{ hits: unknown[] }>('/customers/search?q=madariaga')).hits.length).toBe(0);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('fit a telephone', async () => {
    const page = await world.owner({ viewport: PHONE });
    await page.goto('/replies');
    await page.getByRole('link', { name: /Feria de otoño del/ }).click();
    await page.getByLabel('Nombre completo').waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    expect(takeTroubles(page)).toEqual([]);
  });
});
