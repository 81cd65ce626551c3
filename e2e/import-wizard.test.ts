// The wizard with the kind of file people really have: Latin-1, semicolons, decimal commas, days first, and rows that are wrong.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, startWorld, takeTroubles, until, type World } from './world.ts';

const FILE = 'clientes caja.csv';
const SOURCE = 'Caja de la tienda';
const COLUMNS: [column: string, meaning: string][] = [
  ['Código', 'Clave en la fuente'],
  ['Nombre', 'Nombre'],
  ['Primer apellido', 'Primer apellido'],
  ['Segundo apellido', 'Segundo apellido'],
  ['NIF', 'Documento de identidad'],
  ['Correo electrónico', 'Correo electrónico'],
  ['Teléfono móvil', 'Móvil'],
  ['Fecha de nacimiento', 'Fecha de nacimiento'],
  ['Dirección', 'Dirección'],
  ['C.P.', 'Código postal'],
  ['Población', 'Población'],
  ['Fecha de alta', 'Fecha de alta'],
  ['Saldo', 'No importar'],
];
const HEADER = COLUMNS.map(([column]) => column);
type Row = Record<string, string>;

const NAMES = ['Begoña', 'Íñigo', 'María José', 'Óscar', 'Núria', 'Ángel'];
const good = (n: number): Row => ({
  Código: `C${String(n).padStart(3, '0')}`,
  Nombre: NAMES[n % NAMES.length]!,
  'Primer apellido': ['Núñez', 'Peña', 'Agüero', 'Ibáñez'][n % 4]!,
  'Segundo apellido': ['Muñoz', 'Cortés', 'Ordóñez'][n % 3]!,
  NIF: `${30_000_000 + n}${'TRWAGMYFPDXBNJZSQVHLCKE'[(30_000_000 + n) % 23]}`,
  'Correo electrónico': `cliente.${n}@correo.example`,
  'Teléfono móvil': `6${11_000_000 + n * 1_371}`,
  'Fecha de nacimiento': `${13 + (n % 15)}/0${1 + (n % 9)}/19${60 + (n % 35)}`,
  Dirección: `C/ Peñíscola ${n}`,
  'C.P.': '28004',
  Población: 'Alcalá de Henares',
  'Fecha de alta': `${13 + (n % 15)}/11/2024`,
  Saldo: `${n},50`,
});

// Row 1 of the file is the header. What is wrong comes early, where the preview looks.
const badEmail: Row = { ...good(101), 'Correo electrónico': 'sin-arroba.correo.example' };
const badDate: Row = { ...good(102), 'Fecha de nacimiento': '31/02/1980' };
const noKey: Row = { ...good(103), Código: '' };
const tooFew = HEADER.slice(0, 6).map((column) => good(104)[column]!);
const tooMany = [...Object.values(good(105)), 'de más'];
const sameKeyAgain: Row = { ...good(1), 'Teléfono móvil': '699000111' };
const ROWS: string[][] = [
  ...[1, 2].map((n) => Object.values(good(n))),
  Object.values(badEmail), // 4
  Object.values(badDate), // 5
  Object.values(noKey), // 6
  tooFew, // 7
  tooMany, // 8
  ...Array.from({ length: 38 }, (_, n) => Object.values(good(n + 3))),
  Object.values(sameKeyAgain),
];
const text = (rows: string[][]) => [HEADER, ...rows].map((cells) => cells.join(';')).join('\r\n');

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

