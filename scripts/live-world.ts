// What a demo cannot have of its own, for the pictures of the guides: visits to a shop, a system that answers and listens, calls,
// coupons and letters. Made once; everything in it is invented.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';

export interface LiveWorld {
  customer: string;
  source: string;
  webhook: string;
  hook: string;
  connection: string;
  handBack: string;
  batch: string;
  letter: string;
}

let made: Promise<LiveWorld> | undefined;

/** The same for every picture of a run. */
export function liveWorld(page: Page): Promise<LiveWorld> {
  made ??= make(page);
  return made;
}

interface Row {
  id: string;
  name?: string;
  label?: string;
  key?: string;
}

async function make(page: Page): Promise<LiveWorld> {
  await page.goto('/');
  const origin = new URL(page.url()).origin;
  const read = async <T>(path: string) => (await (await page.request.get(`/api/v1${path}`)).json()) as T;
  const send = async <T extends object = Row>(path: string, data: object, base = '/api/v1'): Promise<T> => {
    const reply = await page.request.post(`${base}${path}`, { data, headers: { origin } });
    if (!reply.ok()) throw new Error(`${path}: ${reply.status()} ${await reply.text()}`);
    const text = await reply.text();
    return (text === '' ? {} : JSON.parse(text)) as T;
  };
  const far = await otherSystem();
  const best = (
    await read<{ items: { id: string; name: string; email: string | null }[] }>('/customers?sort=-revenue&limit=40')
  ).items.filter(({ email }) => email);

  const sources = (await read<{ items: Row[] }>('/sources')).items;
  const source =
    sources.find(({ label }) => label?.startsWith('La Alacena')) ?? (await send('/sources', { name: 'alacena', label: 'La Alacena' }));
  const keys = (await read<{ items: Row[] }>(`/sources/${source.id}/write-keys`)).items;
  const key = keys[0]?.key ?? (await send(`/sources/${source.id}/write-keys`, { name: 'Tienda web' })).key!;
  await visits((body) => send('/batch', { writeKey: key, ...body }, '/v1'), best);

  const connection = await send('/connections', {
    name: 'Altas del ERP',
    settings: { kind: 'http', url: `${far}/clientes`, rows: 'data' },
    sourceId: sources.find(({ label }) => label === 'ERP')?.id ?? source.id,
    importKind: 'customers',
    columns: { id: 'key', nombre: 'full_name', correo: 'email', telefono: 'mobile', ciudad: 'city' },
    schedule: { every: 'hour', minute: 10 },
  });
  await send(`/connections/${connection.id}/run`, {});
  const webhook = await send('/webhooks', {
    name: 'ERP: altas y uniones',
    url: `${far}/vinculo`,
    events: ['customer.created', 'customer.updated', 'customer.merged'],
    private: true,
  });
  await send(`/webhooks/${webhook.id}/test`, {});
  const hook = await send('/hooks', {
    name: 'Pedidos de la tienda',
    sourceId: source.id,
    verify: { kind: 'hmac', header: 'x-wc-webhook-signature', encoding: 'base64', idHeader: 'x-wc-webhook-delivery-id' },
    secret: 'un secreto que solo conoce la tienda',
    mapping: {
      customer: { key: 'customer_id', fields: { email: 'billing.email', given_name: 'billing.first_name', mobile: 'billing.phone' } },
      purchase: {
        lines: 'line_items',
        fields: { order_key: '$.number', occurred_at: '$.date_created', product_key: 'sku', amount: 'total' },
      },
    },
  });
  const handBack = await send('/hand-backs', {
    name: 'Clientes y valor para la tienda',
    list: { kind: 'filter', filter: {} },
    fields: ['name', 'city', 'revenue', 'rfm_group'],
    target: { kind: 'folder', folder: 'tienda', fileName: 'clientes-{date}', format: 'csv' },
    schedule: { every: 'day', hour: 6, minute: 30 },
  });
  await send(`/hand-backs/${handBack.id}/run`, {});

  await calls((body) => send('/contacts', body), best);
  const batch = await coupons(page, send, best);
  const letter = await letters((body) => send('/letters', body), best);
  await page.waitForTimeout(4_000);
  const mine = await read<{ items: { customer?: { id: string } | null }[] }>('/events?limit=50');
  const customer = mine.items.find((event) => event.customer)?.customer?.id ?? best[0]!.id;
  return {
    customer,
    source: source.id,
    webhook: webhook.id,
    hook: hook.id,
    connection: connection.id,
    handBack: handBack.id,
    batch,
    letter,
  };
}

/** An ERP that tells its new customers and takes messages, for as long as the pictures are taken. */
async function otherSystem(): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    if (!request.url?.startsWith('/clientes')) return void response.end('{"ok":true}');
    const names = ['Nuria Salgado Prieto', 'Óscar Benítez Luna', 'Pilar Arroyo Vidal', 'Joaquín Ferrer Mas'];
    const data = names.map((nombre, n) => ({
      id: `E-${900 + n}`,
      nombre,
      correo: `${nombre.split(' ')[0]!.toLowerCase()}.erp@correo.example`,
      telefono: `61122330${n}`,
      ciudad: ['Sevilla', 'Málaga', 'Bilbao', 'Palma'][n],
    }));
    response.end(JSON.stringify({ data }));
  }).listen(0, '127.0.0.1');
  server.unref();
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const PRODUCTS = [
  ['cafe-huila', 'Café de Huila', 'Café', 9.9],
  ['cafetera-italiana', 'Cafetera italiana', 'Utensilios', 24.5],
  ['aceite-picual', 'Aceite picual', 'Aceites', 13.2],
  ['miel-romero', 'Miel de romero', 'Dulces', 7.8],
  ['queso-curado', 'Queso curado', 'Quesos', 16.4],
] as const;

