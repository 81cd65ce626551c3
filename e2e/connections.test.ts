// From an empty product to customers that come by themselves out of somebody's PostgreSQL, by the wizard and by nothing else.
import { type PostgresServer, startPostgresServer } from '@vinculo/testing';
import { Client } from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const CLIENTS = 57;
const PASSWORD = () => decodeURIComponent(new URL(server.url).password);

let world: World;
let server: PostgresServer;
let erp: Client;
beforeAll(async () => {
  [world, server] = await Promise.all([startWorld(), startPostgresServer()]);
  erp = new Client({ connectionString: server.url });
  await erp.connect();
  await erp.query(`
    create table clientes (codigo integer primary key, nombre text, apellidos text, correo text, telefono text, notas text, modificado timestamptz not null);
    insert into clientes
    select i, (array['Begoña', 'Íñigo', 'Núria'])[1 + i % 3], 'Peña ' || i, 'cliente' || i || '@correo.example', '6' || (11000000 + i * 1371), 'texto libre',
           '2026-01-01 10:00:00+00'::timestamptz + i * interval '1 minute'
      from generate_series(1, ${CLIENTS}) i;
    create view facturas as select 1 as numero`);
}, 240_000);
afterAll(async () => {
  await erp?.end();
  await world?.stop();
  await server?.stop();
});

const next = (page: Page, name = 'Siguiente') => page.getByRole('button', { name, exact: true }).click();
const step = (page: Page, name: string) => page.locator('[aria-current="step"]', { hasText: name }).waitFor();

