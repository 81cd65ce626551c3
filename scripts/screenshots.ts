// `npm run screenshots`: the pictures the guides show, taken of the real demo in a real browser.
// Give names to take only those, in both languages and both sizes, whether a guide shows them or not.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { liveWorld } from './live-world.ts';
import { type Account, arrived, IMAGES, type Studio, whileServing, type Width, withBrowser } from './studio.ts';

interface Shot {
  name: string;
  path: string | ((page: Page) => Promise<string>);
  /** After the page has come: open something, press something. */
  prepare?: (page: Page) => Promise<void>;
  dark?: true;
}

const best = (tab: string) => async (page: Page) => {
  const { items } = (await (await page.request.get('/api/v1/customers?sort=-revenue&duplicates=yes&limit=1')).json()) as {
    items: { id: string }[];
  };
  return `/customers/${items[0]!.id}?tab=${tab}`;
};
const aHousehold = async (page: Page) => {
  const { items } = (await (await page.request.get('/api/v1/households?sort=-revenue&limit=1')).json()) as {
    items: { id: string; people: { id: string }[] }[];
  };
  return items[0]!;
};
const aCompany = async (page: Page) => {
  const { items } = (await (await page.request.get('/api/v1/customers?kind=company&limit=1')).json()) as { items: { id: string }[] };
  return `/customers/${items[0]!.id}?tab=company`;
};
const withErrors = async (page: Page) => {
  const { items } = (await (await page.request.get('/api/v1/imports?limit=50')).json()) as {
    items: { id: string; rowsRejected: number }[];
  };
  return `/imports/${items.find(({ rowsRejected }) => rowsRejected > 0)!.id}`;
};

/** The map with the most to see among the doubtful. */
const bestCluster = async (page: Page) => {
  const { items } = (await (await page.request.get('/api/v1/duplicates/groups?limit=100')).json()) as {
    items: { customerId: string; records: unknown[] }[];
  };
  const [most] = items.toSorted((a, b) => b.records.length - a.records.length);
  return `/customers/${most!.customerId}/cluster`;
};
/** The change of rules there is, or one made for the picture: more careful, and its preview. */
const changeOfRules = async (page: Page) => {
  const headers = { origin: new URL(page.url()).origin };
  const changes = async () =>
    ((await (await page.request.get('/api/v1/linkage/changes')).json()) as { items: { id: string; state: string }[] }).items;
  if ((await changes()).length === 0) {
    const { settings } = (await (await page.request.get('/api/v1/linkage/rules/person')).json()) as { settings: object };
    const data = { kind: 'person', note: 'Mejor prudentes antes de la campaña', settings: { ...settings, threshold: 0.9999 } };
    await page.request.post('/api/v1/linkage/changes', { data, headers });
  }
  for (;;) {
    const [change] = await changes();
    if (change && change.state !== 'draft') return `/linking-rules/${change.id}`;
    await page.waitForTimeout(1_000);
  }
};

/** The value model there is, or the bank of the examples as a draft. */
const aModel = async (page: Page) => {
  const headers = { origin: new URL(page.url()).origin };
  const { items } = (await (await page.request.get('/api/v1/value-models')).json()) as { items: { id: string }[] };
  if (items[0]) return `/value/models/${items[0].id}`;
  const content = JSON.parse(readFileSync(new URL('../examples/bank/bank.model.json', import.meta.url), 'utf8')) as object;
  const made = (await (await page.request.post('/api/v1/value-models', { data: { content }, headers })).json()) as { id: string };
  return `/value/models/${made.id}`;
};

/** The segment there is, or one made for the picture, of what most people buy. */
const aSegment = async (page: Page) => {
  const headers = { origin: new URL(page.url()).origin };
  const read = async <T>(path: string) => (await (await page.request.get(`/api/v1/segments${path}`)).json()) as T;
  const { items } = await read<{ items: { id: string }[] }>('?kind=rule&limit=1');
  if (items[0]) return items[0].id;
  const first = async (of: string) => (await read<{ items: { value: string }[] }>(`/suggestions?of=${of}`)).items[0]!.value;
  const of = [
    { kind: 'field', field: 'province', op: 'in', value: [await first('province')] },
    {
      kind: 'fact',
      fact: 'purchase',
      which: [{ by: 'category', is: [await first('purchase.category')] }],
      period: { last: 2, unit: 'year' },
      measure: 'times',
      op: 'gte',
      value: 2,
    },
  ];
  const rule = { version: 1, where: { kind: 'group', match: 'all', of } };
  const data = { kind: 'rule', name: 'Vecinos fieles', rule };
  const { id } = (await (await page.request.post('/api/v1/segments', { data, headers })).json()) as { id: string };
  while ((await read<{ countedAt: string | null }>(`/${id}`)).countedAt === null) await page.waitForTimeout(500);
  return id;
};

