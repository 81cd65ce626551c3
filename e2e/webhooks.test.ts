// Other systems told and heard: a webhook made and tried, what a shop sends mapped by clicking, customers handed back as a file.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openShop } from './small-shop.ts';
import { axe, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

let world: World;
const got: { headers: IncomingHttpHeaders; body: string }[] = [];
const receiver = createServer((request, reply) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    reply.end('{"ok":true}');
  });
});
let there: string;
beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  there = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/vinculo`;
  world = await startWorld();
  await openShop(world);
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await world?.stop();
});

it('a webhook is made, shows its secret once, is tried, and tells of a new customer', async () => {
  const page = await world.owner();
  await page.goto('/webhooks');
  await page.getByRole('button', { name: 'Nuevo webhook de salida' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Nombre').first().fill('ERP');
  await form.getByLabel('Dirección').fill(there);
  await form.getByRole('checkbox', { name: 'Cliente creado' }).check();
  await form.getByRole('button', { name: 'Crear el webhook' }).click();
  await form.getByText('está en tu red interna').waitFor();
  takeTroubles(page);
  await form.getByRole('switch', { name: 'Está en nuestra red' }).check();
  expect(await axe(page)).toEqual([]);
  await form.getByRole('button', { name: 'Crear el webhook' }).click();
  const secret = (await form.getByText(/^whsec_/).textContent())!;
  await form.getByRole('button', { name: 'Ya lo he copiado' }).click();

  await page.getByRole('heading', { level: 1, name: 'ERP' }).waitFor();
  await page.getByRole('button', { name: 'Enviar una prueba' }).click();
  await page.getByText('La prueba ha llegado').waitFor();
  new Webhook(secret).verify(got.at(-1)!.body, got.at(-1)!.headers as Record<string, string>);

  await world.api.send('/customers', { kind: 'person', given_name: 'Teresa', surname1: 'Nueva', email: 'teresa.nueva@correo.example' });
  await until(() => got.length).toBe(2);
  expect(new Webhook(secret).verify(got[1]!.body, got[1]!.headers as Record<string, string>)).toMatchObject({ type: 'customer.created' });
  await page.getByRole('link', { name: 'Cliente creado' }).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('"customer.created"').waitFor();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /^Enviar otra vez el mensaje/ })
    .first()
    .click();
  await until(() => got.length).toBe(3);
  expect(got[2]!.headers['webhook-id']).toBe(got[1]!.headers['webhook-id']);
  expect(takeTroubles(page)).toEqual([]);

  const phone = await world.again(page, { viewport: PHONE });
  await phone.goto(page.url().split('?')[0]!);
  await phone.getByRole('heading', { level: 1, name: 'ERP' }).waitFor();
  await phone.getByRole('link', { name: 'Cliente creado' }).waitFor();
  expect(await sidewaysScroll(phone)).toBe(0);
});

it('what a shop sends becomes customers and orders by clicking on a sample', async () => {
  const page = await world.owner();
  await page.goto('/hooks');
  // What has no link of its own stands under the one it is a part of.
  await page.locator('nav a[aria-current="page"]', { hasText: 'Webhooks' }).waitFor();
  await page.getByRole('button', { name: 'Nuevo webhook de entrada' }).first().click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Nombre').fill('Tienda nueva');
  await form
    .getByRole('combobox', { name: 'Fuente' })
    .or(form.getByRole('textbox', { name: 'Fuente' }))
    .click();
  await page.getByRole('option').first().click();
  await form.getByRole('button', { name: 'Crear la dirección' }).click();
  const secret = (await form.getByText(/^whsec_/).textContent())!;
  const url = (await form.getByText(/\/hooks\/in\//).textContent())!;
  await form.getByRole('button', { name: 'Ya lo he copiado' }).click();
  await page.getByRole('heading', { level: 1, name: 'Tienda nueva' }).waitFor();

  const body = JSON.stringify({
    id: 'A-77',
    total: '31,50',
    buyer: { ref: 'W-9', mail: 'olga.web@correo.example', name: 'Olga Prats Web' },
  });
  const at = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('msg_1', at, body),
  };
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(202);
  expect((await fetch(url, { method: 'POST', headers: { ...headers, 'webhook-signature': 'v1,no' }, body })).status).toBe(401);

  await page.reload();
  await page.getByRole('button', { name: /buyer\.ref/ }).waitFor();
  await page.getByLabel('Clave del cliente en la fuente').focus();
  await page.getByRole('button', { name: /buyer\.ref/ }).click();
  await page
    .getByLabel('Correo electrónico')
    .or(page.getByLabel('Correo', { exact: true }))
    .first()
    .focus();
  await page.getByRole('button', { name: /buyer\.mail/ }).click();
  await page.getByLabel('Nombre completo').focus();
  await page.getByRole('button', { name: /buyer\.name/ }).click();
  await page.getByRole('switch', { name: 'Trae un pedido' }).check();
  await page.getByLabel('Pedido o ticket').focus();
  await page.getByRole('button', { name: /^id A-77/ }).click();
  await page.getByLabel('Importe pagado').focus();
  await page.getByRole('button', { name: /^total/ }).click();
  await page.getByText('31.5', { exact: false }).first().waitFor();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByText('Correspondencia guardada').waitFor();
  await page.getByRole('tab', { name: 'Recibidos' }).click();
  await page.getByText('1 línea de compra').waitFor();
  expect(takeTroubles(page)).toEqual([]);
  const { hits } = await world.api.get<{ hits: { name: string }[] }>('/customers/search?q=Prats');
  expect(hits.map(({ name }) => name)).toContain('Olga Prats Web');
});

it('customers are handed back as a file that can be downloaded', async () => {
  const page = await world.owner();
  await page.goto('/hand-backs');
  await page.getByRole('link', { name: 'Nueva entrega' }).first().click();
  await page.getByText(/^\d+ clientes$/).waitFor();
  const next = page.getByRole('button', { name: 'Siguiente' });
  await next.click();
  await page.getByRole('checkbox', { name: 'Correo' }).check();
  expect(await axe(page)).toEqual([]);
  await next.click();
  await page.getByRole('button', { name: 'Probar' }).click();
  await page.getByText('Se llega y se puede escribir.').waitFor();
  await next.click();
  await next.click();
  await page.getByLabel('Nombre de la entrega').fill('Clientes al ERP');
  await page.getByRole('button', { name: 'Crear la entrega' }).click();
  await page.getByRole('heading', { level: 1, name: 'Clientes al ERP' }).waitFor();
  await page.getByRole('button', { name: 'Entregar ahora' }).click();
  await page.getByText('Hecha').first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Descargar el último archivo' }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const lines = Buffer.concat(chunks).toString().trimEnd().split('\r\n');
  expect(lines[0]).toBe('customer_id,name,city,changed_at,email');
  const { count } = await world.api.get<{ count: number }>('/customers/count');
  expect(lines).toHaveLength(count + 1);
  expect(takeTroubles(page)).toEqual([]);
});
