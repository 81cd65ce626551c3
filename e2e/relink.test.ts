// Changing the rules that link records: what would change, apply, undo; and the records of one customer as a map, by hand.
import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BEGO, crowd, CUSTOMERS, MARIA, openShop, TXARO, WEB } from './small-shop.ts';
import { axe, PHONE, showIfFailed, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

/** Children who answered a survey from their mother's telephone and mail: another given name, everything else hers. */
const CHILDREN = 5;
const SURVEY = { name: 'encuestas', label: 'Encuestas', country: 'ES', trust: 40 };

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await openShop(world);
  await world.api.send('/sources', SURVEY);
  const file = world.path('encuestas.csv');
  const rows = crowd
    .slice(40, 40 + CHILDREN)
    .map(({ key, surname1, surname2, email, mobile, city }) => [`E${key}`, 'Ximena', surname1, surname2, email, mobile, city].join(';'));
  writeFileSync(file, ['codigo;nombre;apellido1;apellido2;correo;movil;ciudad', ...rows].join('\n'));
  await world.api.importFile(file, {
    source: SURVEY.name,
    kind: 'customers',
    mapping: {
      codigo: 'key',
      nombre: 'given_name',
      apellido1: 'surname1',
      apellido2: 'surname2',
      correo: 'email',
      movil: 'mobile',
      ciudad: 'city',
    },
    options: {},
  });
  await world.api.quiet();
});
afterAll(() => world?.stop());

const customers = async () => (await world.api.get<{ count: number }>('/customers/count')).count;
const ALL = CUSTOMERS + CHILDREN;

