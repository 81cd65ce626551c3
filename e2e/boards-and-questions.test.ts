// Boards: looked at, filtered, looked behind, arranged by mouse and by keyboard, shared. Questions: asked, drawn, kept, put on a board.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, LAPTOP, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const SOURCE = { name: 'tienda', label: 'Tienda', country: 'ES', trust: 60 };
const PROVINCES = [
  ['28013', 'Madrid', 'Madrid'],
  ['08001', 'Barcelona', 'Barcelona'],
  ['48001', 'Bilbao', 'Bizkaia'],
  ['35001', 'Las Palmas de Gran Canaria', 'Las Palmas'],
] as const;
const CHANNELS = ['web', 'tienda'];
const STORES = ['Centro', 'Norte', 'Sur'];
const PEOPLE = 60;

let world: World;
let page: Page;

/** The day so many days ago. */
const dayOf = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  world = await startWorld();
  const { api } = world;
  await api.send('/sources', SOURCE);
  const load = (kind: string, mapping: Record<string, string>, rows: string[][]) => {
    const path = world.path(`${kind}.csv`);
    writeFileSync(path, [Object.keys(mapping), ...rows].map((cells) => cells.join(';')).join('\n'));
    return api.importFile(path, { source: SOURCE.name, kind, mapping, options: {} });
  };
  await load(
    'customers',
    { codigo: 'key', nombre: 'given_name', apellido1: 'surname1', correo: 'email', cp: 'postcode', ciudad: 'city', provincia: 'province' },
    Array.from({ length: PEOPLE }, (_, n) => [`K${n}`, `Cliente${n}`, `Apellido${n}`, `p${n}@correo.example`, ...PROVINCES[n % 4]!]),
  );
  await load(
    'products',
    { clave: 'product_key', producto: 'product_name', categoria: 'category', coste: 'cost' },
    ['Pan', 'Queso', 'Vino', 'Fruta'].map((category, n) => [`P${n}`, `${category} de casa`, category, `${n + 1},00`]),
  );
  await load(
    'purchases',
    {
      ticket: 'order_key',
      cliente: 'customer_key',
      fecha: 'occurred_at',
      producto: 'product_key',
      importe: 'amount',
      canal: 'channel',
      tienda: 'store',
    },
    Array.from({ length: PEOPLE }, (_, n) =>
      Array.from({ length: 1 + (n % 9) }, (_unused, i) => [
        `T${n}-${i}`,
        `K${n}`,
        dayOf(3 + i * 31 + (n % 17)),
        `P${(n + i) % 4}`,
        `${10 + ((n * 7 + i * 3) % 60)},00`,
        CHANNELS[(n + i) % 2]!,
        STORES[n % 3]!,
      ]),
    ).flat(),
  );
  await api.quiet();
  await api.jobs();
  page = await world.ownerForLong({ viewport: LAPTOP });
  // The first page of a fresh server is the slowest of all, and no test of boards.
  await page.goto('/', { timeout: 60_000 });
}, 240_000);
afterAll(async () => {
  await page?.context().close();
  await world?.stop();
});

const card = (title: string) => page.getByRole('region', { name: title, exact: true });
/** The titles of the cards, in their order. */
const order = () => page.locator('main section h2').allTextContents();

