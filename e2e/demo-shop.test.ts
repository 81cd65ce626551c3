// The demo shop and Vínculo, as a visitor and as the people of the shop see them: from a stranger to somebody greeted by name.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveShop, type Shop } from '../examples/demo-shop/serve.ts';
import { openShop } from './small-shop.ts';
import { axe, LAPTOP, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

interface TimelineItem {
  kind: string;
  at: string;
  data: Record<string, unknown>;
}
interface Customer {
  id: string;
  name: string;
}

let world: World;
let shop: Shop;
let source: string;

beforeAll(async () => {
  world = await startWorld();
  // A shop with customers: in a file of two or three, whoever comes makes it learn anew who is who.
  await openShop(world);
  ({ id: source } = await world.api.send<{ id: string }>('/sources', { name: 'alacena', label: 'La Alacena', country: 'ES', trust: 60 }));
  const { key } = await world.api.send<{ key: string }>(`/sources/${source}/write-keys`, { name: 'tienda', origins: [] });
  await world.api.get(`/sources/${source}/event-settings`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ consent: 'given', recognise: true }),
  });
  shop = await serveShop({ server: world.url, key, port: 0 });
});
afterAll(async () => {
  await shop?.close();
  await world?.stop();
});

/** Somebody with a browser of their own. */
async function visitor(): Promise<Page> {
  const page = await world.visitor({ baseURL: shop.url });
  await page.goto('/');
  return page;
}
const choose = (page: Page, answer: string) => page.getByRole('button', { name: answer }).click();
const look = async (page: Page, product: string) => {
  await page.goto('/');
  await page.getByRole('link', { name: product }).first().click();
  await page.getByRole('heading', { level: 1, name: product }).waitFor();
};
async function signUp(page: Page, firstName: string, lastName: string, email: string): Promise<void> {
  await page.goto('/cuenta');
  const form = page.locator('#sign-up');
  await form.getByLabel('Nombre').fill(firstName);
  await form.getByLabel('Apellidos').fill(lastName);
  await form.getByLabel('Correo').fill(email);
  await form.getByRole('button', { name: 'Hacer la cuenta' }).click();
  await page.getByText(`Hola, ${firstName}.`).waitFor();
}
/** The browser is closed and opened again: what it keeps stays, who is signed in does not. */
async function returns(page: Page): Promise<Page> {
  const again = await world.again(page, { baseURL: shop.url });
  await again.goto('/');
  return again;
}
const greeting = (page: Page) => page.locator('#greeting').innerText();
const anonymousId = (page: Page) => page.evaluate<string | null>('vinculo.anonymousId()');

const customers = async () => (await world.api.get<{ items: Customer[] }>('/customers?limit=200')).items;
const named = async (name: string) => (await customers()).find((customer) => customer.name === name);
const timeline = async (name: string) => {
  const customer = await named(name);
  return customer ? (await world.api.get<{ items: TimelineItem[] }>(`/customers/${customer.id}/timeline?limit=100`)).items : [];
};
const visits = async (name: string) => (await timeline(name)).filter(({ kind }) => kind === 'event').map(({ data }) => String(data.name));
/** Products somebody looked at, each once, by name. */
const viewed = async (name: string) => {
  const products = (await timeline(name))
    .filter(({ data }) => data.name === 'Product Viewed')
    .flatMap(({ data }) => data.products as string[]);
  return [...new Set(products)].toSorted();
};
const arrivals = async () =>
  (await world.api.get<{ items: { name: string; whose: string; customer: Customer | null }[] }>('/events?limit=200')).items;

it('a stranger looks around, makes an account, buys, and is greeted by name the next time; all of it is on their page', async () => {
  const page = await visitor();
  await choose(page, 'Aceptar todo');
  await look(page, 'Mortero');
  await look(page, 'Jarra azul');
  await page.getByRole('button', { name: 'Añadir a la cesta' }).click();
  await until(async () => (await arrivals()).find(({ name }) => name === 'Product Added')).toMatchObject({
    whose: 'anonymous',
    customer: null,
  });

  await signUp(page, 'Nieves', 'Olmedo Sanz', 'nieves.olmedo@correo.example');
  await page.goto('/cesta');
  await page.getByLabel('Cupón').fill('hola10');
  await page.getByRole('button', { name: 'Poner' }).click();
  await page.getByRole('link', { name: 'Ir a pagar' }).click();
  await page.getByRole('button', { name: /^Pagar 33,70/ }).click();
  await page.getByRole('heading', { name: 'Gracias por tu compra' }).waitFor();

  await until(() => visits('Nieves Olmedo Sanz')).toEqual(
    expect.arrayContaining(['Product Viewed', 'Product Added', 'Signed Up', 'Order Completed']),
  );
  // Also what they looked at while nobody knew them.
  await until(() => viewed('Nieves Olmedo Sanz')).toEqual(['Jarra azul', 'Mortero']);
  const bought = (await timeline('Nieves Olmedo Sanz')).filter(({ kind }) => kind === 'purchase');
  expect(bought).toHaveLength(1);

  const again = await returns(page);
  await until(() => greeting(again)).toBe('Hola de nuevo, Nieves. No soy Nieves');
  await again.getByRole('heading', { name: 'Lo último que viste' }).waitFor();
  expect(await again.getByRole('link', { name: 'Entrar' }).count()).toBe(1);
  expect(takeTroubles(again)).toEqual([]);

  // On a browser that somebody else has to themselves from now on.
  await choose(again, 'No soy Nieves');
  await until(() => again.locator('#greeting').isHidden()).toBe(true);
  expect(await anonymousId(again)).toBeNull();
});

