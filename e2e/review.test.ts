// Deciding the pairs the program doubts: by keyboard alone, by thumb, in bulk, with a second person who disagrees.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAY_BE_ONE, MAY_BE_TWO, openDoubtfulShop } from './doubtful-people.ts';
import { axe, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const ALL = MAY_BE_ONE.length + MAY_BE_TWO.length;
const CLERK = { name: 'Íñigo Mirón', email: 'inigo@example.com', password: 'mirar bien y decidir' };

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await openDoubtfulShop(world);
});
afterAll(() => world?.stop());

/** The name both records of the pair on screen have. */
const shown = (page: Page) => page.getByRole('region', { name: 'Las dos fichas, dato a dato' }).getByRole('link').first().innerText();
const badge = (page: Page) => page.getByRole('link', { name: /^Revisión/ }).innerText();
const customersOf = async (name: string) => {
  const { items } = await world.api.get<{ items: { id: string; name: string; records: number }[] }>(
    `/customers?search=${encodeURIComponent(name)}&limit=50`,
  );
  return items.filter((item) => item.name.startsWith(name));
};
const openPairs = async () => (await world.api.get<{ openForAll: number }>('/review/statistics')).openForAll;
const settled = async (page: Page, name: string) => until(() => shown(page)).not.toContain(name);