describe('a ready-made board', () => {
  it('is reached from the rail and shows its numbers', async () => {
    await page.getByRole('link', { name: 'Tablero', exact: true }).click();
    await page.getByRole('link', { name: /^Dirección/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Dirección' }).waitFor();
    await card('Ingresos').getByRole('button').first().waitFor();
    expect(await card('Ingresos').getByRole('button').first().textContent()).toMatch(/€/);
    await card('Ingresos')
      .getByText(/frente a/)
      .waitFor();
    await until(() => page.locator('main figure [role=img] svg').count()).toBeGreaterThanOrEqual(4);
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('opens who is behind a number, and the next level', async () => {
    await card('Ingresos').getByRole('button').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(/^\d+ clientes$/).waitFor();
    await drawer
      .getByRole('link', { name: /^Cliente\d+/ })
      .first()
      .waitFor();
    await drawer.getByRole('button', { name: 'Provincia', exact: true }).click();
    await drawer.getByRole('button', { name: 'Volver' }).waitFor();
    await drawer.locator('figure [role=img] svg').waitFor();
    await drawer.getByRole('button', { name: 'Ver tabla' }).click();
    await drawer
      .getByRole('row', { name: /Madrid/ })
      .getByRole('button')
      .first()
      .click();
    await drawer.getByRole('heading', { name: 'Ingresos: Madrid' }).waitFor();
    await drawer.getByText(/^\d+ clientes$/).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('is filtered for all its cards, in the address too', async () => {
    const before = await card('Clientes que compran').getByRole('button').first().textContent();
    await page.getByRole('button', { name: 'Provincia', exact: true }).click();
    await page.getByRole('combobox', { name: 'Filtrar por provincia' }).click();
    await page.getByRole('option', { name: 'Madrid' }).click();
    await until(() => card('Clientes que compran').getByRole('button').first().textContent()).not.toBe(before);
    expect(new URL(page.url()).searchParams.get('f')).toContain('Madrid');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Periodo: Últimos 90 días' }).click();
    await page.getByRole('menuitem', { name: 'Últimos 12 meses' }).click();
    await page.getByRole('button', { name: 'Quitar filtros' }).click();
    await page.getByRole('button', { name: 'Periodo: Últimos 12 meses' }).waitFor();
  });
});

describe('a board of one’s own', () => {
  it('is made, filled with a card, and kept', async () => {
    await page.goto('/boards');
    await page.getByRole('button', { name: 'Nuevo tablero' }).click();
    await page.getByLabel('Nombre del tablero').fill('Mi semana');
    await page.getByRole('button', { name: 'Crear tablero' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mi semana' }).waitFor();
    for (const [kind, measure] of [
      ['Número', 'Pedidos'],
      ['Número', 'Margen'],
      ['Barras', 'Ingresos'],
    ] as const) {
      if ((await page.getByRole('button', { name: 'Añadir tarjeta' }).count()) === 0)
        await page.getByRole('button', { name: 'Organizar' }).click();
      await page.getByRole('button', { name: 'Añadir tarjeta' }).first().click();
      const drawer = page.getByRole('dialog', { name: 'Añadir tarjeta' });
      await choose(drawer, 'Tipo', kind);
      await choose(drawer, 'Qué se mide', measure);
      await drawer.getByRole('region', { name: 'Así se verá' }).getByText(measure, { exact: false }).first().waitFor();
      await drawer.getByRole('button', { name: 'Guardar tarjeta' }).click();
      await drawer.waitFor({ state: 'detached' });
    }
    await until(async () => (await order()).length).toBe(3);
    await page.reload();
    await until(async () => (await order()).slice(0, 2)).toEqual(['Pedidos', 'Margen']);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('is arranged by keyboard and by mouse', async () => {
    await page.getByRole('button', { name: 'Organizar' }).click();
    await page.getByRole('button', { name: 'Mover Pedidos' }).focus();
    await page.keyboard.press('Space');
    await page.waitForTimeout(200);
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(200);
    await page.keyboard.press('Space');
    await until(async () => (await order()).slice(0, 2)).toEqual(['Margen', 'Pedidos']);
    const handle = await page.getByRole('button', { name: 'Mover Pedidos' }).boundingBox();
    const goal = await page.getByRole('button', { name: 'Mover Margen' }).boundingBox();
    await page.mouse.move(handle!.x + 8, handle!.y + 8);
    await page.mouse.down();
    await page.mouse.move(goal!.x + 40, goal!.y + 10, { steps: 8 });
    await page.mouse.move(goal!.x + 8, goal!.y + 10, { steps: 4 });
    await page.mouse.up();
    await until(async () => (await order()).slice(0, 2)).toEqual(['Pedidos', 'Margen']);
    expect(await axe(page)).toEqual([]);
  });

  it('has its cards made wider, removed, and brought back', async () => {
    const saved: number[] = [];
    page.on('response', (response) => void (response.request().method() === 'PUT' && saved.push(response.status())));
    await page.getByRole('button', { name: 'Acciones de Margen' }).click();
    await page.getByRole('menuitem', { name: 'Media' }).click();
    // Undone faster than it is saved: each change waits for the one before.
    await page.route('**/api/v1/boards/*', async (route) => {
      if (route.request().method() === 'PUT') await new Promise((resolve) => setTimeout(resolve, 500));
      await route.continue();
    });
    await page.getByRole('button', { name: 'Acciones de Margen' }).click();
    await page.getByRole('menuitem', { name: 'Quitar' }).click();
    await until(async () => (await order()).includes('Margen')).toBe(false);
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await until(async () => (await order()).includes('Margen')).toBe(true);
    await until(() => saved).toEqual([200, 200, 200]);
    await page.unrouteAll({ behavior: 'wait' });
    await page.reload();
    await until(async () => (await order())[1]).toBe('Margen');
  });

  it('is shared with a role, by a link', async () => {
    await page.getByRole('button', { name: 'Más' }).click();
    await page.getByRole('menuitem', { name: 'Compartir' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Por rol').check();
    await dialog.getByLabel('Ventas').check();
    await dialog.getByText(page.url().split('?')[0]!).waitFor();
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await dialog.waitFor({ state: 'detached' });
    const id = new URL(page.url()).pathname.split('/').at(-1);
    expect(
      await page.evaluate<string>(`fetch('/api/v1/boards/${id}').then((r) => r.json()).then((b) => b.visibility + ' ' + b.roles)`),
    ).toBe('roles sales');
  });

  it('leaves as a PDF, and by mail when it is asked to', async () => {
    const id = new URL(page.url()).pathname.split('/').at(-1);
    const start = await page.evaluate<string>(
      `fetch('/api/v1/boards/${id}/pdf').then((r) => r.arrayBuffer()).then((b) => new TextDecoder().decode(b.slice(0, 5)))`,
    );
    expect(start).toBe('%PDF-');
    await page.getByRole('button', { name: 'Más' }).click();
    await page.getByRole('menuitem', { name: 'Enviar por correo' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Envíamelo ahora' }).click();
    await drawer.getByRole('cell', { name: 'Ana Prueba' }).waitFor();
    await drawer.getByRole('combobox', { name: 'A quién' }).click();
    await page.getByRole('option', { name: /Ana Prueba/ }).click();
    await page.keyboard.press('Escape');
    await drawer.getByRole('button', { name: 'Programar' }).click();
    await drawer.getByText('Cada lunes a las 08:00').waitFor();
    expect(await axe(page)).toEqual([]);
    await drawer.getByRole('button', { name: 'Dejar de recibirlo' }).click();
    await drawer.getByText('Nadie: todos se dieron de baja').waitFor();
    await page.keyboard.press('Escape');
    expect(takeTroubles(page)).toEqual([]);
  });

  it('fits a telephone', async () => {
    const phone = await world.again(page, { viewport: PHONE, hasTouch: true });
    await phone.goto('/boards');
    await phone
      .getByRole('main')
      .getByRole('link', { name: /^Clientes/ })
      .click();
    await phone.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor();
    await phone.getByRole('table', { name: 'Mapa RFM' }).waitFor();
    expect(await sidewaysScroll(phone)).toBe(0);
    expect(await axe(phone)).toEqual([]);
  });
});

describe('targets', () => {
  it('are set once and seen on the numbers', async () => {
    await page.goto('/boards');
    await page.getByRole('button', { name: 'Objetivos' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('textbox', { name: /^Objetivo/ }).fill('5000');
    await choose(drawer, 'Para un', 'Año');
    await drawer.getByRole('button', { name: 'Guardar objetivo' }).click();
    await drawer.getByRole('cell', { name: 'Ingresos' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });
});

describe('a question', () => {
  it('is asked with the keyboard, sorted and drawn', async () => {
    await page.goto('/questions');
    const editor = page.getByRole('textbox', { name: 'Texto de la consulta' });
    await editor.fill(
      'select store, count() as pedidos, round(sum(amount)) as total from v_orders where channel = {{canal}} group by store order by store',
    );
    await page.getByLabel('canal', { exact: true }).fill('web');
    await editor.focus();
    await page.keyboard.press('Control+Enter');
    await page.getByText('3 filas').waitFor();
    await page.getByRole('button', { name: 'Ordenar por total' }).click();
    const totals = (await page.getByRole('table', { name: 'Resultado' }).locator('tbody tr td:last-child').allTextContents()).map((text) =>
      Number(text.replaceAll('.', '')),
    );
    expect(totals).toEqual(totals.toSorted((a, b) => b - a));
    await page.getByText('Barras', { exact: true }).click();
    await page.locator('main figure [role=img] svg').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('that would change something is refused in words', async () => {
    await page.getByRole('textbox', { name: 'Texto de la consulta' }).fill('select * from purchase');
    await page.getByRole('button', { name: 'Ejecutar' }).click();
    await page.getByText(/«purchase» no se puede leer/).waitFor();
    takeTroubles(page);
  });

  it('is kept, shared, and becomes a card', async () => {
    await page
      .getByRole('textbox', { name: 'Texto de la consulta' })
      .fill('select store, round(sum(amount)) as total from v_orders group by store order by total desc');
    await page.getByRole('button', { name: 'Ejecutar' }).click();
    await page.getByText('3 filas').waitFor();
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Nombre').fill('Tiendas');
    await dialog.getByLabel('Compartir con quienes ven los tableros').check();
    await dialog.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.waitForURL(/id=/);
    await page.getByRole('button', { name: 'Poner en un tablero' }).click();
    await choose(page.getByRole('dialog'), 'Tablero', 'Mi semana');
    await page.getByRole('dialog').getByRole('button', { name: 'Poner en un tablero' }).click();
    await page.getByRole('heading', { level: 1, name: 'Mi semana' }).waitFor();
    await card('Tiendas').getByText('Centro').first().waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('asks before what was written is lost', async () => {
    await page.goto('/questions');
    const editor = page.getByRole('textbox', { name: 'Texto de la consulta' });
    const asked = page.getByRole('dialog', { name: 'Hay cambios sin guardar' });
    const mine = 'select store from v_orders';
    await editor.fill(mine);
    for (const leave of [
      page.getByRole('button', { name: /^Tiendas/ }),
      page.getByRole('button', { name: 'Ingresos y clientes por mes' }),
      page.getByRole('link', { name: 'Segmentos' }).first(),
    ]) {
      await leave.click();
      await asked.getByRole('button', { name: 'Cancelar' }).click();
      await asked.waitFor({ state: 'detached' });
      expect(await editor.inputValue()).toBe(mine);
    }
    await page.getByRole('button', { name: /^Tiendas/ }).click();
    await asked.getByRole('button', { name: 'Salir sin guardar' }).click();
    await until(() => editor.inputValue()).toContain('round(sum(amount))');
    // Nothing written, nothing asked; an example is nobody's work.
    await page.getByRole('button', { name: 'Ingresos y clientes por mes' }).click();
    await page.getByText(/^\d+ filas? en/).waitFor();
    await page.getByRole('link', { name: 'Segmentos' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Segmentos' }).waitFor();
    // What is kept is no longer unsaved.
    await page.goBack();
    await page.getByRole('button', { name: /^Tiendas/ }).click();
    await until(() => editor.inputValue()).toContain('round(sum(amount))');
    await editor.fill(`${mine} limit 5`);
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByText('Consulta guardada').first().waitFor();
    await page.getByRole('button', { name: 'Nueva consulta' }).click();
    await until(() => editor.inputValue()).toBe('');
    expect(takeTroubles(page)).toEqual([]);
  });

  it('finds its words on a telephone', async () => {
    const phone = await world.again(page, { viewport: PHONE, hasTouch: true });
    await phone.goto('/questions');
    await phone.getByRole('button', { name: 'Ingresos y clientes por mes' }).click();
    await phone.getByText(/^\d+ filas? en/).waitFor();
    expect(await sidewaysScroll(phone)).toBe(0);
    expect(await axe(phone)).toEqual([]);
  });
});

/** Picks an option of a select by its label. */
async function choose(within: ReturnType<Page['getByRole']>, label: string, option: string): Promise<void> {
  await within.getByRole('combobox', { name: label, exact: true }).click();
  await within.page().getByRole('option', { name: option, exact: true }).click();
}
