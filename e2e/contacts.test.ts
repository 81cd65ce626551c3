// Calls and visits: written down with the keyboard alone in a few keys, found, kept, taken back; the caller known at once.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MARIA, openShop } from './small-shop.ts';
import { axe, OWNER, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await openShop(world);
});
afterAll(() => world?.stop());

/** The role of what has the focus. */
const focused = (page: Page): Promise<string | null> => page.evaluate<string | null>(`document.activeElement?.getAttribute('role')`);

/** Presses keys one after another and counts them. */
function typist(page: Page) {
  let keys = 0;
  return {
    async type(text: string) {
      for (const letter of text) {
        keys++;
        await page.keyboard.press(letter);
      }
    },
    async press(key: string) {
      keys++;
      await page.keyboard.press(key);
    },
    get keys() {
      return keys;
    },
  };
}

const list = async (words: string) =>
  (
    await world.api.get<{
      items: { id: string; customer: { name: string } | null; outcome: string; body: string; minutes: number | null }[];
    }>(`/contacts?${words}`)
  ).items;

describe('a call', () => {
  it('is written down with the keyboard alone, in six keys and under ten seconds, and the form is ready for the next', async () => {
    const page = await world.owner();
    await page.goto('/contacts/new?kind=call');
    await until(() => focused(page)).toBe('combobox');
    const began = Date.now();
    const hands = typist(page);
    await hands.type('och');
    // Nothing waits for the answer: whoever types fast loses nothing.
    await hands.press('Enter');
    await hands.press('1');
    await page.getByRole('radio', { name: 'Resuelto', checked: true }).waitFor();
    await hands.press('Enter');
    await page.getByText(/Llamada guardada: .*Ochotorena/).waitFor();
    const seconds = (Date.now() - began) / 1_000;
    expect(hands.keys).toBe(6);
    expect(seconds).toBeLessThan(10);
    console.log(`A call written down in ${hands.keys} keys and ${seconds.toFixed(1)} s`);
    await until(() => focused(page)).toBe('combobox');
    expect(await list('search=ochotorena')).toMatchObject([{ outcome: 'Resuelto', minutes: 1 }]);

    // The next, with a note of two lines and a subject by its number.
    await hands.type('och');
    await hands.press('Enter');
    await until(() => focused(page)).toBe('radio');
    await hands.press('2');
    await page.keyboard.type('No estaba');
    await hands.press('Shift+Enter');
    await page.keyboard.type('Vuelve el lunes');
    await hands.press('Alt+1');
    await hands.press('Enter');
    await page
      .getByText(/Llamada guardada/)
      .first()
      .waitFor();
    await until(async () => (await list('outcome=No+contesta')).map(({ body }) => body)).toEqual(['No estaba\nVuelve el lunes']);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('is taken back within ten seconds', async () => {
    const page = await world.owner();
    await page.goto('/contacts/new?kind=call');
    await page.getByRole('combobox', { name: '¿Con quién?' }).fill('ochotorena');
    await page
      .getByRole('option', { name: /Ochotorena/ })
      .first()
      .click();
    await page.getByRole('radio', { name: 'Reclamación' }).click();
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await until(async () => (await list('outcome=Reclamaci%C3%B3n')).length).toBe(1);
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await until(async () => (await list('outcome=Reclamaci%C3%B3n')).length).toBe(0);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('that comes in shows who it is and what to do within five seconds of the telephone system opening it', async () => {
    const page = await world.owner();
    await page.goto('/');
    const began = Date.now();
    await page.goto(`/contacts/new?phone=+34${MARIA.mobile}`);
    const side = page.getByRole('complementary').filter({ hasText: 'Últimos contactos' });
    await side.getByRole('heading', { name: /Ochotorena/ }).waitFor();
    await side.getByText('Resuelto').waitFor();
    expect(Date.now() - began).toBeLessThan(5_000);
    await until(() => focused(page)).toBe('radio');
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('of somebody nobody knows makes a customer on the spot', async () => {
    const page = await world.owner();
    await page.goto('/contacts/new?phone=+34911998877');
    await page.getByText('Nadie tiene el número +34911998877.').waitFor();
    await page.getByRole('button', { name: /Nuevo cliente/ }).click();
    await until(() => page.getByLabel('Móvil').inputValue()).toBe('+34911998877');
    await page.getByLabel('Nombre completo').fill('Edurne Lizarraga');
    await page.keyboard.press('Enter');
    await page.getByRole('radio', { name: 'Interesado' }).click();
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByText('Llamada guardada: Edurne Lizarraga').waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('promised for another day is due on the screen, and made from there closes the promise', async () => {
    const { id } = (await list('search=lizarraga'))[0]!;
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await world.api.get(`/contacts/${id}`, {
      method: 'PATCH',
      body: JSON.stringify({ followUp: { on: yesterday, note: 'Mandar catálogo' } }),
      headers: { 'content-type': 'application/json' },
    });
    const page = await world.owner();
    await page.goto('/contacts/new?kind=call');
    await page.getByText(/Con retraso · .* · Mandar catálogo/).waitFor();
    await page.getByRole('link', { name: 'Edurne Lizarraga' }).click();
    await page.getByText(/Cierra lo pendiente/).waitFor();
    await page.getByRole('radio', { name: 'Resuelto' }).click();
    await page.keyboard.press('Enter');
    await page.getByText('Nada pendiente para hoy.').waitFor();
    expect(await list('due=open&search=lizarraga')).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('a visit', () => {
  it('is written down with a thumb', async () => {
    const page = await world.owner({ viewport: PHONE, hasTouch: true });
    await page.goto('/contacts/new?kind=visit');
    await page.getByRole('combobox', { name: '¿Con quién?' }).fill('lizarr');
    await page.getByRole('option', { name: /Lizarraga/ }).tap();
    await page.getByRole('radio', { name: 'Presupuesto pedido' }).tap();
    const choice = await page.getByRole('radio', { name: 'Sin novedad' }).boundingBox();
    expect(choice!.height).toBeGreaterThanOrEqual(44);
    await page.getByLabel('Lugar').fill('Polígono Sur, nave 4');
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Guardar', exact: true }).tap();
    await page.getByText('Visita guardada: Edurne Lizarraga').waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the customer', () => {
  it('has the call in the timeline at once, from which it is opened, corrected and deleted', async () => {
    const { hits } = await world.api.get<{ hits: { id: string }[] }>('/customers/search?q=lizarraga');
    const page = await world.owner();
    await page.goto(`/customers/${hits[0]!.id}`);
    await page.getByRole('link', { name: 'Anotar llamada' }).click();
    await page.getByRole('radio', { name: 'Pedido' }).first().click();
    await page.getByLabel('Nota').fill('Pide dos kilos');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Edurne Lizarraga' }).waitFor();
    const row = page.getByRole('listitem').filter({ hasText: 'Pide dos kilos' });
    await row.getByText(OWNER.name).waitFor();
    await row.getByRole('link', { name: 'Abrir' }).click();
    // The page of the customer has a note of its own.
    await page.waitForURL(/\/contacts\//);
    await page.getByLabel('Nota', { exact: true }).fill('Pide tres kilos');
    await page.getByRole('button', { name: 'Guardar', exact: true }).click();
    await page.getByText('Cambios guardados').waitFor();
    await page.goto(`/customers/${hits[0]!.id}`);
    await page.getByText('Pide tres kilos').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Pide tres kilos' }).getByRole('link', { name: 'Abrir' }).click();
    await page.getByRole('button', { name: 'Borrar', exact: true }).click();
    await page.getByText('Contacto borrado').first().waitFor();
    await until(async () => (await list('search=tres+kilos')).length).toBe(0);
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the log', () => {
  it('tells how the day goes, and each figure leads to its list', async () => {
    const page = await world.owner();
    await page.goto('/contacts');
    const figures = page.getByRole('region', { name: 'Cifras' });
    await figures.getByText('Visitas', { exact: true }).waitFor();
    await figures.getByRole('link', { name: '1', exact: true }).first().click();
    await until(() => page.getByRole('link', { name: 'Edurne Lizarraga' }).count()).toBe(1);
    await page.getByRole('button', { name: 'Hoy', exact: true }).click();
    await until(() => new URL(page.url()).searchParams.get('from')).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('has the company’s own words: one added is there with its number', async () => {
    const page = await world.owner();
    await page.goto('/contacts/choices');
    await page.getByRole('region', { name: 'De las llamadas' }).getByLabel('Nuevo resultado').fill('Pide catálogo');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Subir «Pide catálogo»' }).click();
    await until(() =>
      page
        .getByRole('region', { name: 'De las llamadas' })
        .getByRole('list', { name: 'Resultados' })
        .getByRole('listitem')
        .nth(-2)
        .textContent(),
    ).toContain('Pide catálogo');
    await page.getByRole('button', { name: 'Archivar «Pide catálogo»' }).click();
    await page.getByRole('button', { name: 'Recuperar: Pide catálogo' }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});
