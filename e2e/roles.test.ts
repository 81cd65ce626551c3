// What somebody of little trust can see and do, in the interface and behind it; and who gets to know that they looked.
import type { Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BEGO, CUSTOMERS, MARIA, MARIA_MOBILE_ON_THE_WEB, openShop, SECRETS } from './small-shop.ts';
import { axe, OWNER, startWorld, takeTroubles, until, type World } from './world.ts';

const ANALYST = { name: 'Íñigo Mirón', email: 'inigo@example.com', password: 'ver sin tocar nada' };

let world: World;
let maria: string;
beforeAll(async () => {
  world = await startWorld();
  await openShop(world);
  const { hits } = await world.api.get<{ hits: { id: string }[] }>(`/customers/search?q=${MARIA.surname2}`);
  maria = hits[0]!.id;
});
afterAll(() => world?.stop());

describe('an analyst', () => {
  let analyst: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>;

  it('is invited by a link to pass on where there is no mail server, and comes in with it', async () => {
    const owner = await world.owner();
    await owner.goto('/people');
    await owner.getByRole('button', { name: 'Invitar a una persona' }).click();
    const dialog = owner.getByRole('dialog');
    await dialog.getByLabel('Correo electrónico').fill(ANALYST.email);
    await dialog.getByRole('combobox', { name: 'Rol' }).click();
    await owner.getByRole('option', { name: /^Análisis/ }).click();
    await dialog.getByText('Ve clientes, valor y calidad; los datos personales aparecen tapados.').waitFor();
    await dialog.getByRole('button', { name: 'Invitar', exact: true }).click();
    await dialog.getByText(`Copia este enlace y pásaselo a ${ANALYST.email}.`).waitFor();
    expect(await axe(owner)).toEqual([]);
    const link = await dialog.locator('code').innerText();
    expect(link).toContain(`${world.url}/invitation?token=`);
    await dialog.getByText('Cerrar', { exact: true }).click();
    await owner.getByRole('table', { name: 'Invitaciones pendientes' }).getByText(ANALYST.email).waitFor();

    const page = await world.visitor();
    await page.goto(link);
    await page.getByText(`${OWNER.name} te invita a ${OWNER.companyName} con el rol de Análisis.`).waitFor();
    expect(await page.getByLabel('Correo electrónico').inputValue()).toBe(ANALYST.email);
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('Tu nombre').fill(ANALYST.name);
    await page.getByLabel('Contraseña nueva').fill(ANALYST.password);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.getByRole('heading', { name: 'Inicio', level: 1 }).waitFor();
    analyst = await page.context().storageState();

    await owner.reload();
    await owner.getByRole('table', { name: 'Personas' }).getByText(ANALYST.name).waitFor();
    expect(await owner.getByRole('table', { name: 'Invitaciones pendientes' }).count()).toBe(0);
    const again = await world.visitor();
    await again.goto(link);
    await again.getByRole('alert').waitFor();
    expect(await again.getByLabel('Tu nombre').count()).toBe(0);
  });

  it('finds only the links of what they may open', async () => {
    const page = await world.visitor({ storageState: analyst });
    await page.goto('/');
    await page.getByRole('heading', { name: 'Inicio', level: 1 }).waitFor();
    const links = await page.getByRole('navigation', { name: 'Secciones' }).getByRole('link').allInnerTexts();
    // Beside a link may stand how many things wait there.
    expect(links.map((text) => text.split('\n')[0])).toEqual([
      'Inicio',
      'Clientes',
      'Empresas',
      'Hogares',
      'Fuentes',
      'Duplicados',
      'Calidad',
      'Tablero',
      'Valor',
      'Lealtad',
      'Ciclo y embudo',
      'Segmentos',
      'Consultas',
      'Llamadas y visitas',
      'Cupones y formularios',
      'Correo y cartas',
    ]);
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('textbox').fill('permisos');
    await page.getByRole('dialog').getByText('Ver todos los clientes con «permisos»').waitFor();
    expect(await page.getByRole('dialog').getByText('Personas y permisos').count()).toBe(0);
  });

  it('reads no e-mail, telephone or document on any screen, nor behind it', async () => {
    const page = await world.visitor({ storageState: analyst });
    const answers = readAnswers(page);
    const seen = async (...signs: string[]) => {
      for (const sign of signs) await page.getByText(sign).first().waitFor();
      return page.locator('body').innerText();
    };
    const shown = [];
    await page.goto('/customers');
    shown.push(await seen('m•••@correo.example', `•••${MARIA_MOBILE_ON_THE_WEB.slice(-3)}`, `${CUSTOMERS} resultados`));
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('textbox').fill(MARIA.surname2);
    await page
      .getByRole('dialog')
      .getByRole('option', { name: /Ochotorena/ })
      .or(page.getByRole('dialog').getByRole('button', { name: /Ochotorena/ }))
      .first()
      .waitFor();
    shown.push(await page.getByRole('dialog').innerText());
    await page.goto(`/customers/${maria}`);
    shown.push(await seen('Tu rol ve estos datos tapados.', 'm•••@correo.example', '1979-••-••'));
    await page.getByRole('tab', { name: 'Datos' }).click();
    shown.push(await seen('De dónde viene'));
    await page.getByRole('tab', { name: 'Identidad' }).click();
    shown.push(await seen('2 fichas de origen'));
    await page.getByRole('tab', { name: 'Relación' }).click();
    shown.push(await seen('No consta ningún permiso'));
    for (const path of [
      '/duplicates',
      '/quality',
      '/value',
      '/value/report',
      '/loyalty',
      '/life-cycle',
      '/segments',
      '/boards',
      '/sources',
      '/imports',
    ]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      shown.push(await seen());
    }
    expect(secretsIn(shown)).toEqual([]);
    const said = await answers();
    expect(said.length).toBeGreaterThan(15);
    expect(secretsIn(said)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);

    const owner = await world.owner();
    const open = readAnswers(owner);
    await owner.goto('/customers');
    await owner.getByText(MARIA.email).waitFor();
    expect(secretsIn(await open())).toContain(MARIA.email);
  });

  it('is offered neither export nor merging nor splitting nor notes, and the server refuses them all the same', async () => {
    const page = await world.visitor({ storageState: analyst });
    await page.goto('/customers');
    await page.getByText('m•••@correo.example').first().waitFor();
    expect(await page.getByRole('button', { name: 'Exportar' }).count()).toBe(0);
    await page.goto(`/customers/${maria}?tab=identity`);
    await page.getByText('2 fichas de origen').waitFor();
    for (const name of ['Unir con otro', /^Separar/, 'Nota', 'Llamar', 'Escribir'])
      expect(
        await page
          .getByRole('button', { name })
          .or(page.getByRole('link', { name, exact: true }))
          .count(),
      ).toBe(0);
    expect(await page.getByRole('tab', { name: 'Auditoría' }).count()).toBe(0);

    const { hits } = await world.api.get<{ hits: { id: string }[] }>(`/customers/search?q=${BEGO.surname1}`);
    const headers = { origin: world.url, 'idempotency-key': crypto.randomUUID() };
    const refused = await Promise.all([
      page.request.get('/api/v1/customers/export?format=csv'),
      page.request.get('/api/v1/people'),
      page.request.get('/api/v1/audit'),
      page.request.post('/api/v1/customers/merge', { data: { into: maria, from: hits[0]!.id, reason: 'porque sí' }, headers }),
      page.request.post(`/api/v1/customers/${maria}/notes`, { data: { body: 'hola' }, headers }),
      page.request.post('/api/v1/people/invitations', { data: { email: 'otro@example.com', role: 'owner' }, headers }),
    ]);
    expect(refused.map((answer) => answer.status())).toEqual(Array(refused.length).fill(403));
  });

  it('is told, at the address of a screen that is not for them, which permission to ask for', async () => {
    const page = await world.visitor({ storageState: analyst });
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    for (const [path, permission] of [
      ['/people', 'Gestionar personas y roles'],
      ['/audit', 'Ver la auditoría'],
      ['/imports/new', 'Importar datos'],
      ['/settings', 'Ver los ajustes'],
    ] as const) {
      await page.goto(path);
      await page.getByRole('heading', { name: 'No tienes permiso para ver esto', level: 1 }).waitFor();
      await page.getByText(permission).waitFor();
    }
    await page
      .getByText('Tu rol, Análisis, no lo incluye. Pide a alguien con el rol Dueño o Administración que te cambie el rol.')
      .waitFor();
    // Of several that are needed, those that are missing and no other: an import needs seeing the sources too, which they may.
    await page.goto('/imports/new');
    await page.getByRole('heading', { name: 'Te falta el permiso «Importar datos»' }).waitFor();
    expect(asked).not.toContain('/api/v1/people');
    expect(asked).not.toContain('/api/v1/audit');
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it('has left a trace: the audit says that they looked at the profile', async () => {
    const page = await world.owner();
    await page.goto(`/customers/${maria}?tab=audit`);
    const row = page.getByRole('row').filter({ hasText: ANALYST.name }).filter({ hasText: 'Vio la ficha de un cliente' });
    await row.first().waitFor();
    await page.goto('/audit?action=customer.read');
    const lines = page.getByRole('grid', { name: 'Auditoría' }).getByRole('row').filter({ hasText: ANALYST.name });
    await lines.filter({ hasText: 'Vio la ficha de un cliente' }).first().waitFor();
    await page.goto('/audit?action=invitation');
    await page.getByRole('grid').getByText('Aceptó una invitación').waitFor();
    await page.getByRole('grid').getByText('Invitó a una persona').waitFor();
  });

  it('loses access at once when suspended', async () => {
    const page = await world.visitor({ storageState: analyst });
    await page.goto('/value');
    await page.getByRole('heading', { name: 'Valor', level: 1 }).waitFor();
    const owner = await world.owner();
    await owner.goto('/people');
    await owner.getByRole('button', { name: `Acciones para ${ANALYST.name}` }).click();
    await owner.getByRole('menuitem', { name: 'Suspender' }).click();
    await owner.getByText(`${ANALYST.name} ya no puede entrar`).waitFor();
    await page.getByRole('link', { name: 'Clientes', exact: true }).click();
    await page.getByRole('heading', { name: 'Inicia sesión' }).waitFor();
    await owner.getByRole('button', { name: 'Deshacer' }).click();
    await owner.getByText('Deshecho').waitFor();
    await until(() => owner.getByRole('row').filter({ hasText: ANALYST.name }).innerText()).toContain('Activa');
  });
});

/** Collects what the API answers this page; call the result for the texts so far. */
function readAnswers(page: Page): () => Promise<string[]> {
  const answers: Promise<string>[] = [];
  page.on('response', (response: Response) => {
    const { pathname } = new URL(response.url());
    // Who one is oneself is no secret, and a stream of events never ends.
    const left = pathname === '/api/v1/me' || response.headers()['content-type']?.startsWith('text/event-stream');
    if (pathname.startsWith('/api/v1/') && !left) answers.push(response.text().catch(() => ''));
  });
  return () => Promise.all(answers);
}

/** Spaces and the country's prefix do not hide a telephone. */
const secretsIn = (texts: string[]): string[] => {
  const whole = texts.join('\n').replace(/(?<=\d)[ .-](?=\d)/g, '');
  return SECRETS.filter((secret) => whole.includes(secret));
};