async function visits(batch: (body: object) => Promise<object>, people: readonly { name: string; email: string | null }[]): Promise<void> {
  const consent = { consent: { categoryPreferences: { analytics: true, personalise: true } } };
  const begun = Date.now() - 50 * 60_000;
  const at = (minute: number) => new Date(begun + minute * 60_000).toISOString();
  const events: object[] = [];
  for (const [n, { name, email }] of people.slice(0, 12).entries()) {
    const who = {
      anonymousId: `guia-${n}`,
      context: { ...consent, page: { path: `/productos/${PRODUCTS[n % 5]![0]}`, referrer: 'https://www.google.com/' } },
    };
    const [id, label, category, price] = PRODUCTS[n % 5]!;
    const product = { product_id: id, name: label, category, price, quantity: 1 + (n % 3) };
    const track = (event: string, minute: number, properties: object, more: object = {}) =>
      events.push({ type: 'track', event, timestamp: at(minute), properties, ...who, ...more });
    events.push({ type: 'page', name: label, timestamp: at(4 * n), properties: { path: `/productos/${id}` }, ...who });
    track('Product Viewed', 4 * n + 0.3, product);
    if (n % 4 === 1) track('Products Searched', 4 * n + 0.8, { query: 'cafetera' });
    track('Product Added', 4 * n + 1.2, product);
    if (n % 3 === 2) continue;
    const userId = `web-${n}`;
    events.push({ type: 'identify', userId, timestamp: at(4 * n + 2), traits: { email, name }, ...who });
    const order = { order_id: `W-${2040 + n}`, currency: 'EUR', subtotal: price * product.quantity, products: [product] };
    track('Order Completed', 4 * n + 3, n % 4 === 0 ? { ...order, coupon: 'OTOÑO10' } : order, { userId });
  }
  events.push({
    type: 'track',
    event: 'Order Completed',
    userId: 'web-0',
    timestamp: at(49),
    properties: { order_id: 'W-2099', products: [{ product_id: 'cafe-huila', price: 'nueve euros' }] },
  });
  await batch({ sentAt: new Date().toISOString(), batch: events });
}

async function calls(save: (body: object) => Promise<object>, people: readonly { id: string }[]): Promise<void> {
  const said = [
    ['call', 'in', 'Pregunta por su pedido', 'Resuelto', 'Llega el martes. Conforme.', 4],
    ['call', 'out', 'Oferta de otoño', 'Interesado', 'Que le llamemos después del puente.', 6],
    ['visit', 'out', 'Presentación de producto', 'Pide presupuesto', 'Quiere café para la oficina, unos 5 kg al mes.', 35],
    ['call', 'in', 'Reclamación', 'Pendiente', 'Un paquete llegó abierto. Se le repone.', 8],
    ['call', 'out', 'Seguimiento', 'No contesta', '', 1],
    ['visit', 'in', 'Compra en tienda', 'Compra', 'Se lleva también la cafetera.', 15],
  ] as const;
  const today = new Date();
  for (const [n, [kind, direction, topic, outcome, body, minutes]] of said.entries()) {
    const occurredAt = new Date(today.getTime() - (n + 1) * 23 * 60_000).toISOString();
    const followUp = n === 1 ? { on: today.toISOString().slice(0, 10), note: 'Confirmar la cantidad' } : null;
    const place = kind === 'visit' ? 'Oficina del cliente' : '';
    await save({ kind, direction, customer: people[n + 2]!.id, topic, outcome, body, minutes, place, occurredAt, followUp });
  }
}

type Send = <T extends object = Row>(path: string, data: object) => Promise<T>;

async function coupons(page: Page, send: Send, people: readonly { id: string }[]): Promise<string> {
  const issue = await send('/reply-issues', {
    name: 'Cupones de otoño',
    campaign: { key: 'otono-2026', name: 'Otoño 2026' },
    coupon: 'OTOÑO10',
    customers: people.slice(0, 20).map(({ id }) => id),
  });
  // As a file for the printer, once the codes are made: number, code as printed, code.
  let codes: string[] = [];
  for (let tries = 0; codes.length < 20 && tries < 60; tries++) {
    await page.waitForTimeout(500);
    const file = await (await page.request.get(`/api/v1/reply-issues/${issue.id}/codes`)).text();
    const lines = file.trim().split(/\r?\n/).slice(1);
    codes = lines.map((line) => line.split(/[;,]/)[2]!);
  }
  const batch = await send('/reply-batches', { kind: 'coupons', name: 'Buzón del lunes' });
  for (const code of codes.slice(0, 9)) await send(`/reply-batches/${batch.id}/codes`, { code });
  for (const code of [codes[0]!, 'QQ-0000-0000']) await send(`/reply-batches/${batch.id}/codes`, { code });
  return batch.id;
}

async function letters(save: (body: object) => Promise<Row>, people: readonly { id: string; name: string }[]): Promise<string> {
  const receivedOn = new Date().toISOString().slice(0, 10);
  const shared = { kind: 'post', receivedOn };
  await save({ ...shared, form: 'order', senderName: 'Comercial Ibáñez, S. L.', topic: 'Pedido por carta: 20 lotes de Navidad' });
  await save({ ...shared, kind: 'fax', form: 'invoice', senderName: 'Transportes Norte', topic: 'Factura de portes de octubre' });
  await save({ ...shared, form: 'letter', customerId: people[6]!.id, senderName: people[6]!.name, topic: 'Da las gracias por el regalo' });
  const claim = { ...shared, form: 'claim', customerId: people[5]!.id, senderName: people[5]!.name };
  return (await save({ ...claim, topic: 'Un queso llegó abierto', note: 'Pide que se le reponga. Adjunta la etiqueta.' })).id;
}
