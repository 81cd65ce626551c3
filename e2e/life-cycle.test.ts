// Where customers stand, how they come to be customers, what becomes of them and who is about to leave: on a laptop and a telephone.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const SOURCE = { name: 'tienda', label: 'Tienda', country: 'ES', trust: 60 };
const DAY = 86_400_000;
const PEOPLE = 400;
const PROSPECTS = 12;
const GIVEN = 'Lucía Pablo Carmen Javier Elena Sergio Rosa Raúl Inés Marcos Nuria Hugo'.split(' ');
const SURNAMES = 'García López Ruiz Gil Moreno Vega Castro Ortiz Rubio Sanz Iglesias Cano Prieto Lozano Cruz Calvo Gallego'.split(' ');

const two = (n: number) => String(n).padStart(2, '0');
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

/** The same numbers every time. */
function random(seed: number): number {
  let t = Math.imul(seed ^ (seed >>> 15), 2_246_822_519) ^ Math.imul(seed, 3_266_489_917);
  t = Math.imul(t ^ (t >>> 13), 668_265_263);
  return ((t ^ (t >>> 16)) >>> 0) / 4_294_967_296;
}

const people = Array.from({ length: PEOPLE + PROSPECTS }, (_, n) => [
  `C${n}`,
  GIVEN[n % GIVEN.length]!,
  SURNAMES[(n * 7) % SURNAMES.length]!,
  SURNAMES[(n * 3 + Math.floor(n / 17)) % SURNAMES.length]!,
  `19${50 + ((n * 7) % 50)}-${two(1 + (n % 12))}-${two(1 + ((n * 5) % 28))}`,
  `persona.${n}@correo.example`,
  n % 2 ? 'Madrid' : 'Sevilla',
]);

/** Everybody has a rhythm between five and thirty days; a third leave, each on a day of their own, slower and slower before it. */
function purchases(): string[][] {
  const rows: string[][] = [];
  for (let n = 0; n < PEOPLE; n++) {
    const rhythm = 5 + random(n) * 25;
    const leaves = n % 3 === 0 ? 20 + random(n + 5_000) * 500 : -1;
    let day = 620 - random(n + 9_000) * 560;
    for (let i = 0; day > Math.max(leaves, 0); i++) {
      rows.push([
        `${n}-${i}`,
        `C${n}`,
        daysAgo(Math.floor(day)),
        'Café',
        '1',
        (8 + random(n * 31 + i) * 30).toFixed(2).replace('.', ','),
        n % 4 ? 'tienda' : 'web',
      ]);
      const slower = leaves > 0 && day - leaves < 60 ? 1.8 : 1;
      day -= rhythm * slower * (0.5 + random(n * 97 + i));
    }
  }
  return rows;
}

let world: World;
let page: Page;

beforeAll(async () => {
  world = await startWorld();
  const { api } = world;
  await api.send('/sources', SOURCE);
  const load = (name: string, kind: string, mapping: Record<string, string>, rows: string[][]) => {
    const path = world.path(name);
    writeFileSync(path, [Object.keys(mapping), ...rows].map((cells) => cells.join(';')).join('\n'));
    return api.importFile(path, { source: SOURCE.name, kind, mapping, options: {} });
  };
  await load(
    'clientes.csv',
    'customers',
    {
      codigo: 'key',
      nombre: 'given_name',
      apellido1: 'surname1',
      apellido2: 'surname2',
      nacimiento: 'birth_date',
      correo: 'email',
      provincia: 'province',
    },
    people,
  );
  await load(
    'compras.csv',
    'purchases',
    {
      ticket: 'order_key',
      cliente: 'customer_key',
      fecha: 'occurred_at',
      articulo: 'product_name',
      unidades: 'quantity',
      importe: 'amount',
      canal: 'channel',
    },
    purchases(),
  );
  await api.quiet();
  await api.jobs();
  page = await world.ownerForLong();
}, 180_000);
afterAll(() => world?.stop());