const aBoard = (template: string) => async (page: Page) => {
  const { items } = (await (await page.request.get('/api/v1/boards')).json()) as { items: { id: string; template: string | null }[] };
  return `/boards/${items.find((board) => board.template === template)!.id}`;
};

/** The groups waiting for a yes, or ones looked for now: nothing changes until somebody takes them. */
const aProposal = async (page: Page) => {
  const headers = { origin: new URL(page.url()).origin };
  const overview = async () =>
    (await (await page.request.get('/api/v1/needs-groups')).json()) as { proposal: object | null; jobId: string | null };
  if (!(await overview()).proposal) await page.request.post('/api/v1/needs-findings', { data: { count: null }, headers });
  while ((await overview()).jobId) await page.waitForTimeout(500);
  return '/needs';
};

const SHOTS: Shot[] = [
  { name: 'life-cycle', path: '/life-cycle' },
  { name: 'funnel', path: '/life-cycle?tab=funnel' },
  { name: 'cohorts', path: '/life-cycle?tab=cohorts' },
  { name: 'risk', path: '/life-cycle?tab=risk' },
  {
    name: 'profile-life-cycle',
    path: best('value'),
    prepare: (page) => page.getByRole('region', { name: /Ciclo de vida|Life cycle/ }).scrollIntoViewIfNeeded(),
  },
  { name: 'home', path: '/' },
  { name: 'home-dark', path: '/', dark: true },
  { name: 'customers', path: '/customers?sort=-revenue' },
  { name: 'search-typo', path: '/customers?search=fernandes' },
  { name: 'profile', path: best('activity') },
  { name: 'profile-data', path: best('data') },
  { name: 'profile-value', path: best('value') },
  { name: 'profile-identity', path: best('identity') },
  { name: 'profile-relation', path: best('relation') },
  { name: 'profile-household', path: async (page) => `/customers/${(await aHousehold(page)).people[0]!.id}?tab=household` },
  { name: 'households', path: '/households?sort=-revenue' },
  { name: 'household', path: async (page) => `/households/${(await aHousehold(page)).id}` },
  { name: 'company', path: aCompany },
  { name: 'report', path: '/value/report' },
  { name: 'forecast', path: '/value/forecast' },
  { name: 'scenarios', path: '/value/scenarios?kept=20&order=5&margin=1&cost=2000' },
  { name: 'events', path: async (page) => (await liveWorld(page)) && '/events' },
  { name: 'events-source', path: async (page) => `/sources/${(await liveWorld(page)).source}/events` },
  { name: 'events-rejected', path: async (page) => (await liveWorld(page)) && '/events/rejected' },
  { name: 'profile-devices', path: async (page) => `/customers/${(await liveWorld(page)).customer}?tab=identity` },
  { name: 'profile-live', path: async (page) => `/customers/${(await liveWorld(page)).customer}?tab=activity` },
  { name: 'connections', path: async (page) => (await liveWorld(page)) && '/connections' },
  { name: 'connection', path: async (page) => `/connections/${(await liveWorld(page)).connection}` },
  { name: 'connection-new', path: '/connections/new' },
  { name: 'webhooks', path: async (page) => (await liveWorld(page)) && '/webhooks' },
  { name: 'webhook', path: async (page) => `/webhooks/${(await liveWorld(page)).webhook}` },
  { name: 'hook', path: async (page) => `/hooks/${(await liveWorld(page)).hook}` },
  { name: 'hand-backs', path: async (page) => (await liveWorld(page)) && '/hand-backs' },
  { name: 'hand-back', path: async (page) => `/hand-backs/${(await liveWorld(page)).handBack}` },
  { name: 'contacts', path: async (page) => (await liveWorld(page)) && '/contacts' },
  {
    name: 'contact-new',
    path: '/contacts/new?kind=call',
    prepare: async (page) => {
      await page.keyboard.type('mar');
      await page.waitForTimeout(1_500);
    },
  },
  { name: 'replies', path: async (page) => (await liveWorld(page)) && '/replies' },
  { name: 'replies-batch', path: async (page) => `/replies/batches/${(await liveWorld(page)).batch}` },
  { name: 'inbox', path: async (page) => (await liveWorld(page)) && '/inbox' },
  { name: 'letter', path: async (page) => `/inbox/${(await liveWorld(page)).letter}` },
  { name: 'sources', path: '/sources' },
  { name: 'import-new', path: '/imports/new' },
  { name: 'imports', path: '/imports' },
  { name: 'import-errors', path: withErrors },
  { name: 'duplicates', path: '/duplicates' },
  { name: 'review', path: '/review' },
  { name: 'review-dark', path: '/review', dark: true },
  { name: 'review-list', path: '/review/list' },
  { name: 'review-patterns', path: '/review/patterns' },
  { name: 'review-progress', path: '/review/progress' },
  { name: 'model-health', path: '/model-health' },
  { name: 'linking-rules', path: '/linking-rules' },
  { name: 'linking-change', path: changeOfRules },
  { name: 'cluster', path: bestCluster },
  { name: 'quality', path: '/quality' },
  {
    name: 'quality-fix',
    path: '/quality',
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /^(Corregir|Correct)…$/ })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('list').waitFor();
    },
  },
  { name: 'board', path: aBoard('direction') },
  { name: 'board-customers', path: aBoard('customers') },
  {
    name: 'questions',
    path: '/questions',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^(Ingresos y clientes por mes|Revenue and buyers by month)$/ }).click();
      await page.getByRole('table').first().waitFor();
    },
  },
  { name: 'value', path: '/value' },
  { name: 'profit', path: '/value/profit' },
  { name: 'costs', path: '/value/costs' },
  {
    name: 'profile-profit',
    path: best('value'),
    prepare: async (page) => {
      await page.getByRole('heading', { name: /^(Rentabilidad|Profit)$/ }).scrollIntoViewIfNeeded();
    },
  },
  { name: 'value-model', path: aModel },
  { name: 'loyalty', path: '/loyalty' },
  { name: 'loyalty-weights', path: '/loyalty/weights' },
  { name: 'loyalty-market', path: '/loyalty/market' },
  {
    name: 'profile-loyalty',
    path: best('value'),
    prepare: (page) => page.getByRole('region', { name: /^(Por qué vuelve|Why they come back)$/ }).scrollIntoViewIfNeeded(),
  },
  { name: 'needs', path: '/needs' },
  { name: 'needs-proposal', path: aProposal },
  { name: 'segments', path: async (page) => (await aSegment(page)) && '/segments' },
  { name: 'segment', path: async (page) => `/segments/${await aSegment(page)}` },
  { name: 'segment-builder', path: async (page) => `/segments/${await aSegment(page)}/edit` },
  { name: 'jobs', path: '/jobs' },
  { name: 'audit', path: '/audit' },
  { name: 'people', path: '/people' },
  { name: 'api-keys', path: '/api-keys' },
  { name: 'settings', path: '/settings' },
];