describe('importing a bad file', () => {
  let address: string;

  it('reads how it is written, proposes what it means, shows it first, and takes what is right', async () => {
    const page = await world.owner();
    await page.goto('/imports/new');
    await page.getByText('Suelta aquí un archivo o').waitFor();
    expect(await axe(page)).toEqual([]);
    await drop(page, FILE, Buffer.from(text(ROWS), 'latin1'));

    await step(page, 'Qué es');
    await page
      .getByText(
        'CSV, separado por punto y coma (;), caracteres Latin-1, decimales con coma (1,5), fechas día/mes/año y la primera fila son títulos.',
      )
      .waitFor();
    expect(await page.getByRole('radio', { name: /^Clientes/ }).isChecked()).toBe(true);
    const preview = page.getByRole('complementary', { name: 'Vista previa' });
    await preview.getByText('Begoña').or(preview.getByText('Íñigo')).first().waitFor();
    await next(page);
    await page.getByText('Ponle un nombre a la fuente.').waitFor();
    await page.getByLabel('¿De dónde viene?').fill(SOURCE);
    expect(await axe(page)).toEqual([]);
    await next(page);

    await step(page, 'Columnas');
    await page.getByText('Se importan 12 de 13 columnas.').waitFor();
    const meanings = await Promise.all(
      HEADER.map((column) => page.getByRole('combobox', { name: `Qué significa la columna ${column}`, exact: true }).inputValue()),
    );
    expect(HEADER.map((column, i) => [column, meanings[i]])).toEqual(COLUMNS);
    await preview.getByRole('heading', { name: 'Fila 2' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await next(page);

    await step(page, 'Comprobar');
    await page
      .getByText(
        /^Estas son las \d+ primeras filas, tal como quedarán\. 3 se rechazarán: podrás corregirlas después\. 2 tienen algún dato dudoso: entran, marcados\.$/,
      )
      .waitFor();
    const rowAt = (row: number) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: new RegExp(`^${row}\\b`) }) });
    expect(await rowAt(2).innerText()).toContain('+34611001371');
    await rowAt(4).getByText('Un correo lleva una sola @ entre dos partes').waitFor();
    await rowAt(5).getByText('Ese día no existe').waitFor();
    for (const row of [6, 7, 8]) await rowAt(row).getByText('Se rechazará').waitFor();
    expect(await axe(page)).toEqual([]);
    await next(page);

    await step(page, 'Importar');
    await page.getByText(`Entrarán en «${SOURCE}» como clientes`).waitFor();
    await page.getByText('No se importa la columna «Saldo».').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: `Importar ${ROWS.length} filas` }).click();

    await page.getByRole('heading', { name: FILE, level: 1 }).waitFor();
    await page.getByText('3 filas se rechazaron. El resto está dentro.').waitFor();
    expect(await figures(page)).toEqual({ Filas: '46', Nuevas: '42', Cambiadas: '1', Iguales: '0', Rechazadas: '3' });
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
    address = page.url();
  });

  it('says of each rejected row where, what and why; they are downloaded, put right and loaded', async () => {
    const page = await world.owner();
    await page.goto(address);
    await page.getByRole('button', { name: 'Ver las 3 filas rechazadas' }).click();
    const table = page.getByRole('table', { name: 'Filas rechazadas' });
    await table.getByRole('row').nth(3).waitFor();
    const told = await Promise.all(
      (await table.getByRole('row').all()).slice(1).map(async (row) => (await row.getByRole('cell').allInnerTexts()).slice(0, 4)),
    );
    expect(told).toEqual([
      ['6', 'Código', 'vacío', 'Falta un valor que hace falta para cargar la fila'],
      ['7', '–', tooFew.join(';'), 'La fila tiene menos columnas que la cabecera'],
      ['8', '–', tooMany.join(';'), 'La fila tiene más columnas que la cabecera'],
    ]);
    await page.getByRole('button', { name: 'Ver entera la fila 6' }).click();
    await page.getByRole('dialog', { name: 'Fila 6' }).getByText(noKey['Correo electrónico']!).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Descargar las filas rechazadas (CSV)' }).click(),
    ]);
    const errors = readFileSync(await download.path(), 'utf8');
    expect(errors.charCodeAt(0)).toBe(0xfeff);
    const [header, ...rejected] = errors.slice(1).trim().split('\r\n');
    expect(header).toBe(['archivo', 'fila', 'columna', 'valor', 'motivo', ...HEADER].join(';'));
    expect(rejected).toHaveLength(3);
    expect(rejected[0]).toContain(`${FILE};6;Código;;Falta un valor que hace falta para cargar la fila;;${noKey.Nombre};`);

    const right = [good(103), good(104), good(105)].map((row, i) =>
      [FILE, `${6 + i}`, '', '', '', ...Object.values(row)].map(quoted).join(';'),
    );
    const corrected = world.path('corregidas.csv');
    writeFileSync(corrected, `\ufeff${[header, ...right].join('\r\n')}`);
    await page.getByRole('button', { name: 'Cargar el archivo corregido' }).click();
    await page.getByRole('dialog').locator('input[type=file]').setInputFiles(corrected);
    await page.getByRole('heading', { name: 'corregidas.csv', level: 1 }).waitFor();
    await page.getByText('Importación terminada.').waitFor();
    expect(await figures(page)).toEqual({ Filas: '3', Nuevas: '3', Cambiadas: '0', Iguales: '0', Rechazadas: '0' });
    await until(async () => (await inSource()).records).toBe(45);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('the very same file again changes nothing, and is read as the last time', async () => {
    const before = await inSource();
    const page = await world.owner();
    await page.goto('/imports/new');
    await page.getByText('Suelta aquí un archivo o').waitFor();
    await drop(page, FILE, Buffer.from(text(ROWS), 'latin1'));
    await step(page, 'Qué es');
    await page.getByRole('combobox', { name: '¿De dónde viene?' }).click();
    await page.getByRole('option', { name: SOURCE }).click();
    await next(page);
    await page.getByText(`Recordamos lo que dijiste la última vez para «${SOURCE}».`).waitFor();
    await next(page);
    await step(page, 'Comprobar');
    await next(page);
    await page.getByText('Este archivo ya se importó').waitFor();
    await page.getByRole('button', { name: `Importar ${ROWS.length} filas` }).click();
    await page.getByText('3 filas se rechazaron. El resto está dentro.').waitFor();
    expect(await figures(page)).toEqual({ Filas: '46', Nuevas: '0', Cambiadas: '0', Iguales: '43', Rechazadas: '3' });
    expect((await inSource()).records).toBe(before.records);
  });

  it('a wizard left halfway is found again', async () => {
    const page = await world.owner();
    await page.goto('/imports/new');
    await page.getByText('Suelta aquí un archivo o').waitFor();
    await drop(page, 'a medias.csv', Buffer.from(text(ROWS.slice(0, 2)), 'latin1'));
    await step(page, 'Qué es');
    await page.goto('/');
    await page.getByRole('heading', { name: 'Inicio', level: 1 }).waitFor();
    await page.goto('/imports/new');
    await page.getByRole('button', { name: 'Seguir con a medias.csv' }).click();
    await step(page, 'Qué es');
    await page.getByRole('navigation', { name: 'Pasos' }).waitFor();
  });

  it('cancelled on the way, a big file leaves nothing behind', async () => {
    const before = await inSource();
    const big = world.path('grande.csv');
    writeFileSync(big, text(Array.from({ length: 200_000 }, (_, n) => Object.values(good(n + 1_000)))), 'latin1');
    const page = await world.owner();
    await page.goto('/imports/new');
    await page.locator('input[type=file]').setInputFiles(big);
    await step(page, 'Qué es');
    await page.getByRole('combobox', { name: '¿De dónde viene?' }).click();
    await page.getByRole('option', { name: SOURCE }).click();
    await next(page);
    await step(page, 'Columnas');
    await next(page);
    await step(page, 'Comprobar');
    await next(page);
    await page.getByRole('button', { name: /^Importar [\d.]+ filas$/ }).click();
    await page.getByText('Puedes irte de esta página: la importación sigue sola.').waitFor();
    await page.getByRole('progressbar', { name: 'grande.csv' }).waitFor();
    await page.getByRole('button', { name: 'Cancelar' }).click();
    await page.getByRole('dialog', { name: '¿Cancelar la importación?' }).getByRole('button', { name: 'Cancelar la importación' }).click();
    await page.getByText('Se canceló. No quedó nada a medias y lo que ya tenías sigue igual.').waitFor();
    expect(takeTroubles(page)).toEqual([]);

    await world.api.quiet();
    expect((await inSource()).records).toBe(before.records);
    await page.goto(`/customers?search=${good(1_000).NIF}`);
    await page.getByText('Nada coincide con lo que pides.').waitFor();
    await page.goto('/imports');
    const row = page.getByRole('grid', { name: 'Importaciones' }).getByRole('row').filter({ hasText: 'grande.csv' });
    await row.getByText('Cancelada').waitFor();
  });
});