describe('the cycle', () => {
  it('shows every stage with its customers, and opens them', async () => {
    await page.goto('/life-cycle');
    const stages = page.getByRole('list', { name: 'Las etapas' });
    await stages.waitFor();
    expect(await stages.getByRole('listitem').count()).toBe(8);
    const lost = stages.getByRole('listitem').filter({ hasText: 'Perdido' });
    const number = await lost.getByRole('link').innerText();
    expect(Number(number)).toBeGreaterThan(40);
    await page.getByText(/cambiado de etapa en los últimos 30 días/).waitFor();
    await page.getByText(/De media se pierde un/).waitFor();
    expect(await axe(page)).toEqual([]);
    await lost.getByRole('link').click();
    await page
      .getByText(new RegExp(`^${number} resultados?$`))
      .first()
      .waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('opens who moved', async () => {
    await page.goto('/life-cycle');
    await page.getByRole('figure').filter({ hasText: 'cambiado de etapa' }).getByRole('button', { name: 'Ver tabla' }).click();
    const link = page.getByRole('figure').filter({ hasText: 'cambiado de etapa' }).getByRole('link').first();
    const number = await link.innerText();
    await link.click();
    await page.getByRole('heading', { name: / en 30 días$/ }).waitFor();
    await page
      .getByText(new RegExp(`^${number} resultados?$`))
      .first()
      .waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the risk', () => {
  it('says who is about to leave, why, and how far to trust it', async () => {
    await page.goto('/life-cycle?tab=risk');
    const list = page.getByRole('list', { name: 'Quién está a punto de irse' });
    await list.getByRole('listitem').first().waitFor();
    await page.getByText(/Se probó con|Aún no hay historia bastante/).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('is on the profile, with the rhythm drawn', async () => {
    await page.goto('/life-cycle?tab=risk');
    await page.getByRole('list', { name: 'Quién está a punto de irse' }).getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Ciclo de vida' }).waitFor();
    await page.getByText(/Cada punto es una espera entre compras/).waitFor();
    await page
      .getByRole('button', { name: '¿Por qué?: Riesgo' })
      .or(page.getByRole('button', { name: /Riesgo/ }))
      .first()
      .click();
    await page
      .getByText(/El riesgo sale de/)
      .first()
      .waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the cohorts', () => {
  it('open a cell into its customers', async () => {
    await page.goto('/life-cycle?tab=cohorts');
    const cell = page.getByRole('link', { name: /, 2 meses después: / }).first();
    await cell.waitFor();
    expect(await axe(page)).toEqual([]);
    const [customers] = /: (\d+) de/.exec((await cell.getAttribute('aria-label'))!)!.slice(1);
    await cell.click();
    await page.getByRole('heading', { name: /^Primera compra en .* compraron 2 meses después$/ }).waitFor();
    await page
      .getByText(new RegExp(`^${customers} resultados?$`))
      .first()
      .waitFor();
    await page.goto('/life-cycle?tab=cohorts&size=quarter&measure=revenue');
    await page
      .getByRole('rowheader', { name: /^T\d \d{4}$/ })
      .first()
      .waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the funnel', () => {
  it('counts each step and opens who stays there', async () => {
    await page.goto('/life-cycle?tab=funnel');
    const funnel = page.getByRole('list', { name: 'Embudo' });
    await funnel.getByText('Segunda compra').waitFor();
    expect(await axe(page)).toEqual([]);
    const stuck = funnel.getByRole('link', { name: /se queda/ }).first();
    const [, number] = /^([\d.]+)/.exec(await stuck.innerText())!;
    await stuck.click();
    await page.getByRole('heading', { name: /^Se quedan en/ }).waitFor();
    await page
      .getByText(new RegExp(`^${number} resultados?$`))
      .first()
      .waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('takes other steps and a market, and takes them back', async () => {
    await page.goto('/life-cycle/funnel');
    await page.getByLabel('Cuántos hay').fill('5000');
    await page.getByRole('button', { name: 'Quitar Nos recomienda' }).click();
    await page.getByLabel('Paso 5').fill('Cliente fijo');
    await page.getByRole('button', { name: 'Ver a cuántos mueve' }).click();
    await page.getByRole('status').getByText('Cliente fijo').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Guardar' }).click();
    const funnel = page.getByRole('list', { name: 'Embudo' });
    await funnel.getByText('Cliente fijo').waitFor();
    await funnel.getByText('Mercado objetivo').waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await funnel.getByText('Nos recomienda').waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the rules', () => {
  it('show how many they would move, are saved, and are taken back', async () => {
    await page.goto('/life-cycle/rules');
    await page.getByLabel('En riesgo').fill('70');
    await page.getByRole('button', { name: 'Ver a cuántos mueve' }).click();
    await page.getByText(/Cambiarían? de etapa \d+ de/).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Guardar y recalcular' }).click();
    await page.getByText(/Ana Prueba las cambió/).waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).last().click();
    await page.getByText(/Ana Prueba deshizo un cambio/).waitFor();
    await until(() => page.getByLabel('En riesgo').inputValue()).toBe('90 %');
    expect(takeTroubles(page)).toEqual([]);
  });
});

it('fits a telephone, in English too', async () => {
  const small = await world.again(page, { viewport: PHONE, locale: 'en-GB' });
  for (const path of [
    '/life-cycle',
    '/life-cycle?tab=funnel',
    '/life-cycle?tab=cohorts',
    '/life-cycle?tab=risk',
    '/life-cycle/rules',
    '/life-cycle/funnel',
  ]) {
    await small.goto(path);
    await small.getByRole('heading', { level: 1 }).waitFor();
    await small.waitForLoadState('networkidle');
    expect([path, await sidewaysScroll(small)]).toEqual([path, 0]);
  }
  expect(takeTroubles(small)).toEqual([]);
});
