// A site is connected, its events are watched as they arrive, one is rejected, put right and sent again, and the profile knows it all.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, PHONE, startWorld, takeTroubles, until, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

let key: string;
async function send(call: string, body: object): Promise<void> {
  const reply = await fetch(`${world.url}/v1/${call}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ writeKey: key, messageId: crypto.randomUUID(), sentAt: new Date().toISOString(), ...body }),
  });
  expect(await reply.json()).toEqual({ success: true });
}
const row = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text });
const coffee = { product_id: 'CF', name: 'Café de Colombia', category: 'Café', price: 8.9 };
const yes = { context: { consent: { categoryPreferences: { analytics: true } } } };

describe('live events', () => {
  let page: Page;

  it('a site is connected, and what is awaited is seen when it comes', async () => {
    page = await world.ownerForLong();
    await page.goto('/events');
    await page.getByText('Aquí verás lo que pasa en tu web, al momento').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Conectar una web o app' }).last().click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Nombre' }).fill('Tienda web');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Crear la clave' }).click();

    await page.getByRole('heading', { name: 'Eventos de Tienda web' }).waitFor();
    await page.getByText('Esperando el primer evento…').waitFor();
    const code = await page.getByRole('region', { name: /Pega esto/ }).innerText();
    key = /data-write-key="(vk_\w{32})"/.exec(code)![1]!;
    expect(code).toContain(`${world.url}/v1/vinculo.js`);
    expect(await axe(page)).toEqual([]);

    await send('page', { anonymousId: 'd1', properties: { path: '/ofertas', url: 'https://tienda.example/ofertas' }, ...yes });
    await page.getByText('Llegan eventos').waitFor();
  });

  it('events are seen as they arrive, with whose they are', async () => {
    await page.getByRole('link', { name: 'Ver en vivo' }).click();
    await row(page, 'Visitó /ofertas').filter({ hasText: 'Anónimo' }).waitFor();
    await send('track', { anonymousId: 'd1', event: 'Product Viewed', properties: coffee, ...yes });
    await row(page, 'Vio «Café de Colombia»').waitFor();

    await send('identify', {
      anonymousId: 'd1',
      userId: '1042',
      traits: { firstName: 'Lucía', lastName: 'Peña Castro', email: 'lucia@example.com' },
      ...yes,
    });
    await row(page, 'Dijo quién es').waitFor();
    // What the device did before is hers now.
    const visit = row(page, 'Visitó /ofertas');
    await visit.getByRole('link', { name: 'Lucía Peña Castro' }).waitFor();
    expect(await axe(page)).toEqual([]);

    await visit.getByRole('link').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('El evento no decía quién era, pero el dispositivo es suyo.').waitFor();
    await drawer.getByText('"path": "/ofertas"').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
  });

  it('the list stands still while somebody reads, and goes on when asked', async () => {
    await page.keyboard.press('p');
    await page.getByRole('button', { name: 'Seguir en vivo' }).waitFor();
    await send('track', { userId: '1042', event: 'Newsletter Opened', ...yes });
    await until(async () => (await world.api.get<{ items: { name: string }[] }>('/events')).items[0]!.name).toBe('Newsletter Opened');
    expect(await row(page, 'Newsletter Opened').count()).toBe(0);
    await page.getByRole('button', { name: 'Seguir en vivo' }).click();
    await row(page, 'Newsletter Opened').first().waitFor();

    await page.getByRole('searchbox', { name: 'Acción, página o búsqueda' }).fill('ofertas');
    await until(() => row(page, 'Newsletter Opened').count()).toBe(0);
    expect(await row(page, 'Visitó /ofertas').count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('search')).toBe('ofertas');
    await page.getByRole('button', { name: 'Borrar la búsqueda' }).click();
  });

  it('a rejected event says where it is wrong; corrected, it is a purchase', async () => {
    const order = { order_id: '2026-118', currency: 'EUR', products: [{ ...coffee, price: 'ocho', quantity: 2 }] };
    await send('track', { userId: '1042', event: 'Order Completed', properties: order, ...yes });
    await row(page, 'Rechazado').waitFor();
    await page.goto('/events/rejected');
    const wrong = row(page, 'properties.products.0.price');
    await wrong.filter({ hasText: 'ocho' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await wrong.getByRole('link').first().click();
    const drawer = page.getByRole('dialog');
    const body = drawer.getByRole('textbox', { name: 'El evento, tal como llegó' });
    await body.waitFor();
    expect(await axe(page)).toEqual([]);
    const text = await body.inputValue();
    await body.fill('{ not json');
    await drawer.getByText(/Esto no es JSON/).waitFor();
    expect(await drawer.getByRole('button', { name: 'Enviar corregido' }).isDisabled()).toBe(true);
    await body.fill(text.replace('"ocho"', '8.9'));
    await drawer.getByRole('button', { name: 'Enviar corregido' }).click();
    await page.getByText('Ningún evento rechazado').waitFor();
    const { hits } = await world.api.get<{ hits: { id: string }[] }>('/customers/search?q=lucia');
    await until(async () => {
      const { items } = await world.api.get<{ items: { data: { amount?: string } }[] }>(
        `/customers/${hits[0]!.id}/timeline?kinds=purchase`,
      );
      return items.map(({ data }) => Number(data.amount));
    }).toEqual([17.8]);
  });

  it('rejected events are let go, brought back, and sent again all at once', async () => {
    for (const n of [1, 2, 3]) await send('track', { userId: '1042', properties: { n }, ...yes });
    await until(async () => (await world.api.get<{ total: number }>('/event-errors/counts')).total).toBe(3);
    await page.reload();
    const rows = page
      .getByRole('row')
      .filter({ has: page.getByRole('checkbox') })
      .filter({ hasText: 'Tienda web' });
    await until(() => rows.count()).toBe(3);
    await rows.first().getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Descartar' }).click();
    await until(() => rows.count()).toBe(2);
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await until(() => rows.count()).toBe(3);

    await page.getByRole('button', { name: 'Enviar todos de nuevo' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Se enviarán de nuevo 3 eventos/).waitFor();
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Enviar de nuevo' }).click();
    await page.getByText('3 eventos enviados de nuevo').waitFor();
    // Still without a name: they come back.
    await until(async () => (await world.api.get<{ total: number }>('/event-errors/counts')).total).toBe(3);
  });

  it('the profile tells of visits in words, and of the device', async () => {
    const { hits } = await world.api.get<{ hits: { id: string }[] }>('/customers/search?q=lucia');
    await page.goto(`/customers/${hits[0]!.id}?tab=activity`);
    await page.getByRole('heading', { name: /Vio «Café de Colombia»/ }).waitFor();
    await page.getByRole('heading', { name: /Visitó \/ofertas/ }).waitFor();
    await page.getByRole('button', { name: 'Web y app' }).click();
    await until(() => page.getByRole('heading', { name: /Compra de/ }).count()).toBe(0);
    await page.getByRole('heading', { name: /Newsletter Opened/ }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.goto(`/customers/${hits[0]!.id}?tab=identity`);
    const devices = page.getByRole('region', { name: '1 dispositivo' });
    await devices.getByText('De esta persona', { exact: true }).waitFor();
    expect(await devices.getByRole('row').last().innerText()).toMatch(/d1/);
    expect(await axe(page)).toEqual([]);
  });

  it('keys are limited to sites, replaced and revoked; consent is chosen', async () => {
    const { items } = await world.api.get<{ items: { id: string; label: string }[] }>('/sources');
    const id = items.find(({ label }) => label === 'Tienda web')!.id;
    await page.goto(`/sources/${id}/events?tab=keys`);
    await page.getByRole('button', { name: 'Acciones de Tienda web' }).click();
    await page.getByRole('menuitem', { name: 'Cambiar nombre y sitios' }).click();
    await page.getByLabel('Sitios que pueden usarla').first().fill('tienda.example/ofertas');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('row').getByText('https://tienda.example', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Acciones de Tienda web' }).click();
    await page.getByRole('menuitem', { name: 'Sustituir por otra' }).click();
    await page.getByRole('button', { name: 'Crear la nueva' }).click();
    await page.getByText('Esta es la clave nueva:').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).last().click();
    await page.getByText(/Funciona hasta/).waitFor();

    await page.getByRole('button', { name: 'Acciones de Tienda web' }).last().click();
    await page.getByRole('menuitem', { name: 'Revocar' }).click();
    await page.getByRole('textbox', { name: /Tienda web/ }).fill('Tienda web');
    await page.getByRole('dialog').getByRole('button', { name: 'Revocar' }).click();
    await page.getByText('Revocada', { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);

    await page.getByRole('tab', { name: 'Consentimiento y dispositivos' }).click();
    await page.getByRole('radio', { name: 'Solo si dijo que sí' }).check();
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText(/Lo cambió Ana Prueba/).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
    await page.context().close();
  });

  it('fits a telephone', async () => {
    const phone = await world.owner({ viewport: PHONE });
    for (const path of ['/events', '/events/rejected']) {
      await phone.goto(path);
      await phone.getByText('Tienda web').filter({ visible: true }).first().waitFor();
      expect(await axe(phone)).toEqual([]);
      expect(await phone.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    }
  });
});