const inSource = async () => {
  const { items } = await world.api.get<{ items: { label: string; records: number }[] }>('/sources');
  return items.find(({ label }) => label === SOURCE)!;
};

/** As if let go over the page. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle<object>(`(() => {
    const bytes = Uint8Array.from(atob('${bytes.toString('base64')}'), (letter) => letter.charCodeAt(0));
    const carried = new DataTransfer();
    carried.items.add(new File([bytes], '${name}', { type: 'text/csv' }));
    return carried;
  })()`);
  await page.dispatchEvent('body', 'drop', { dataTransfer });
}

const step = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Pasos' }).locator('[aria-current=step]', { hasText: name }).waitFor();
const next = (page: Page) => page.getByRole('button', { name: 'Siguiente', exact: true }).click();

/** The five numbers of a finished import, by their labels. */
async function figures(page: Page): Promise<Record<string, string>> {
  const lines = (await page.getByRole('tabpanel').innerText()).split('\n').map((line) => line.trim());
  return Object.fromEntries(
    ['Filas', 'Nuevas', 'Cambiadas', 'Iguales', 'Rechazadas'].map((label) => [
      label,
      lines.slice(lines.indexOf(label) + 1).find((line) => line !== '')!,
    ]),
  );
}

const quoted = (cell: string) => (/[";]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