const DOCS = fileURLToPath(new URL('../docs/', import.meta.url));
const pages = readdirSync(DOCS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
/** The pictures some page of the documentation shows. */
const shown = new Set(pages.flatMap((name) => readFileSync(join(DOCS, name), 'utf8').match(/[\w-]+\.png/g) ?? []));

const only = process.argv.slice(2);
const given = process.env.VINCULO_DATA_FOLDER;
const folder = given ?? mkdtempSync(join(tmpdir(), 'vinculo-shots-'));
try {
  mkdirSync(IMAGES, { recursive: true });
  await whileServing(['demo', '--no-open'], folder, async (url) => {
    const account = JSON.parse(readFileSync(join(folder, 'demo-account.json'), 'utf8')) as Account;
    for (const language of ['es', 'en'] as const)
      await withBrowser(language, async (studio) => {
        for (const width of [1440, 390] as const) await series(studio, url, account, width);
      });
  });
} finally {
  if (!given) rmSync(folder, { recursive: true, force: true });
}

async function series({ language, signedIn }: Studio, url: string, account: Account, width: Width): Promise<void> {
  const file = (name: string) => `${name}-${language}-${width}.png`;
  const shots = SHOTS.filter(({ name }) => (only.length > 0 ? only.includes(name) : shown.has(file(name))));
  if (shots.length === 0) return;
  const page = await signedIn(url, account, width);
  for (const shot of shots) {
    await page.emulateMedia({ colorScheme: shot.dark ? 'dark' : 'light' });
    await page.request.patch('/api/v1/me', { data: { theme: shot.dark ? 'dark' : 'light' }, headers: { origin: url } });
    await page.goto(typeof shot.path === 'string' ? shot.path : await shot.path(page));
    await arrived(page);
    await shot.prepare?.(page);
    await page.waitForTimeout(600); // charts draw themselves in
    await page.screenshot({ path: join(IMAGES, file(shot.name)) });
    console.log(file(shot.name));
  }
  await page.context().close();
}