describe('a connection to a PostgreSQL', () => {
  it('is made step by step, tells what it needs, and begins at once', async () => {
    const page = await world.owner();
    await page.goto('/connections');
    await page.getByText('Que los datos lleguen solos').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('link', { name: 'Nueva conexión' }).click();

    await step(page, 'Qué es');
    await next(page);
    await page.getByText('Elige una.').waitFor();
    await page.getByRole('radio', { name: 'PostgreSQL' }).click();
    await next(page);

    await step(page, 'Dónde está');
    await next(page);
    expect(await page.getByText('Falta este dato.').count()).toBe(3);
    const { hostname, port } = new URL(server.url);
    await page.getByLabel('Servidor').fill(hostname);
    await page.getByLabel('Puerto').fill(port);
    await page.getByLabel('Base de datos').fill('crm');
    await page.getByLabel('Usuario').fill('tienda');
    await page.getByLabel('Contraseña', { exact: true }).fill('no es esta');
    await next(page);
    // This server speaks in clear, which has to be said.
    await page.getByText('VIN_CONNECTION_TLS').waitFor();
    await page.getByRole('combobox', { name: 'Cifrado' }).click();
    await page.getByRole('option', { name: 'Sin cifrar' }).click();
    await next(page);
    await page.getByText('no acepta el usuario o la contraseña').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('Contraseña', { exact: true }).fill(PASSWORD());
    takeTroubles(page);
    await next(page);

    await step(page, 'Qué filas');
    await page.getByRole('combobox', { name: 'Tabla o vista' }).click();
    await page.getByRole('option', { name: 'clientes' }).click();
    expect(await page.getByLabel('Consulta').inputValue()).toBe('select * from "public"."clientes"');
    await page.getByText('timestamp with time zone').waitFor();
    await page.getByRole('combobox', { name: 'Columna de avance' }).click();
    await page.getByRole('option').first().click();
    expect(await page.getByRole('combobox', { name: 'Columna de avance' }).inputValue()).toBe('modificado');
    await next(page, 'Probar y seguir');

    await step(page, 'Qué significan');
    await page.getByLabel('¿De dónde viene?').fill('ERP');
    await until(() => page.getByRole('combobox', { name: 'Qué significa la columna correo', exact: true }).inputValue()).toBe(
      'Correo electrónico',
    );
    await until(() => page.getByRole('combobox', { name: 'Qué significa la columna apellidos', exact: true }).inputValue()).toBe(
      'Apellidos',
    );
    expect(await axe(page)).toEqual([]);
    await next(page);

    await step(page, 'Cuándo');
    await until(() => page.getByLabel('Nombre de la conexión').inputValue()).toBe('ERP · clientes');
    await page.getByRole('combobox', { name: 'Cuándo leer' }).click();
    await page.getByRole('option', { name: 'Cada día' }).click();
    await page.getByText('Cada día a las 06:00').waitFor();
    expect(await axe(page)).toEqual([]);
    await next(page);

    await step(page, 'Empezar');
    await page.getByText(`Leerá de ${hostname} ahora mismo, y después cada día a las 06:00.`).waitFor();
    await page.getByText('La primera vez traerá todo; después, solo lo que venga desde el último valor de «modificado».').waitFor();
    expect(await axe(page)).toEqual([]);
    await next(page, 'Guardar y leer ahora');

    await page.getByRole('heading', { name: 'ERP · clientes', level: 1 }).waitFor();
    await page.getByText('Al día').waitFor();
    const run = page.getByRole('table', { name: 'Historial de la conexión' }).getByRole('row').nth(1);
    await run.getByText('Bien').waitFor();
    expect(await run.getByRole('cell', { name: String(CLIENTS), exact: true }).count()).toBe(2);
    expect(takeTroubles(page)).toEqual([]);
    expect(await axe(page)).toEqual([]);
    const { items } = await world.api.get<{ items: { rowsNew: number; sourceLabel: string }[] }>('/imports');
    expect(items).toMatchObject([{ rowsNew: CLIENTS, sourceLabel: 'ERP' }]);
  }, 120_000);

  it('reads what is new when it is told to, warns of new columns, and can be paused, removed and brought back', async () => {
    const page = await world.owner();
    await page.goto('/connections');
    await page.getByRole('link', { name: 'ERP · clientes' }).click();
    await erp.query(`
      alter table clientes add column talla text;
      insert into clientes values (900, 'Luz', 'Nueva', 'luz@correo.example', '611999888', null, '2026-02-01 10:00:00+00', 'M')`);
    await page.getByRole('button', { name: 'Leer ahora' }).click();
    await page.getByRole('alert').getByText('Hay una columna nueva: «talla».').waitFor();
    const latest = page.getByRole('table', { name: 'Historial de la conexión' }).getByRole('row').nth(1);
    await latest.getByText('Bien').waitFor();
    await latest.getByText('De 2026-01-01 10:57:00+00 a 2026-02-01 10:00:00+00').waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Está bien así' }).click();
    await page.getByText('Hay una columna nueva: «talla».').first().waitFor();
    await until(() => page.getByRole('button', { name: 'Está bien así' }).count()).toBe(0);

    await page.getByRole('button', { name: 'Pausar' }).click();
    await page.getByText('En pausa: no leerá hasta que la reanudes.').waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByRole('button', { name: 'Pausar' }).waitFor();

    await page.getByRole('button', { name: 'Más acciones' }).click();
    await page.getByRole('menuitem', { name: 'Quitar la conexión' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Quitar la conexión' }).click();
    await page.getByText('«ERP · clientes» ya no lee.').waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByRole('heading', { name: 'ERP · clientes', level: 1 }).waitFor();
  }, 120_000);

  it('is changed in the same steps, without its password being typed again, and never shows it', async () => {
    const page = await world.owner();
    await page.goto('/connections');
    await page.getByRole('link', { name: 'ERP · clientes' }).click();
    await page.getByRole('tab', { name: 'Ajustes' }).click();
    await page.getByText('Guardadas y cifradas: Contraseña').waitFor();
    await page.getByRole('link', { name: 'Cambiar' }).click();
    await step(page, 'Dónde está');
    expect(await page.getByLabel('Contraseña', { exact: true }).inputValue()).toBe('');
    expect(await page.content()).not.toContain(PASSWORD());
    await next(page);
    await step(page, 'Qué filas');
    await next(page, 'Probar y seguir');
    await step(page, 'Qué significan');
    await next(page);
    await step(page, 'Cuándo');
    await page.getByLabel('Nombre de la conexión').fill('Clientes de Navision');
    await next(page);
    await step(page, 'Empezar');
    await next(page, 'Guardar los cambios');
    await page.getByRole('heading', { name: 'Clientes de Navision', level: 1 }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  }, 120_000);

  it('fits a telephone', async () => {
    const page = await world.owner({ viewport: PHONE });
    await page.goto('/connections');
    await page.getByText('Clientes de Navision').waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByText('Clientes de Navision').click();
    await page.getByText('Historial').first().waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await page.goto('/connections/new');
    await page.getByRole('radio', { name: 'Dirección web (JSON)' }).click();
    await next(page);
    await page.getByPlaceholder('https://erp.example.com/api/clientes').waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
  });
});
