// Inicio: what changed since yesterday, what needs somebody, what the base is worth.
import type { z } from 'zod';
import { quality } from '@vinculo/customer-file';
import type { Context } from '@vinculo/http';
import { sql } from 'kysely';
import type { Actor } from '@vinculo/postgres';
import type { Home } from '../api/home.ts';
import { valueOverview } from '../scores/value-overview.ts';

type HomeView = z.infer<typeof Home>;
/** As computed once for all, before it is cut to what a reader may see. */
type Whole = HomeView & { value: ValueView };
type ValueView = NonNullable<HomeView['value']>;

/** Counting a million customers takes a tenth of a second; twenty people opening Inicio at once share one count. */
const FRESH_MS = 10_000;
/** Where the count takes longer than anybody should wait, what was counted before is shown while it is counted anew. */
const SLOW_MS = 200;
const SHOWN_MS = 300_000;
const remembered = new WeakMap<Context, { at: number; took: number; view: Promise<Whole> }>();

/** Inicio for this reader: what the base is worth, and what waits because of it, only with value.read. */
export async function home(context: Context, actor: Pick<Actor, 'permissions'>): Promise<HomeView> {
  const view = await whole(context);
  if (actor.permissions.has('value.read')) return view;
  return { ...view, value: null, needs: view.needs.filter(({ to }) => !to.startsWith('/customers?group=')) };
}

function whole(context: Context): Promise<Whole> {
  const known = remembered.get(context);
  const age = known ? Date.now() - known.at : Number.POSITIVE_INFINITY;
  if (known && age < FRESH_MS) return known.view;
  const at = Date.now();
  const view = look(context);
  const shown = known && known.took > SLOW_MS && age < SHOWN_MS ? known.view : view;
  const kept = { at, took: 0, view: shown };
  remembered.set(context, kept);
  view.then(
    () => Object.assign(kept, { took: Date.now() - at, view }),
    () => remembered.get(context) === kept && remembered.delete(context),
  );
  return shown;
}

interface Counts {
  people: string;
  companies: string;
  records: string;
  new_customers: string;
  merged: string;
  imports: string;
}

interface LatestImport {
  id: string;
  file_name: string;
  source_label: string;
  kind: string;
  state: string;
  rows_read: string;
  rows_rejected: string;
  created_at: Date;
}

async function look(context: Context): Promise<Whole> {
  const { store } = context;
  const [counts, imports, value, good] = await Promise.all([
    sql<Counts>`
      select (select count(*) from customer where merged_into is null and kind = 'person') as people,
             (select count(*) from customer where merged_into is null and kind = 'company') as companies,
             (select count(*) from source_record) as records,
             (select count(*) from (select 1 from customer where merged_into is null and changed_at > now() - interval '1 day' and first_seen > now() - interval '1 day' limit 100000) fresh) as new_customers,
             (select count(*) from identity_change where kind = 'merged' and changed_at > now() - interval '1 day') as merged,
             (select count(*) from import where created_at > now() - interval '1 day') as imports`.execute(store.db),
    sql<LatestImport>`
      select i.id, i.file_name, s.label as source_label, i.kind, i.state, i.rows_read, i.rows_rejected, i.created_at
        from import i join source s on s.id = i.source_id order by i.created_at desc limit 6`.execute(store.db),
    valueOverview(context),
    quality(context),
  ]);
  const row = counts.rows[0]!;
  const people = Number(row.people);
  const companies = Number(row.companies);
  return {
    customers: people + companies,
    people,
    companies,
    records: Number(row.records),
    duplicates: Math.max(0, Number(row.records) - people - companies),
    quality: {
      score: good.score,
      worst: good.fields
        .toSorted((a, b) => a.completeness * a.validity - b.completeness * b.validity)
        .slice(0, 5)
        .map(({ sourceLabel, field, completeness, validity }) => ({ sourceLabel, field, completeness, validity })),
    },
    value,
    since: { newCustomers: Number(row.new_customers), merged: Number(row.merged), imports: Number(row.imports) },
    needs: needs({ customers: people + companies, rejected: imports.rows, value }),
    imports: imports.rows.map((i) => ({
      id: i.id,
      fileName: i.file_name,
      sourceLabel: i.source_label,
      kind: i.kind,
      state: i.state,
      rowsRead: Number(i.rows_read),
      rowsRejected: Number(i.rows_rejected),
      createdAt: i.created_at.toISOString(),
    })),
  };
}

/** What waits for somebody, most pressing first; each leads to the screen where it is done. Keys of `home.needs.<key>`. */
function needs({ customers, rejected, value }: { customers: number; rejected: LatestImport[]; value: ValueView }): HomeView['needs'] {
  const list: HomeView['needs'] = [];
  if (customers === 0) return [{ key: 'first_import', count: 0, to: '/imports/new' }];
  const failed = rejected.find((i) => i.state === 'failed');
  if (failed) list.push({ key: 'failed_import', count: 1, to: `/imports/${failed.id}` });
  const withErrors = rejected.find((i) => Number(i.rows_rejected) > 0);
  if (withErrors) list.push({ key: 'rejected_rows', count: Number(withErrors.rows_rejected), to: `/imports/${withErrors.id}` });
  const leaving = value.groups.find(({ group }) => group === 'cant_lose');
  if (leaving?.customers) list.push({ key: 'cant_lose', count: leaving.customers, to: '/customers?group=cant_lose&sort=-revenue' });
  const atRisk = value.groups.find(({ group }) => group === 'at_risk');
  if (atRisk?.customers) list.push({ key: 'at_risk', count: atRisk.customers, to: '/customers?group=at_risk&sort=-revenue' });
  const fresh = value.groups.find(({ group }) => group === 'new');
  if (fresh?.customers) list.push({ key: 'welcome', count: fresh.customers, to: '/customers?group=new&sort=-last_purchase' });
  return list;
}