it('who refuses is followed by nobody and greeted by nobody, and buys all the same', async () => {
  const page = await visitor();
  await choose(page, 'Solo lo necesario');
  const before = (await arrivals()).length;
  await look(page, 'Tabla de olivo');
  await signUp(page, 'Celso', 'Rivas Mota', 'celso.rivas@correo.example');
  await look(page, 'Mortero');
  expect(await anonymousId(page)).toBeNull();
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['vinculo_consent']);
  const again = await returns(page);
  await again.waitForTimeout(1_500);
  expect(await again.locator('#greeting').isHidden()).toBe(true);
  expect(await again.locator('.seen').count()).toBe(0);
  expect(await arrivals()).toHaveLength(before);
  expect(await named('Celso Rivas Mota')).toBeUndefined();
});

it('who agrees to statistics alone is known to the shop and not greeted', async () => {
  const page = await visitor();
  await page.getByLabel('Estadística').check();
  await choose(page, 'Guardar mi elección');
  await signUp(page, 'Tomás', 'Leiva Cano', 'tomas.leiva@correo.example');
  await until(async () => (await named('Tomás Leiva Cano'))?.name).toBe('Tomás Leiva Cano');
  const again = await returns(page);
  await again.waitForTimeout(1_500);
  expect(await again.locator('#greeting').isHidden()).toBe(true);
});

it('who takes it back is not greeted any more, on this browser or another, and the refusal is kept', async () => {
  const page = await visitor();
  await choose(page, 'Aceptar todo');
  await signUp(page, 'Berta', 'Salas Gil', 'berta.salas@correo.example');
  const recognised = async () => (await returns(page)).locator('#greeting').innerText();
  await until(recognised).toContain('Hola de nuevo, Berta');
  await choose(page, 'Privacidad');
  await choose(page, 'Solo lo necesario');
  expect(await anonymousId(page)).toBeNull();
  const consents = async () =>
    (
      await world.api.get<{ current: { purpose: string; granted: boolean }[] }>(
        `/customers/${(await named('Berta Salas Gil'))?.id}/consents`,
      )
    ).current
      .map(({ purpose, granted }) => `${purpose} ${granted}`)
      .toSorted();
  await until(consents).toEqual(['analytics false', 'personalise false']);
});

it('two people on one browser stay two', async () => {
  const page = await visitor();
  await choose(page, 'Aceptar todo');
  await look(page, 'Cuchara de guiso');
  await signUp(page, 'Irene', 'Casal Vega', 'irene.casal@correo.example');
  await look(page, 'Delantal de lino');
  const first = await anonymousId(page);
  await page.goto('/cuenta');
  await choose(page, 'Salir');
  await page.getByRole('link', { name: 'Entrar' }).waitFor();
  await signUp(page, 'Hugo', 'Prado León', 'hugo.prado@correo.example');
  await look(page, 'Panera de lino');
  expect(await anonymousId(page)).not.toBe(first);

  await until(() => viewed('Hugo Prado León')).toEqual(['Panera de lino']);
  await until(() => viewed('Irene Casal Vega')).toEqual(['Cuchara de guiso', 'Delantal de lino']);
  await until(async () => greeting(await returns(page))).toContain('Hola de nuevo, Hugo');
});

it.each([
  ['laptop', LAPTOP],
  ['phone', PHONE],
])('can be read and used on a %s', async (_, viewport) => {
  const page = await world.visitor({ baseURL: shop.url, viewport });
  for (const path of ['/', '/producto/jarra-azul', '/cesta', '/cuenta', '/?q=barro', '/nada']) {
    await page.goto(path);
    await page.locator('#consent h2').waitFor();
    expect(await axe(page), path).toEqual([]);
    expect(await sidewaysScroll(page), path).toBe(0);
  }
  // With the keyboard alone: the question is answered, a product is put into the basket.
  await page.goto('/producto/jarra-azul');
  await page.getByRole('button', { name: 'Aceptar todo' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Añadir a la cesta' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Cesta (1)' }).waitFor();
  expect(takeTroubles(page)).toEqual([]);
});
