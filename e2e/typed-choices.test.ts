// A choice that is typed into a list is what the form is sent with, however slow the machine.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWorld, takeTroubles, until, type World } from './world.ts';

let world: World;
let page: Page;
beforeAll(async () => {
  world = await startWorld();
  page = await world.ownerForLong();
});
afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

const settings = () => world.api.get<{ companyName: string; timeZone: string; currency: string }>('/settings');

it('Enter takes what fits, before the list is drawn too, and sends the form only where nothing was typed', async () => {
  await page.goto('/settings');
  const company = page.getByRole('textbox', { name: 'Nombre de la empresa' });
  const zone = page.getByRole('combobox', { name: 'Zona horaria' });
  await company.fill('Otra tienda');
  const slow = await page.context().newCDPSession(page);
  for (const [rate, typed, name] of [
    [1, 'lima', 'America/Lima'],
    [12, 'bogot', 'America/Bogota'],
    [12, 'canar', 'Atlantic/Canary'],
    // Part of what is chosen already is no other choice.
    [12, 'canary', 'Atlantic/Canary'],
  ] as const) {
    await slow.send('Emulation.setCPUThrottlingRate', { rate });
    await zone.selectText();
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await until(() => zone.inputValue()).toBe(name);
  }
  // The arrows go to another than the first.
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  await zone.selectText();
  await page.keyboard.type('america/ar');
  const options = page.getByRole('option');
  await until(async () => (await options.first().textContent()) ?? '').toContain('America/Ar');
  const second = (await options.nth(1).textContent())!;
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await until(() => zone.inputValue()).toBe(second);
  // Nothing fits: nothing is taken, and nothing sent.
  await zone.selectText();
  await page.keyboard.type('Atlantis');
  await page.keyboard.press('Enter');
  expect((await settings()).companyName).not.toBe('Otra tienda');

  await company.press('Enter');
  await until(async () => (await settings()).companyName).toBe('Otra tienda');
  expect((await settings()).timeZone).toBe(second.replaceAll(' ', '_'));
  expect(takeTroubles(page)).toEqual([]);
});