describe('the rules of linkage', () => {
  it('are changed with a preview, applied, and undone whole', async () => {
    expect(await customers()).toBe(ALL);
    const page = await world.owner();
    showIfFailed(page);
    await page.goto('/linking-rules');
    await page.getByText('Las que trae Vínculo').first().waitFor();
    const see = page.getByRole('button', { name: 'Ver qué cambiaría' });
    expect(await see.isEnabled()).toBe(false);
    await page.getByRole('checkbox', { name: 'el nombre es distinto (gemelos, hermanos)' }).uncheck();
    expect(await see.isEnabled()).toBe(false);
    await page.getByLabel('¿Por qué lo cambias?').fill('En esta tienda compran por la familia');
    expect(await axe(page)).toEqual([]);
    await see.click();

    await page.getByRole('heading', { name: 'En esta tienda compran por la familia', level: 1 }).waitFor();
    await page.getByRole('button', { name: `Aplicar a ${CHILDREN} fichas` }).waitFor();
    await page.getByText('Ya no impide unir: el nombre es distinto (gemelos, hermanos)').waitFor();
    expect(await customers()).toBe(ALL);
    const examples = page.getByRole('list', { name: 'Ejemplos de uniones' });
    expect(await examples.getByRole('listitem').count()).toBe(CHILDREN);
    await examples
      .getByRole('button', { name: /^Comparar/ })
      .first()
      .click();
    await examples.getByRole('columnheader', { name: /Ximena/ }).waitFor();
    await examples.getByText('Por qué se unen').waitFor();
    await until(() => examples.locator('figure svg path').count()).toBeGreaterThan(3);
    expect(await axe(page)).toEqual([]);

    await page.getByRole('button', { name: `Aplicar a ${CHILDREN} fichas` }).click();
    const dialog = page.getByRole('dialog', { name: '¿Aplicar estas reglas?' });
    await dialog.getByText(`Clientes que se unirán a otro: ${CHILDREN}.`, { exact: false }).waitFor();
    await dialog.getByRole('button', { name: 'Aplicar las reglas' }).click();
    const undo = page.getByRole('button', { name: 'Deshacer todo el cambio' });
    await undo.waitFor();
    await until(customers).toBe(ALL - CHILDREN);
    await page.getByRole('link', { name: 'Ver las reglas' }).click();
    await page.getByText('Versión 1, de Ana Prueba', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'En esta tienda compran por la familia' }).click();

    await undo.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Deshacer todo el cambio' }).click();
    await page.getByText(`Fichas que han vuelto a su cliente: ${CHILDREN}.`, { exact: false }).waitFor();
    await until(customers).toBe(ALL);
    await page.getByText('Lo deshizo · Ana Prueba', { exact: false }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('are put aside on a telephone, too', async () => {
    const page = await world.owner({ viewport: PHONE });
    showIfFailed(page);
    await page.goto('/linking-rules');
    await page.getByRole('switch', { name: 'Que lo elija Vínculo' }).click({ force: true });
    await page.getByRole('slider', { name: '¿Cuánto arriesgar?' }).press('Home');
    await page.getByText(/^De cada 100 uniones, unas/).waitFor();
    await page.getByLabel('¿Por qué lo cambias?').fill('Más prudencia');
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole('button', { name: 'Ver qué cambiaría' }).click();
    await page.getByText('Probabilidad exigida: de automática a', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Aplicar', exact: false }).waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole('button', { name: 'Descartar' }).click();
    await page.getByText('Cambio descartado').waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the health of the model', () => {
  it('says how it stands; trained anew it shows first whom that would touch', async () => {
    const page = await world.owner();
    showIfFailed(page);
    await page.goto('/model-health');
    await page.getByText('Aún no se ha medido con datos posteriores.').waitFor();
    await page.getByRole('button', { name: 'Medir ahora' }).click();
    await page.getByText(/^Medido/).waitFor();
    await page.getByRole('img', { name: /Aciertos y cobertura esperados/ }).waitFor();
    const figure = page.getByRole('figure').filter({ hasText: 'lo que suma o resta cada parecido' });
    await figure.getByRole('button', { name: 'Ver tabla' }).click();
    await figure.getByRole('cell', { name: 'igual', exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Entrenar de nuevo' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Entrenar de nuevo' }).click();
    await page.getByText('Las reglas son las mismas; solo se entrena el modelo otra vez.').waitFor();
    await page.getByText('El modelo se ha entrenado de nuevo para estas reglas.', { exact: false }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

describe('the records of a customer as a map', () => {
  it('are split by hand, and the split undone', async () => {
    const page = await explorer(MARIA.surname2);
    const chart = page.getByRole('img', { name: /la línea más débil/ });
    await until(() => chart.locator('svg path').count()).toBeGreaterThan(2);
    await page.getByText(/^La unión más débil/).waitFor();
    const figure = page.getByRole('figure').filter({ hasText: 'la línea más débil' });
    await figure.getByRole('button', { name: 'Ver tabla' }).click();
    await figure.getByRole('button', { name: 'Ver por qué' }).click();
    await page.getByRole('img', { name: /de probabilidad de ser la misma persona/ }).waitFor();
    expect(await axe(page)).toEqual([]);

    await page.getByRole('checkbox', { name: new RegExp(WEB.label) }).check();
    await page.getByRole('button', { name: 'Separar 1' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('¿Por qué?').fill('Son madre e hija');
    await dialog.getByRole('button', { name: 'Separar 1' }).click();
    await page.getByText('Separado. Ahora son dos clientes.').waitFor();
    await page.getByText('Tiene una sola ficha: no hay nada que explicar.').first().waitFor();
    expect(await customers()).toBe(ALL + 1);
    await page.getByRole('region', { name: 'Historia de la identidad' }).getByRole('button', { name: 'Deshacer' }).click();
    await page.getByRole('img', { name: /la línea más débil/ }).waitFor();
    expect(await customers()).toBe(ALL);
    await page.getByRole('region', { name: 'Historia de la identidad' }).getByText('deshecho', { exact: true }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('are merged by hand with somebody found, after a look at what would come of it; undone again', async () => {
    const page = await explorer(BEGO.surname2);
    await page.getByText('Tiene una sola ficha: no hay nada que explicar.').first().waitFor();
    await page.getByRole('button', { name: 'Unir con otro' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '¿Con quién?' }).fill(TXARO.surname1);
    await dialog.getByRole('radio', { name: TXARO.given, exact: false }).check();
    const result = dialog.getByRole('region', { name: 'Cómo quedaría' }).last();
    await result.getByRole('row').filter({ hasText: 'Correo' }).getByText(BEGO.email).first().waitFor();
    expect(await axe(page)).toEqual([]);
    await dialog.getByLabel('¿Por qué?').fill('Lo ha dicho por teléfono');
    await dialog.getByRole('button', { name: 'Unir con otro' }).click();
    await page.getByText('Unidos. Ahora son un solo cliente.').waitFor();
    await page.getByText('Alguien dijo que son la misma').waitFor();
    expect(await customers()).toBe(ALL - 1);
    await page.getByRole('alert').getByRole('button', { name: 'Deshacer' }).click();
    await page.getByText('Tiene una sola ficha: no hay nada que explicar.').first().waitFor();
    expect(await customers()).toBe(ALL);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('fit a telephone', async () => {
    const page = await explorer(MARIA.surname2, { viewport: PHONE });
    await until(() =>
      page
        .getByRole('img', { name: /la línea más débil/ })
        .locator('svg path')
        .count(),
    ).toBeGreaterThan(2);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });
});

/** From the profile, as a person would get there. */
async function explorer(surname: string, options = {}): Promise<Page> {
  const { hits } = await world.api.get<{ hits: { id: string }[] }>(`/customers/search?q=${surname}`);
  const page = await world.owner(options);
  showIfFailed(page);
  await page.goto(`/customers/${hits[0]!.id}?tab=identity`);
  const way = page.getByRole('link', { name: 'Explorar sus fichas' });
  await page
    .getByText(/fichas? de origen/)
    .first()
    .waitFor();
  if (await way.count()) await way.click();
  else await page.goto(`/customers/${hits[0]!.id}/cluster`);
  await page.getByRole('heading', { name: /^Fichas de/, level: 1 }).waitFor();
  return page;
}
