// Mail and letters as people have them: a mailbox connected, a mail that arrives and is given to somebody, a letter with its scan.
import { type ImapServer, startImapServer } from '@vinculo/testing';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

const USER = 'tienda@empresa.example';
const PASSWORD = 'la contraseña de la tienda';
/** One black point. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

let world: World;
let server: ImapServer;
beforeAll(async () => {
  [world, server] = await Promise.all([startWorld(), startImapServer()]);
  await server.addUser(USER, PASSWORD);
  await world.api.send('/customers', { kind: 'person', given_name: 'Marta', surname1: 'Ibáñez', email: 'marta@correo.example' });
});
afterAll(async () => {
  await world?.stop();
  await server?.stop();
});

let written = 0;
const deliver = (from: string, subject: string, body: string, type = 'text/plain') =>
  server.deliver(
    USER,
    `From: ${from}\r\nTo: ${USER}\r\nSubject: ${subject}\r\nDate: Mon, 02 Mar 2026 10:00:00 +0100\r\nMessage-ID: <${++written}@e2e.example>\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`,
  );

describe('mail and letters', () => {
  it('a mailbox is tried, says what is wrong, and is read once it is right', async () => {
    const page = await world.owner();
    await page.goto('/inbox');
    await page.getByRole('heading', { name: 'Aún no hay correo ni cartas' }).waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Añadir un buzón' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Nombre').fill('Pedidos');
    await form.getByLabel('Servidor IMAP').fill(server.host);
    await form.getByRole('combobox', { name: 'Seguridad' }).click();
    await page.getByRole('option', { name: /Ninguna/ }).click();
    await form.getByLabel('Usuario').fill(USER);
    await form.getByRole('textbox', { name: 'Contraseña' }).fill('otra');
    await form.getByLabel('Leer desde').fill('2020-01-01');
    await form.getByRole('button', { name: 'Más opciones' }).click();
    await form.getByLabel('Puerto').fill(String(server.port));
    await form.getByRole('button', { name: 'Probar la conexión' }).click();
    await form.getByText('no acepta el usuario o la contraseña').waitFor();
    expect(takeTroubles(page)).toEqual([expect.stringContaining('422 POST')]);
    await form.getByRole('textbox', { name: 'Contraseña' }).fill(PASSWORD);
    await form.getByRole('button', { name: 'Probar la conexión' }).click();
    await form.getByText('Funciona. Hay 0 correos desde esa fecha.').waitFor();
    expect(await axe(page)).toEqual([]);
    await form.getByRole('button', { name: 'Guardar' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('Al día').waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('a mail of somebody unknown waits; a customer is made of it by keyboard; undone, it waits again', async () => {
    const page = await world.owner();
    await deliver('Rosa Quintana <rosa@nueva.example>', 'Presupuesto', 'Hola, quiero un presupuesto.\r\n\r\n-- \r\nRosa');
    await page.goto('/inbox');
    const letter = page.getByRole('article', { name: 'Presupuesto' });
    await letter.getByText('Hola, quiero un presupuesto.').waitFor();
    expect(await letter.getByText('-- ').count()).toBe(0);
    await page
      .getByRole('link', { name: /Correo y cartas/ })
      .getByText('1')
      .waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByText('Nadie del fichero se parece.').waitFor();
    await page.keyboard.press('n');
    const form = page.getByRole('dialog');
    await until(() => form.getByLabel('Nombre completo').inputValue()).toBe('Rosa Quintana');
    expect(await form.getByLabel('Correo electrónico').inputValue()).toBe('rosa@nueva.example');
    await page.keyboard.press('Enter');
    await page.getByText('Asignado a Rosa Quintana').waitFor();
    await page.getByRole('heading', { name: 'No queda nada por asignar' }).waitFor();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await letter.waitFor();
    // Now she is known: the first suggestion, and one key gives it back to her.
    await page.getByRole('button', { name: 'Asignar a Rosa Quintana' }).waitFor();
    await page.keyboard.press('1');
    await page.getByRole('heading', { name: 'No queda nada por asignar' }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('a mail of a customer is on their page within seconds, and opens from there; its pictures ask nobody', async () => {
    const page = await world.owner();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const html = '<h3>Mi pedido</h3><img src="https://rastro.example/p.gif"><script>document.title="x"</script>';
    await deliver('marta@correo.example', 'Mi pedido', html, 'text/html');
    const { hits } = await world.api.get<{ hits: { id: string }[] }>('/customers/search?q=Ib%C3%A1%C3%B1ez');
    const mine = () => world.api.get<{ items: unknown[] }>(`/letters?customer=${hits[0]!.id}`);
    await until(async () => (await mine()).items.length).toBe(1);
    await page.goto(`/customers/${hits[0]!.id}?tab=activity`);
    await page.getByRole('heading', { name: /Mi pedido/ }).waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Mi pedido' }).getByRole('link').click();
    await page.getByRole('article', { name: 'Mi pedido' }).waitFor();
    await page.getByText('Como llegó').click();
    await page.frameLocator('iframe').getByRole('heading', { name: 'Mi pedido' }).waitFor();
    await page.getByText('No se cargan imágenes de otros servidores').waitFor();
    expect(asked.filter((url) => url.includes('rastro.example'))).toEqual([]);
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('a letter is registered with its scan, and is on the page of its customer', async () => {
    const page = await world.owner();
    await page.goto('/inbox/new');
    await page.getByLabel('Elegir archivos').setInputFiles([
      { name: 'uno.png', mimeType: 'image/png', buffer: PNG },
      { name: 'dos.png', mimeType: 'image/png', buffer: PNG },
    ]);
    await page.getByRole('button', { name: 'Subir «dos.png» un puesto' }).click();
    await page.getByRole('combobox', { name: 'Cliente' }).fill('ibañ');
    await page.getByRole('option', { name: /Marta Ibáñez/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Es de Marta Ibáñez').waitFor();
    await page.getByLabel('Asunto').fill('Reclamación por escrito');
    expect(await axe(page)).toEqual([]);
    await page.getByRole('button', { name: 'Registrar', exact: true }).click();
    await page.getByRole('article', { name: 'Reclamación por escrito' }).waitFor();
    await page.getByText(/Registro E-\d{4}-000001/).waitFor();
    expect(
      await page
        .getByRole('article')
        .locator('img')
        .evaluateAll((pages) => pages.map((one) => one.getAttribute('alt'))),
    ).toEqual(['dos.png', 'uno.png']);
    await page.getByRole('link', { name: 'Marta Ibáñez' }).click();
    await page.getByRole('heading', { level: 3, name: /Reclamación por escrito/ }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });

  it('what is no scan is refused with what to do, and nothing is lost', async () => {
    const page = await world.owner();
    await page.goto('/inbox/new');
    await page.getByLabel('Asunto').fill('Sin perder');
    await page.getByLabel('Elegir archivos').setInputFiles({ name: 'virus.pdf', mimeType: 'application/pdf', buffer: Buffer.from('MZ') });
    await page.getByText('«virus.pdf» no es un PDF').waitFor();
    expect(await page.getByLabel('Asunto').inputValue()).toBe('Sin perder');
    expect(takeTroubles(page)).toEqual([expect.stringContaining('422 POST')]);
  });

  it('on a telephone: the list, then the letter, with a thumb', async () => {
    await deliver('otro@nadie.example', 'Desde el móvil', 'Hola');
    const page = await world.owner({ viewport: PHONE });
    await page.goto('/inbox');
    await page.getByRole('link', { name: /Desde el móvil/ }).click();
    await page.getByRole('article', { name: 'Desde el móvil' }).waitFor();
    expect(await sidewaysScroll(page)).toBe(0);
    await page.getByRole('combobox', { name: 'Buscar un cliente' }).fill('ibañ');
    await page.getByRole('option', { name: /Marta/ }).click();
    await page.getByText('Asignado a Marta Ibáñez').waitFor();
    await page.getByRole('link', { name: 'Marta Ibáñez' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });
});
