// What today's customers will buy: the model in plain words with its test, a customer's own forecast with its terms, the settings.
import { writeFileSync } from 'node:fs';
import { random } from '@vinculo/value';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, LAPTOP, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const SOURCE = { name: 'caja', label: 'Caja de la tienda', country: 'ES', trust: 60 };
const DAYS = 520;
const CUSTOMERS = 240;
/** Buys every fortnight until three days ago. */
const LOYAL = 'Remedios';
/** Bought every ten days, and not for a year. */
const GONE = 'Ausencio';

let world: World;
let page: Page;
let loyal: string;
let gone: string;

/** Of the company's calendar, by which the page counts: from eleven at night on, UTC's is a day behind. */
const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Madrid' });
const dayOf = (daysAgo: number) => calendar.format(Date.now() - daysAgo * 86_400_000);

/** Days ago on which somebody bought, each at their own pace, some of them gone after a while. */
function purchases(): [key: string, daysAgo: number[]][] {
  const luck = random(9);
  const crowd = Array.from({ length: CUSTOMERS }, (_, n): [string, number[]] => {
    const pace = luck.gamma(1.2) / 30;
    const stops = luck.beta(0.8, 6);
    const days: number[] = [];
    for (let at = 10 + luck.uniform() * (DAYS - 30); at < DAYS; at += Math.max(1, luck.exponential() / pace)) {
      days.push(Math.floor(DAYS - at));
      if (luck.uniform() < stops) break;
    }
    return [`K${n}`, days];
  });
  return [
    ...crowd,
    ['LEAL', Array.from({ length: 30 }, (_, n) => 3 + n * 14)],
    ['IDO', Array.from({ length: 12 }, (_, n) => 370 + n * 10)],
  ];
}

beforeAll(async () => {
  world = await startWorld();
  const { api } = world;
  await api.send('/sources', SOURCE);
  const load = (kind: string, mapping: Record<string, string>, rows: string[][]) => {
    const path = world.path(`${kind}.csv`);
    writeFileSync(path, [Object.keys(mapping), ...rows].map((cells) => cells.join(';')).join('\n'));
    return api.importFile(path, { source: SOURCE.name, kind, mapping, options: {} });
  };
  const bought = purchases();
  await load(
    'customers',
    { codigo: 'key', nombre: 'given_name', apellido1: 'surname1', correo: 'email' },
    bought.map(([key], n) => [key, key === 'LEAL' ? LOYAL : key === 'IDO' ? GONE : 'Cliente', `Prueba${n}`, `p${n}@correo.example`]),
  );
  await load(
    'purchases',
    { ticket: 'order_key', cliente: 'customer_key', fecha: 'occurred_at', importe: 'amount', coste: 'cost' },
    bought.flatMap(([key, days], n) =>
      days.map((day, i) => [`${key} ${i}`, key, dayOf(day), `${20 + (n % 9) * 5},00`, `${12 + (n % 9) * 3},00`]),
    ),
  );
  await api.quiet();
  await api.jobs();
  const find = async (name: string) => (await api.get<{ hits: { id: string }[] }>(`/customers/search?q=${name}`)).hits[0]!.id;
  [loyal, gone] = [await find(LOYAL), await find(GONE)];
  page = await world.ownerForLong({ viewport: LAPTOP });
}, 180_000);
afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

const shot = async (name: string, from: Page = page) => {
  const folder = process.env.VINCULO_E2E_SHOTS;
  const size = from.viewportSize();
  if (!folder || !size) return;
  // The page scrolls inside the frame: a tall window shows all of it.
  await from.setViewportSize({ ...size, height: 2400 });
  await from.screenshot({ path: `${folder}/${name}.png` });
  await from.setViewportSize(size);
};

describe('the forecast of the base', () => {
  it('is reached from the rail, and tells the model, its test and its rivals', async () => {
    await page.goto('/value');
    await page.getByRole('link', { name: 'Previsión' }).first().click();
    await page.getByRole('heading', { name: 'El modelo elegido' }).waitFor();
    const models = page.getByRole('table', { name: 'Los modelos que compitieron' });
    await models.waitFor();
    expect(await models.locator('tbody tr').count()).toBeGreaterThanOrEqual(4);
    expect(await models.getByText('· elegido').count()).toBe(1);
    await page.getByText(/^La prueba: se le enseñó lo que se sabía/).waitFor();
    await page.getByRole('button', { name: 'Por qué: El modelo elegido' }).click();
    await page.getByText('Gana el que mejor acierta aquí, no el más famoso.').waitFor();
    await page.keyboard.press('Escape');
    await until(() => page.locator('figure [role="img"] svg').count()).toBe(3);
    await shot('forecast');
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('its numbers open the customers behind them', async () => {
    await page.getByText('Siguen siendo clientes', { exact: true }).waitFor();
    const figures = page.getByRole('region', { name: 'Los próximos doce meses' });
    await figures.getByRole('link').first().click();
    await page.waitForURL(/\/customers\?.*sort=-lifetime_value/);
    await page
      .getByRole('link', { name: new RegExp(LOYAL) })
      .first()
      .waitFor();
    await page.goBack();
  });

  it('fits a telephone', async () => {
    const phone = await world.again(page, { viewport: PHONE });
    await phone.goto('/value/forecast');
    await phone.getByRole('heading', { name: 'El modelo elegido' }).waitFor();
    await until(() => phone.locator('figure [role="img"] svg').count()).toBe(3);
    await shot('forecast-390', phone);
    expect(await sidewaysScroll(phone)).toBe(0);
    expect(await axe(phone)).toEqual([]);
  });
});

describe('the forecast of a customer', () => {
  it('who buys every fortnight is still there, and what they are worth opens into its terms', async () => {
    await page.goto(`/customers/${loyal}?tab=value`);
    const section = page.getByRole('region', { name: 'Qué esperar' });
    await section.getByText('Sigue siendo cliente').waitFor();
    await section.getByRole('button', { name: 'Por qué: Sigue siendo cliente' }).click();
    await page.getByText('Compra cada 14 días, de media. Lleva 3 días sin comprar.').waitFor();
    await page.getByText('Para su ritmo, ese silencio es normal.').waitFor();
    await page.keyboard.press('Escape');
    await section.getByRole('button', { name: 'Por qué: Valor futuro, 3 años' }).click();
    await page.getByText(/^Se esperan .* compras en 3 años/).waitFor();
    await page.getByText(/De eso queda el/).waitFor();
    await shot('forecast-customer');
    await page.keyboard.press('Escape');
    expect(await axe(page)).toEqual([]);
  });

  it('who is silent for a year is not', async () => {
    await page.goto(`/customers/${gone}?tab=value`);
    const section = page.getByRole('region', { name: 'Qué esperar' });
    await section.getByRole('button', { name: 'Por qué: Sigue siendo cliente' }).click();
    await page.getByText('Para su ritmo, ese silencio es demasiado largo.').waitFor();
    await page.keyboard.press('Escape');
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the settings', () => {
  it('look further and compute again, with who did it', async () => {
    await page.goto('/value/forecast');
    await page.getByText('Valor futuro, 3 años', { exact: true }).waitFor();
    await page.getByLabel('Años a la vista').fill('5');
    await page.getByRole('button', { name: 'Guardar y recalcular' }).click();
    await page.getByText('Valor futuro, 5 años', { exact: true }).waitFor({ timeout: 60_000 });
    await page.getByText(/^Lo cambió Ana Prueba/).waitFor();
    await page.goto('/audit');
    await page.getByText('Cambió los ajustes de la previsión').first().waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});
