// Several files dropped at once: sent one after another, taken one by one, and one that fails takes none with it.
import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, PHONE, startWorld, takeTroubles, until, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

const PEOPLE = 'Código cliente;Nombre;Apellidos;Correo\nA1;Begoña;Núñez Peña;bego@example.com\nA2;Íñigo;Peña;inigo@example.com\n';
const SALES = 'Ticket;Código cliente;Artículo;Importe;Fecha\nT1;A1;Cafetera;25,50;01/02/2026\nT2;A2;Taza;4,00;02/02/2026\n';

describe('three files at once', () => {
  it('become a queue; a file that cannot be read is said so, and the others are imported', async () => {
    const page = await world.owner();
    await page.goto('/imports/new');
    await page.getByText('Suelta aquí un archivo o varios').waitFor();
    const paths = ['ventas.csv', 'foto.csv', 'gente.csv'].map((name) => world.path(name));
    writeFileSync(paths[0]!, SALES);
    writeFileSync(paths[1]!, Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'));
    writeFileSync(paths[2]!, PEOPLE);
    await page.locator('input[type=file]').setInputFiles(paths);

    await page.getByRole('heading', { name: '3 archivos' }).waitFor();
    const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    await row('ventas.csv').getByText('Listo para revisar').waitFor();
    await row('foto.csv').getByText('No se puede leer').waitFor();
    await row('gente.csv').getByText('Listo para revisar').waitFor();
    expect(await row('ventas.csv').innerText()).toContain('Compras');
    expect(await row('gente.csv').innerText()).toContain('Clientes');
    expect(await axe(page)).toEqual([]);

    // The one refusal is that of the picture.
    expect(takeTroubles(page).filter((trouble) => !trouble.startsWith('422 POST'))).toEqual([]);

    // Left and found again: nothing is lost.
    await page.goto('/customers');
    await page.goto('/imports/new');
    await row('gente.csv').getByText('Listo para revisar').waitFor();

    // Customers first, however they were dropped.
    await page.getByRole('button', { name: 'Seguir con gente.csv' }).click();
    const next = () => page.getByRole('button', { name: 'Siguiente', exact: true }).click();
    await page.getByText('Archivo 1 de 3').waitFor();
    await page.getByLabel('¿De dónde viene?').fill('Tienda');
    await next();
    await page.getByText(/Se importan 4 de 4 columnas/).waitFor();
    await next();
    await page.getByText(/primeras filas, tal como quedarán/).waitFor();
    await next();
    await page.getByRole('button', { name: 'Importar 2 filas' }).click();

    await page.getByText('«gente.csv» se está importando. Ahora, «ventas.csv».').waitFor();
    await page.getByText('Archivo 2 de 3').waitFor();
    // Of the same source as the one before, until somebody says otherwise.
    expect(await page.getByRole('combobox', { name: '¿De dónde viene?' }).inputValue()).toBe('Tienda');
    await next();
    await page.getByText(/Se importan 5 de 5 columnas/).waitFor();
    await next();
    await page.getByText(/primeras filas, tal como quedarán/).waitFor();
    await next();
    await page.getByRole('button', { name: 'Importar 2 filas' }).click();
    await page.getByRole('heading', { name: 'ventas.csv', level: 1 }).waitFor();

    await world.api.quiet();
    await page.goto('/imports/new');
    await row('gente.csv').getByText('Terminada').waitFor();
    await row('foto.csv').getByRole('button', { name: 'Quitar foto.csv' }).click();
    await until(() => row('foto.csv').count()).toBe(0);
    const phone = await world.again(page, { viewport: PHONE });
    await phone.goto('/customers?sort=-revenue');
    await phone.getByText('Begoña').first().waitFor();
  });
});
