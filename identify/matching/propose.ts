import { cleanSources } from './clean-sources.ts';
import { type ColumnProfile, columnProfile, type Meaning, withSurname } from './column-meaning.ts';
import { proposeBlocking } from './propose-blocking.ts';
import type { FieldPlan } from './field-plan.ts';
import { planFields } from './propose-fields.ts';
import { cleanSourceOf } from './linker.ts';
import { columnsMade, prepare } from './prepare.ts';
import { sameThroughout } from './propose-same.ts';
import { parseSettings, type Settings, type SettingsInput } from './settings.ts';
import { sampled, type Table } from './table.ts';

export interface ProposalHints {
  /** What columns mean where their names do not say it; `ignore` leaves one out. */
  meanings?: Record<string, Meaning>;
  /** Candidate pairs to aim at, all rules together. Default 100,000 and forty a row, in large tables 3,000,000 and four a row. */
  pairs?: number;
}

/** Settings with what they were chosen from. */
export interface Proposal {
  settings: Settings;
  columns: ColumnProfile[];
}

/** Settings for a table nobody has described: see {@link proposeWithReasons}. */
export function propose(table: Table, hints: ProposalHints = {}): Settings {
  return proposeWithReasons(table, hints).settings;
}

/**
 * Recognises the columns by their names and values, prepares what stands in them, gives each the comparison that fits, and looks for
 * blocking rules that between them leave every field free and bring an affordable number of pairs.
 */
export function proposeWithReasons(table: Table, hints: ProposalHints = {}): Proposal {
  let columns = withSurname(Object.entries(table.columns).map(([name, column]) => columnProfile(name, column, hints.meanings?.[name])));
  let plan = planFields(sampled(table, PLAN_ROWS), columns);
  const same = plan.fields.length === 0 ? sameThroughout(table, hints.meanings) : undefined;
  if (same) ({ columns, plan } = same);
  if (plan.fields.length === 0)
    throw new Error('No column of the table says who or what a record is about: name them with hints.meanings.');
  const used = new Set(plan.fields.flatMap((field) => field.columns));
  const steps = [...plan.prepare];
  let sample = sampled(table, PLAN_ROWS);
  sample = prepare(sample, { prepare: steps }).table;
  const texts = plan.texts.concat(plan.fields.filter(({ comparison }) => comparison === 'company').flatMap((field) => field.columns));
  const byWords = texts.map((column) => ({ column: `${column}#`, from: [column], as: 'rare-words' as const, at: RARE_WORDS }));
  steps.push(...byWords);
  // So few records that every pair can be looked at. The other rules are there to learn from: they hold more pairs of one entity.
  const every = table.rows <= FEW_ROWS;
  if (every) steps.push({ column: 'all', from: [Object.keys(table.columns)[0]!], as: 'constant' });
  const blockable = plan.blockable.filter(({ column }) => used.has(column));
  const pairs = hints.pairs ?? Math.min(100_000 + 40 * table.rows, 3_000_000 + 4 * table.rows);
  const rulesFor = (constraints: Settings['constraints']): BlockingInput => [
    ...proposeBlocking(sample, blockable, pairs, table.rows, cleanSourceOf(sample, { constraints })),
    ...byWords.map((step) => ({ keys: [{ column: columnsMade(step) }] })),
    ...(every ? [{ keys: [{ column: 'all' }] }] : []),
  ];
  const constraints = constraintsOf(plan);
  const settings = parseSettings({
    version: 1,
    prepare: steps,
    fields: plan.fields,
    blocking: rulesFor({ conflictingIds: [], mustAgree: [], apart: [] }),
    constraints,
    ...(same ? { rules: same.rules } : {}),
    ...(every ? { maxBlockPairs: FEW_ROWS ** 2 } : {}),
  });
  const source = columns.find(({ meaning }) => meaning === 'source')?.column;
  const clean = source === undefined ? [] : cleanSources(table, settings, source, plan.about === 'things');
  if (source === undefined || clean.length === 0) return { settings, columns };
  // What blocks well within a source is of no use between two.
  const between = { ...settings.constraints, atMostOnePerSource: source, cleanSources: clean };
  return { settings: parseSettings({ ...settings, constraints: between, blocking: rulesFor(between) }), columns };
}

type BlockingInput = SettingsInput['blocking'];

/** What the columns need is judged on so many rows at most, spread evenly. */
const PLAN_ROWS = 50_000;
/** Up to here all pairs are compared. */
const FEW_ROWS = 2_000;
const RARE_WORDS = 6;

/** Where files hold two surnames they hold families: twins, and fathers and sons of one name. */
function constraintsOf({ fields, ids, dates, families }: FieldPlan): SettingsInput['constraints'] {
  if (!families) return undefined;
  const named = new Set(fields.map(({ name }) => name));
  const given = named.has('given');
  const born = dates.filter((date) => named.has(date));
  return {
    conflictingIds: ids.slice(0, 1),
    apart: [
      ...(given ? [{ name: 'different given name', when: { given: ['different'] }, unlessEqual: ids }] : []),
      ...born.map((date) => ({ name: 'born a generation apart', when: { [date]: ['apart'] }, unlessEqual: ids })),
      ...(given
        ? born.map((date) => ({ name: 'another person under the same id', when: { given: ['different'], [date]: ['different', 'apart'] } }))
        : []),
    ],
  };
}
