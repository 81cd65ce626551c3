// Finding customers and working with them: the list, the search, the profile, and identities taken apart and put together.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BEGO, CARD, CUSTOMERS, crowd, MARIA, MARIA_MOBILE_ON_THE_WEB, openShop, ORDERS_OF_MARIA, TXARO, WEB } from './small-shop.ts';
import { axe, OWNER, startWorld, takeTroubles, until, type World } from './world.ts';

const SEVILLIANS = crowd.filter(({ city }) => city === 'Sevilla').length;
const nameOf = ({ given, surname1, surname2 }: typeof MARIA) => `${given} ${surname1} ${surname2}`;

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await openShop(world);
});
afterAll(() => world?.stop());

describe('the list', () => {
  it('sorts, filters and shows columns, all of it in the address or kept; a view gives it a name', async () => {
    const page = await world.owner();
    await page.goto('/customers');
    await page.getByText(`${CUSTOMERS} resultados`).waitFor();
    await page.getByRole('button', { name: 'Ordenar por Ventas' }).click();
    await until(() => words(page)).toEqual({ sort: '-revenue' });
    await until(() => names(page).then(([first]) => first)).toBe(nameOf(MARIA));
    expect(await page.getByRole('columnheader', { name: 'Ventas' }).getAttribute('aria-sort')).toBe('descending');

    await page.getByRole('button', { name: 'Provincia', exact: true }).click();
    await page.getByRole('option', { name: `Sevilla (${SEVILLIANS})` }).click();
    await until(() => words(page)).toEqual({ sort: '-revenue', province: 'Sevilla' });
    await page.getByText(`${SEVILLIANS} resultados`).waitFor();
    await page.getByRole('button', { name: 'Provincia: Sevilla' }).waitFor();

    await page.getByRole('button', { name: 'Columnas' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Provincia' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Correo' }).click();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'Provincia' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'Correo' }).count()).toBe(0);
    expect(new Set(await column(page, 'Provincia'))).toEqual(new Set(['Sevilla']));

    await page.getByRole('button', { name: 'Vistas' }).click();
    await page.getByRole('menuitem', { name: 'Guardar estos filtros…' }).click();
    await page.getByLabel('Nombre de la vista').fill('Sevilla por ventas');
    await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Vista «Sevilla por ventas» guardada').waitFor();
    await page.getByRole('button', { name: 'Quitar filtros' }).click();
    await page.getByText(`${CUSTOMERS} resultados`).waitFor();

    await page.goto('/customers');
    await page.getByText(`${CUSTOMERS} resultados`).waitFor();
    await page.getByRole('button', { name: 'Vistas' }).click();
    await page.getByRole('menuitem', { name: 'Sevilla por ventas', exact: true }).click();
    await until(() => words(page)).toEqual({ sort: '-revenue', province: 'Sevilla' });
    await page.getByText(`${SEVILLIANS} resultados`).waitFor();
    await page.getByRole('columnheader', { name: 'Provincia' }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('exports the rows of its filter and the columns on screen', async () => {
    const page = await world.owner();
    await page.goto('/customers?province=Sevilla&buyers=yes');
    await page.getByRole('button', { name: 'Exportar' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV, para hojas de cálculo' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('customers.csv');
    const text = readFileSync(await download.path(), 'utf8');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const [header, ...rows] = text
      .slice(1)
      .trim()
      .split('\r\n')
      .map((line) => line.split(';'));
    expect(header).toEqual([
      'Identificador',
      'Tipo',
      'Nombre',
      'Correo',
      'Teléfono',
      'Población',
      'Ventas',
      'Pedidos',
      'Última compra',
      'Grupo',
    ]);
    const { count } = await world.api.get<{ count: number }>('/customers/count?province=Sevilla&buyers=yes');
    expect(count).toBeGreaterThan(10);
    expect(count).toBeLessThan(SEVILLIANS);
    expect(rows).toHaveLength(count);
    expect(new Set(rows.map((row) => row[5]))).toEqual(new Set(['Sevilla']));
    expect(rows.map((row) => row[3])).toContain(crowd[1]!.email);
  });

  it('say of an address that leads to nobody what is not there, and where to go', async () => {
    const page = await world.owner();
    await page.goto('/customers/foo');
    await page.getByText('«foo» no identifica nada').waitFor();
    expect(await page.getByRole('button', { name: 'Reintentar' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Ir a Inicio' }).click();
    await page.waitForURL((url) => url.pathname === '/');
    await page.close();
  });

  it('finds people in spite of a typing error, by telephone however it is written, and says when nobody is found', async () => {
    const page = await world.owner();
    await page.goto('/customers');
    await page.getByText(`${CUSTOMERS} resultados`).waitFor();
    const box = page.getByRole('searchbox');
    for (const typed of ['ochotorrena', 'fernandes ochotorena', '655 90 98 08', '+34 655-909-808', MARIA.dni.toLowerCase(), MARIA.email]) {
      await box.fill(typed);
      await until(() => words(page)).toEqual({ search: typed });
      await page.locator('[role=grid][aria-busy=false]').waitFor();
      await until(() => names(page), typed).toEqual([nameOf(MARIA)]);
      await page.getByText('1 resultado', { exact: true }).waitFor();
    }
    await box.fill('xwzqk');
    await page.getByText('Nada coincide con lo que pides.').waitFor();
    await page.getByRole('searchbox').press('Escape');
    expect(takeTroubles(page)).toEqual([]);
  });

  it('⌘K takes one there from anywhere', async () => {
    const page = await world.owner();
    await page.goto('/value');
    await page.getByRole('heading', { name: 'Valor', level: 1 }).waitFor();
    for (const typed of ['ochotorrena', MARIA_MOBILE_ON_THE_WEB, MARIA.mobile, MARIA.key, MARIA.dni]) {
      await page.keyboard.press('Control+k');
      const box = page.getByRole('dialog');
      await box.getByRole('textbox').fill(typed);
      await box.getByText(nameOf(MARIA)).waitFor();
      if (typed === 'ochotorrena') await box.getByText('con una errata corregida').waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: nameOf(MARIA), level: 1 }).waitFor();
      await page.goto('/value');
      await page.getByRole('heading', { name: 'Valor', level: 1 }).waitFor();
    }
  });
});

describe('the profile', () => {
  it('says at the left who it is, what they are worth and what to do, and why', async () => {
    const page = await profile(MARIA);
    const summary = page.getByRole('complementary', { name: nameOf(MARIA) });
    const said = await summary.innerText();
    for (const part of [
      'Persona',
      'Campeones',
      'Da las gracias',
      '2250 €',
      `${ORDERS_OF_MARIA} pedidos`,
      MARIA.email,
      MARIA.dni,
      '14 mar 1979',
      'Madrid',
    ])
      expect(plain(said)).toContain(part);
    expect(said).toContain(CARD.label);
    expect(said).toContain(WEB.label);
    expect(await summary.getByRole('link', { name: 'Llamar' }).getAttribute('href')).toBe(`tel:+34${MARIA_MOBILE_ON_THE_WEB}`);
    await summary.getByRole('button', { name: /^Por qué: Da las gracias/ }).click();
    await page.getByText(/Está en «Campeones»: actualidad 5, frecuencia 5 y gasto 5, sobre 5\./).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it('tells what they did, where each fact comes from, and what they are worth', async () => {
    const page = await profile(MARIA);
    await until(() => page.getByRole('heading', { level: 3, name: /^Compra de 250,00/ }).count()).toBe(ORDERS_OF_MARIA);

    await page.getByRole('tab', { name: 'Datos' }).click();
    const phone = page.getByRole('row').filter({ has: page.getByRole('cell', { name: 'Móvil', exact: true }) });
    await phone.waitFor();
    const cells = (await phone.getByRole('cell').allInnerTexts()).map(plain);
    expect(cells[1]).toContain(MARIA_MOBILE_ON_THE_WEB);
    expect(cells[2]).toContain(WEB.label);
    expect(cells[3]).toContain(MARIA.mobile);
    await phone.getByRole('button', { name: 'Por qué: Móvil' }).click();
    await page.getByText(new RegExp(`^${CARD.label} dice «.*»`)).waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('tab', { name: 'Valor' }).click();
    for (const part of ['2250 €', '250,00 € de media', 'Decil 1']) {
      await until(async () => plain(await page.getByRole('tabpanel').innerText())).toContain(part);
    }
    await page.getByRole('img', { name: 'Ventas y margen por mes' }).waitFor();
    await page.getByRole('figure').filter({ hasText: 'Ventas y margen por mes' }).getByRole('button', { name: 'Ver tabla' }).click();
    await page.getByRole('region', { name: 'Ventas y margen por mes' }).getByRole('columnheader', { name: 'Ventas' }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('shows why its records are one person, as a chart and as a table', async () => {
    const page = await profile(MARIA, 'identity');
    await page.getByText('2 fichas de origen').waitFor();
    const chart = page.getByRole('img', { name: /de probabilidad de ser la misma persona/ });
    await until(() => chart.locator('svg path').count()).toBeGreaterThan(5);
    const figure = page.getByRole('figure').filter({ hasText: 'de probabilidad de ser la misma persona' });
    await figure.getByRole('button', { name: 'Ver tabla' }).click();
    const term = figure.getByRole('row').filter({ hasText: 'Documento de identidad' });
    expect((await term.innerText()).toUpperCase()).toContain(MARIA.dni);
    await term.getByText(/^suma \d/).waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it('keeps notes; one taken away by mistake comes back', async () => {
    const page = await profile(MARIA);
    const text = 'Prefiere que la llamemos por la tarde';
    await page.getByRole('button', { name: 'Nota', exact: true }).click();
    await page.getByLabel('Nueva nota').fill(text);
    await page.getByRole('button', { name: 'Guardar' }).click();
    const note = page.getByRole('listitem').filter({ hasText: text });
    await note.getByText(OWNER.name).waitFor();
    await note.getByRole('button', { name: 'Quitar la nota' }).click();
    await page.getByText('Nota quitada').waitFor();
    await until(() => note.count()).toBe(0);
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await note.waitFor();
    await page.reload();
    await note.waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('identity by hand', () => {
  it('a customer is split in two, and the split undone', async () => {
    const page = await profile(MARIA, 'identity');
    await page.getByText('2 fichas de origen').waitFor();
    expect(await page.getByRole('button', { name: /^Separar/ }).isEnabled()).toBe(false);
    await page.getByRole('checkbox', { name: WEB.label }).check();
    await page.getByRole('button', { name: 'Separar 1' }).click();
    const dialog = page.getByRole('dialog', { name: 'Separar 1 ficha en otro cliente' });
    expect(await dialog.getByRole('button', { name: 'Separar 1' }).isEnabled()).toBe(false);
    await dialog.getByLabel('¿Por qué?').fill('Son madre e hija');
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Separar 1' }).click();
    await page.getByText('Separado. Ahora son dos clientes.').waitFor();
    await page.getByText('1 ficha de origen').waitFor();
    await page.getByRole('region', { name: 'Historia de la identidad' }).getByText('Son madre e hija').waitFor();
    expect(await found(MARIA.surname2)).toBe(2);

    await page.getByRole('alert').getByRole('button', { name: 'Deshacer' }).click();
    await page.getByText('2 fichas de origen').waitFor();
    expect(await found(MARIA.surname2)).toBe(1);
    await page.getByRole('region', { name: 'Historia de la identidad' }).getByText('deshecho', { exact: true }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('two customers are made one, the old address leads to it, and it is undone', async () => {
    const { hits } = await world.api.get<{ hits: { id: string }[] }>(`/customers/search?q=${TXARO.surname1}`);
    const page = await profile(BEGO, 'identity');
    await page.getByText('1 ficha de origen').waitFor();
    await page.getByRole('button', { name: 'Unir con otro' }).click();
    const dialog = page.getByRole('dialog', { name: `Unir a ${nameOf(BEGO)} con otro cliente` });
    await dialog.getByRole('textbox', { name: '¿Con quién?' }).fill('Echebarrieta'); // as it sounds
    await dialog.getByRole('radio', { name: nameOf(TXARO) }).check();
    await dialog.getByLabel('¿Por qué?').fill('Lo ha dicho por teléfono');
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Unir con otro' }).click();
    await page.getByText('Unidos. Ahora son un solo cliente.').waitFor();
    await page.getByText('2 fichas de origen').waitFor();
    expect(await found('')).toBe(CUSTOMERS - 1);

    const old = await world.owner();
    await old.goto(`/customers/${hits[0]!.id}`);
    await old.getByText('Este cliente se unió con otro. Ves el que quedó.').waitFor();
    await old.getByRole('heading', { name: nameOf(BEGO), level: 1 }).waitFor();
    await old.getByRole('listitem').filter({ hasText: 'Se unió 1 ficha' }).getByText('Lo ha dicho por teléfono').waitFor();

    await page.getByRole('region', { name: 'Historia de la identidad' }).getByRole('button', { name: 'Deshacer' }).click();
    await page.getByText('1 ficha de origen').waitFor();
    expect(await found('')).toBe(CUSTOMERS);
    await old.goto(`/customers/${hits[0]!.id}`);
    await old.getByRole('heading', { name: nameOf(TXARO), level: 1 }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
    expect(takeTroubles(old)).toEqual([]);
  });
});

async function profile(person: typeof MARIA, tab = 'activity'): Promise<Page> {
  const { hits } = await world.api.get<{ hits: { id: string }[] }>(`/customers/search?q=${person.surname2}`);
  const page = await world.owner();
  await page.goto(`/customers/${hits[0]!.id}?tab=${tab}`);
  await page.getByRole('heading', { name: nameOf(person), level: 1 }).waitFor();
  return page;
}

const found = async (search: string): Promise<number> =>
  (await world.api.get<{ count: number }>(`/customers/count?search=${search}`)).count;

/** What stands in the address after the question mark. */
const words = (page: Page): Record<string, string> => Object.fromEntries(new URL(page.url()).searchParams);

/** A column of the list, in the order on screen. */
async function column(page: Page, header: string): Promise<string[]> {
  const headers = (await page.getByRole('columnheader').allInnerTexts()).map((text) => text.trim());
  const rows = await page.getByRole('grid').getByRole('row').all();
  return Promise.all(rows.slice(1).map((row) => row.getByRole('gridcell').nth(headers.indexOf(header)).innerText()));
}
const names = (page: Page) => page.locator('[data-row-link]').allInnerTexts();

/** Without the spaces that only set numbers apart, and with common ones. */
const plain = (text: string) => text.replace(/(?<=\d)[\s.\u202f\u00a0](?=\d)/g, '').replace(/[\u00a0\u202f]/g, ' ');