describe('one pair at a time', () => {
  it('is decided by keyboard alone: same, different, unsure, skip, undo', async () => {
    const page = await world.owner();
    await page.goto('/review');
    await page.getByRole('heading', { name: 'Revisión', level: 1 }).waitFor();
    await until(() => badge(page)).toContain(String(ALL));
    await page.getByText(`0 de ${ALL} hoy`).waitFor();
    expect(await axe(page)).toEqual([]);

    // Same: the first of those that may be one.
    const one = await find(page, (name) => !name.includes('Zubia'));
    await page.getByText('¿Son la misma persona?', { exact: true }).waitFor();
    await page.getByText('El nombre coincide').waitFor();
    await page.getByText('estos dos clientes serán uno solo, con 2 fichas').waitFor();
    await page.keyboard.press('s');
    await settled(page, one);
    await page.getByRole('status').getByText('La misma. Hecho.').waitFor();
    await until(() => customersOf(one).then((found) => found.map(({ records }) => records))).toEqual([2]);
    await page.getByText(`1 de ${ALL} hoy`).waitFor();

    // Undone, it is the question again, and they are two again.
    await page.keyboard.press('z');
    await until(() => shown(page)).toContain(one);
    await page.getByText('Deshecho. Vuelve a estar por decidir.').waitFor();
    await until(() => customersOf(one).then((found) => found.length)).toBe(2);
    await page.keyboard.press('s');
    await settled(page, one);

    // Different: a customer that was one becomes two.
    const two = await find(page, (name) => name.includes('Zubia'));
    await page.getByText('Las hemos unido. ¿Son la misma persona?').waitFor();
    await page.getByText(/1 ficha dejará a .* y será otro cliente/).waitFor();
    expect((await customersOf(two)).map(({ records }) => records)).toEqual([2]);
    await page.keyboard.press('d');
    await settled(page, two);
    await until(() => customersOf(two).then((found) => found.length)).toBe(2);

    const unsure = await shown(page);
    await page.keyboard.press('u');
    await settled(page, unsure);
    await page.getByText('Sin decidir. La verá otra persona.').waitFor();
    await until(() => openPairs()).toBe(ALL - 2);
    await until(() => badge(page)).toContain(String(ALL - 3));
    await page.keyboard.press('z');
    await until(() => shown(page)).toContain(unsure);

    // A letter in a comment is a letter.
    await page.keyboard.press('c');
    await page.getByLabel('Comentario').fill('sé que es la misma');
    expect(await shown(page)).toContain(unsure);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('tells in the customer’s own page what was decided, and the customer is one', async () => {
    const page = await world.owner();
    const { items } = await world.api.get<{ items: { a: { name: string } }[] }>('/review/pairs?list=decided&limit=10');
    const joined = items.map(({ a }) => a.name).find((name) => !name.includes('Zubia'))!;
    const [customer] = await customersOf(joined);
    await page.goto(`/customers/${customer!.id}?tab=identity`);
    await page.getByText('2 fichas de origen').waitFor();
    await page.getByText('Lo decidió una persona.').first().waitFor();
    const history = page.getByRole('region', { name: 'Historia de la identidad' });
    await history.getByRole('button', { name: 'Deshacer' }).first().waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('fits a thumb', async () => {
    const page = await world.owner({ viewport: PHONE });
    await page.goto('/review');
    const first = await shown(page);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    const same = page.getByRole('button', { name: 'Son la misma' });
    expect((await same.boundingBox())!.height).toBeGreaterThanOrEqual(56);
    await page.getByRole('button', { name: 'Saltar' }).click();
    await settled(page, first);
    await page.getByRole('button', { name: 'No lo sé' }).click();
    await page.getByText('Sin decidir. La verá otra persona.').waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByText('Deshecho. Vuelve a estar por decidir.').waitFor();
    for (const path of ['/review/list', '/review/patterns', '/review/progress']) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'Revisión', level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      expect(await sidewaysScroll(page), path).toBe(0);
      expect(await axe(page), path).toEqual([]);
    }
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('in bulk', () => {
  it('shows how many and which, decides them all, and is taken back whole', async () => {
    const page = await world.owner();
    const before = await openPairs();
    await page.goto('/review/patterns');
    const row = page.getByRole('listitem').filter({ hasText: 'Distinto: correo.' });
    await row.getByText(`${MAY_BE_ONE.length - 1} parejas`).waitFor();
    await row.getByText('Ya decididas: 1 la misma, 0 distintas').waitFor();
    await row.getByRole('button', { name: 'Decidir todas' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`Se decidirán ${MAY_BE_ONE.length - 1} parejas, de ${(MAY_BE_ONE.length - 1) * 2} clientes.`).waitFor();
    expect(await dialog.getByRole('region', { name: 'Algunas de ellas' }).getByRole('listitem').count()).toBeGreaterThan(2);
    expect(await axe(page)).toEqual([]);
    await dialog.getByRole('radio', { name: 'Distintas' }).check();
    await dialog.getByRole('button', { name: `Decidir ${MAY_BE_ONE.length - 1} parejas` }).click();
    const bulks = page.getByRole('list', { name: 'Últimas decisiones en bloque' });
    await bulks.getByText('Hecha', { exact: true }).waitFor();
    await until(() => openPairs()).toBe(before - (MAY_BE_ONE.length - 1));
    await bulks.getByRole('button', { name: 'Deshacer en bloque' }).click();
    await bulks.getByText('Deshecha', { exact: true }).waitFor();
    await until(() => openPairs()).toBe(before);
    await row.getByText(`${MAY_BE_ONE.length - 1} parejas`).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('also for rows chosen in the list', async () => {
    const page = await world.owner();
    await page.goto('/review/list?doubt=inside');
    const boxes = page.getByRole('checkbox', { name: /Zubia/ });
    await boxes.first().waitFor();
    const before = await boxes.count();
    await boxes.nth(0).check();
    await boxes.nth(1).check();
    await page.getByRole('button', { name: 'Decidir 2' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Decidir 2 parejas' }).click();
    await until(() => page.getByRole('checkbox', { name: /Zubia/ }).count()).toBe(before - 2);
    await page.getByText('Decididas', { exact: true }).click();
    await until(() => new URL(page.url()).searchParams.get('list')).toBe('decided');
    await page.getByText('Tú: la misma').first().waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('two people', () => {
  it('who disagree: it waits for somebody who may settle it, and the customer shows it', async () => {
    const owner = await world.owner();
    await owner.goto('/review/progress');
    await owner.getByRole('switch', { name: 'Cada pareja la deciden dos personas' }).click();
    await until(() => world.api.get<{ secondOpinion: boolean }>('/review/settings').then(({ secondOpinion }) => secondOpinion)).toBe(true);
    const clerk = await invited(owner);

    // Many at once are for those who may merge customers; the clerk is told, and led to one by one.
    await clerk.goto('/review/patterns');
    await clerk.getByText(/Eso lo hace quien puede unir clientes/).waitFor();
    expect(await clerk.getByRole('button', { name: 'Decidir todas' }).count()).toBe(0);
    expect(await axe(clerk)).toEqual([]);
    await clerk.getByRole('link', { name: 'una a una.' }).click();
    await clerk.getByRole('heading', { name: 'Revisión', level: 1 }).waitFor();

    // The clerk says the same; nothing happens yet.
    await clerk.goto('/review');
    const name = await find(clerk, (one) => !one.includes('Zubia'));
    await clerk.getByText('Hace falta una segunda opinión').waitFor();
    await clerk.keyboard.press('s');
    await clerk.getByText('Apuntado. Falta una segunda opinión.').waitFor();
    expect((await customersOf(name)).length).toBe(2);

    // The owner sees that opinion, and does not share it.
    await owner.goto('/review');
    await find(owner, (one) => one.includes(name));
    await owner.getByText(`${CLERK.name}: la misma`).waitFor();
    await owner.keyboard.press('d');
    await owner.getByText('Alguien dijo lo contrario.').waitFor();

    // The clerk may not settle it.
    await clerk.goto('/review/list?list=disagreed');
    await clerk.getByRole('link', { name }).click();
    await clerk.getByText('Lo zanja alguien que pueda unir clientes.').waitFor();
    expect(
      await clerk
        .getByRole('button', { name: /Zanjar|Son la misma/ })
        .first()
        .isDisabled(),
    ).toBe(true);

    await owner.goto('/review');
    await owner.getByText('Hay 1 pareja en la que dos personas no están de acuerdo.').waitFor();
    await owner.getByRole('link', { name: 'Zanjar' }).click();
    await owner.getByText('1 resultado').waitFor();
    await owner.getByRole('link', { name }).click();
    await owner.getByText('Dos personas no están de acuerdo').waitFor();
    expect(await axe(owner)).toEqual([]);
    await owner.getByRole('button', { name: 'Zanjar: la misma' }).click();
    await owner.getByText('Zanjado.').waitFor();
    await until(() => customersOf(name).then((found) => found.map(({ records }) => records))).toEqual([2]);
    const [customer] = await customersOf(name);
    await owner.goto(`/customers/${customer!.id}?tab=identity`);
    await owner.getByText('2 fichas de origen').waitFor();

    await owner.goto('/review/progress');
    await owner.getByText('Acuerdo entre personas').waitFor();
    await owner.getByText('0 %').first().waitFor();
    await owner.getByRole('button', { name: 'Aprender de las decisiones' }).click();
    await owner.getByRole('progressbar').waitFor();
    await world.api.quiet();
    await owner.getByText('El programa ya conoce todas vuestras decisiones.').waitFor();
    await until(() => customersOf(name).then((found) => found.map(({ records }) => records))).toEqual([2]);
    expect(takeTroubles(owner)).toEqual([]);
    expect(takeTroubles(clerk)).toEqual([]);
  });
});

/** Skips to the first pair whose name will do. */
async function find(page: Page, will: (name: string) => boolean): Promise<string> {
  for (let looks = 0; looks < ALL; looks++) {
    const name = (await shown(page)).replace(/ · .*/, '');
    if (will(name)) return name;
    await page.keyboard.press('ArrowRight');
    await until(() => shown(page)).not.toContain(name);
  }
  throw new Error('No pair like that is asked.');
}

/** Somebody of the customer service, signed in. */
async function invited(owner: Page): Promise<Page> {
  await owner.goto('/people');
  await owner.getByRole('button', { name: 'Invitar a una persona' }).click();
  const dialog = owner.getByRole('dialog');
  await dialog.getByLabel('Correo electrónico').fill(CLERK.email);
  await dialog.getByRole('combobox', { name: 'Rol' }).click();
  await owner.getByRole('option', { name: /^Atención/ }).click();
  await dialog.getByRole('button', { name: 'Invitar', exact: true }).click();
  const link = await dialog.locator('code').innerText();
  const page = await world.visitor();
  await page.goto(link);
  await page.getByLabel('Tu nombre').fill(CLERK.name);
  await page.getByLabel('Contraseña nueva').fill(CLERK.password);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.getByRole('heading', { name: 'Inicio', level: 1 }).waitFor();
  return page;
}
