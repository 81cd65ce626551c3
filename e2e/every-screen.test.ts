// Every screen in both languages, both themes and both sizes: nothing fails behind it, everybody can read it, it fits.
import { type Catalogues, catalogues, type Language } from '@vinculo/languages';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MARIA, openShop } from './small-shop.ts';
import { axe, LAPTOP, PHONE, showIfFailed, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

let world: World;
const ids: Record<string, string> = {};
beforeAll(async () => {
  world = await startWorld();
  await openShop(world);
  const { hits } = await world.api.get<{ hits: { id: string }[] }>(`/customers/search?q=${MARIA.surname2}`);
  ids.maria = hits[0]!.id;
  const { items } = await world.api.get<{ items: { id: string; rowsRejected: number }[] }>('/imports');
  const { items: sources } = await world.api.get<{ items: { id: string }[] }>('/sources');
  const connection = await world.api.send<{ id: string }>('/connections', {
    name: 'Clientes del ERP',
    settings: { kind: 'http', url: 'http://127.0.0.1:9/clientes', headers: ['X-Api-Key'], cursor: 'cambiado' },
    secrets: { bearer: 'una clave' },
    sourceId: sources[0]!.id,
    importKind: 'customers',
    columns: { id: 'key', nombre: 'given_name', correo: 'email', cambiado: null },
    schedule: { every: 'never' },
  });
  ids.connection = connection.id;
  const { jobId } = await world.api.send<{ jobId: string }>(`/connections/${connection.id}/run`, {});
  // Nobody is there: the connection is seen with a run that failed.
  await expect(world.api.finished(jobId)).rejects.toThrow();
  const told = await world.api.get<{ items: { id: string }[] }>('/sources');
  ids.source = told.items[0]!.id;
  await world.api.send(`/sources/${ids.source}/write-keys`, { name: 'Tienda web' });
  ids.import = items.find(({ rowsRejected }) => rowsRejected > 0)!.id;
  const call = { kind: 'call', direction: 'in', customer: ids.maria, topic: 'Pedido', outcome: 'Resuelto', body: 'Cambia de talla' };
  ids.contact = (
    await world.api.send<{ id: string }>('/contacts', { ...call, followUp: { on: '2026-01-02', note: 'Volver a llamar' } })
  ).id;
  await world.api.send('/reply-issues', {
    name: 'Mostrador',
    campaign: { key: 'mostrador', name: 'Mostrador' },
    coupon: 'VALE3',
    count: 20,
  });
  const fields = ['full_name', 'mobile', 'email', 'address', 'notes'];
  const template = await world.api.send<{ id: string }>('/reply-templates', {
    name: 'Feria',
    fields,
    consents: [{ purpose: 'marketing' }],
  });
  ids.batch = (await world.api.send<{ id: string }>('/reply-batches', { kind: 'coupons', name: 'Buzón del lunes' })).id;
  await world.api.send(`/reply-batches/${ids.batch}/codes`, { code: 'ABCDE-12345' });
  ids.forms = (await world.api.send<{ id: string }>('/reply-batches', { kind: 'forms', name: 'Urna 1', template: template.id })).id;
});
afterAll(() => world?.stop());

const SCREENS = [
  '/',
  '/customers',
  '/customers?kind=company',
  '/customers/new',
  '/customers?search=nadie+se+llama+as%C3%AD',
  ...['activity', 'data', 'value', 'household', 'company', 'relation', 'identity', 'audit'].map((tab) => `/customers/{maria}?tab=${tab}`),
  '/households',
  '/sources',
  '/imports',
  '/imports/new',
  '/imports/{import}',
  '/imports/{import}?tab=rejected',
  '/connections',
  '/connections/new',
  '/connections/{connection}',
  '/connections/{connection}?tab=columns',
  '/connections/{connection}?tab=settings',
  '/events',
  '/events/rejected',
  ...['install', 'keys', 'treat'].map((tab) => `/sources/{source}/events?tab=${tab}`),
  '/webhooks',
  '/hooks',
  '/hand-backs',
  ...['who', 'what', 'where', 'when', 'check'].map((step) => `/hand-backs/new?step=${step}`),
  '/duplicates',
  '/review',
  '/review/list',
  '/review/patterns',
  '/review/progress',
  '/model-health',
  '/linking-rules',
  '/linking-rules?kind=company',
  '/customers/{maria}/cluster',
  '/quality',
  '/value',
  '/value/report',
  '/value/report/customers?who=buyers',
  '/value/forecast',
  '/value/scenarios',
  '/value/profit',
  '/value/profit/customers?which=below',
  '/value/costs',
  '/value/models',
  '/life-cycle',
  ...['funnel', 'cohorts', 'risk'].map((tab) => `/life-cycle?tab=${tab}`),
  '/life-cycle/rules',
  '/life-cycle/customers?after=active',
  '/life-cycle/funnel',
  '/life-cycle/funnel/people?step=0',
  '/loyalty',
  '/loyalty/weights',
  '/loyalty/market',
  '/boards',
  '/segments',
  '/segments/new',
  '/needs',
  '/questions',
  '/inbox',
  '/inbox/new',
  '/mailboxes',
  '/contacts',
  '/contacts?due=open',
  '/contacts/new?kind=call',
  '/contacts/new?kind=visit&customer={maria}',
  '/contacts/{contact}',
  '/contacts/choices',
  '/replies',
  ...['tray', 'codes', 'templates'].map((tab) => `/replies?tab=${tab}`),
  '/replies/batches/{batch}',
  '/replies/batches/{forms}',
  '/audit',
  '/people',
  '/api-keys',
  '/jobs',
  '/settings',
  ...['profile', 'security', 'manners'].map((tab) => `/account?tab=${tab}`),
  '/nowhere',
];

describe.each([
  ['1440 pixels', LAPTOP],
  ['390 pixels', PHONE],
])('at %s', (_size, viewport) => {
  const phone = viewport === PHONE;
  let page: Page;
  beforeAll(async () => {
    page = await world.ownerForLong({ viewport });
  });
  afterAll(() => page.context().close());
  beforeEach(async () => {
    showIfFailed(page);
    takeTroubles(page);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it.each(SCREENS)('%s', async (path) => {
    await page.goto(path.replace(/\{(\w+)\}/, (_, name: string) => ids[name]!));
    await settled(page);
    const me = (await (await page.request.get(`${world.url}/api/v1/me`)).json()) as {
      language: Language | null;
      company: { language: Language };
    };
    const language = me.language ?? me.company.language;
    await until(() => page.getAttribute('html', 'lang')).toBe(language);
    const words = await read(page, language);
    expect(await axe(page)).toEqual([]);
    await theme(page, 'dark');
    // Of all that axe looks at, only the colours have changed.
    expect(await axe(page, COLOURS)).toEqual([]);

    await speak(page, other(language), phone);
    expect(await read(page, other(language))).not.toEqual(words);
    expect(await axe(page, COLOURS)).toEqual([]);
    await theme(page, 'light');
    expect(await axe(page)).toEqual([]);
    expect(takeTroubles(page)).toEqual([]);
  });

  it.each([
    '/sources?create=yes',
    '/events?connect=yes',
    '/people?invite=yes',
    '/api-keys?create=yes',
    '/webhooks?create=yes',
    '/hooks?create=yes',
    '/replies?begin=coupons',
    '/replies?create=codes',
    '/mailboxes?create=yes',
  ])('the dialog of %s', async (path) => {
    await page.goto(path);
    await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    await settled(page);
    await read(page, (await page.getAttribute('html', 'lang')) as Language);
    expect(await axe(page)).toEqual([]);
    await theme(page, 'dark');
    expect(await axe(page, COLOURS)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('');
    expect(takeTroubles(page)).toEqual([]);
  });

  it('the rail leads to these screens and no others', async () => {
    await page.goto('/');
    await settled(page);
    if (phone) await page.getByRole('button', { name: /^Men[uú]$/ }).click();
    const nav = phone ? page.getByRole('dialog').getByRole('navigation') : page.getByRole('navigation').first();
    await nav.getByRole('link').first().waitFor();
    // One that was opened is none of them any more.
    const folds = nav.getByRole('button', { expanded: false });
    for (let left = await folds.count(); left > 0; left--) await folds.first().click();
    if (phone) expect(await axe(page)).toEqual([]);
    const led = await Promise.all((await nav.getByRole('link').all()).map((link) => link.getAttribute('href')));
    expect(led.length).toBeGreaterThan(20);
    expect(led.filter((path) => path === null || !SCREENS.includes(path))).toEqual([]);
  });

  it('the search box opens from the keyboard and can be read', async () => {
    await page.goto('/value');
    await settled(page);
    await page.keyboard.press('Control+k');
    const box = page.getByRole('dialog');
    await box.getByRole('textbox').fill(MARIA.surname2);
    await box.getByText(`${MARIA.given} ${MARIA.surname1}`).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: MARIA.surname2 }).waitFor();
    expect(takeTroubles(page)).toEqual([]);
  });
});

const COLOURS = ['color-contrast'];
const other = (language: Language): Language => (language === 'es' ? 'en' : 'es');

/** Drawn, with what it asked the server for. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await until(() => page.locator('.mantine-Skeleton-root').count()).toBe(0);
}

async function theme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await until(() => page.getAttribute('html', 'data-mantine-color-scheme')).toBe(colorScheme);
}

/** Through the interface, as a person would. */
async function speak(page: Page, language: Language, phone: boolean): Promise<void> {
  await page
    .getByRole('button', { name: phone ? /(Menú de|Menu of) / : /^(Idioma|Language)$/ })
    .last()
    .click();
  await page.getByRole('menuitemradio', { name: language === 'es' ? 'Español' : 'English' }).click();
  await until(() => page.getAttribute('html', 'lang')).toBe(language);
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

/** Every text of the page, after making sure that it is all in this language, fits in the width, and has one title. */
async function read(page: Page, language: Language): Promise<string[]> {
  const texts = await page.evaluate<string[]>(ALL_TEXTS);
  // How a parameter is written in a question is shown as it is written.
  expect(texts.filter((text) => isRawKey(text) && !/\{\{(nombre|name)\}\}/.test(text))).toEqual([]);
  // Boards and questions that come ready made are called as the company speaks, not as the reader does.
  const named = (text: string) =>
    page.url().includes('/questions') || (page.url().includes('/boards') && ['Dirección', 'Ventas', 'Clientes'].includes(text));
  expect(
    texts.filter((text) => /\p{L}/u.test(text) && !named(text) && WORDS[other(language)].has(text) && !WORDS[language].has(text)),
  ).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  return texts;
}

/** What is read or heard: texts in sight, labels, hints. */
const ALL_TEXTS = `(() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (!parentElement.closest('script, style, [lang]:not(html)') && data.trim()) texts.push(data.trim());
  }
  for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
    for (const element of document.querySelectorAll('body [' + name + ']')) {
      const said = element.getAttribute(name).trim();
      if (said) texts.push(said);
    }
  return texts;
})()`;

const NAMESPACES = Object.keys(catalogues.es);
/** `customers:tab.data` where the words should be, or what i18next leaves of it: `tab.data`, `splitNone`, or an unfilled {{name}}. */
function isRawKey(text: string): boolean {
  if (/\.(csv|xlsx|example)\b/.test(text)) return false;
  return (
    NAMESPACES.some((name) => text.includes(`${name}:`) && !text.includes(`${name}: `)) ||
    /^[a-z]\w*(\.\w+)+$|^[a-z]+[A-Z]\w*$|\{\{/.test(text)
  );
}

/** The sentences of each language that have nothing to fill in. */
const WORDS: Record<Language, Set<string>> = { es: new Set(sentences(catalogues.es)), en: new Set(sentences(catalogues.en)) };

function sentences(part: Catalogues[Language][string] | string): string[] {
  if (typeof part === 'string') return part.includes('{{') ? [] : [part];
  return Object.values(part).flatMap(sentences);
}
