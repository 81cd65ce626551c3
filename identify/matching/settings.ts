import { z } from 'zod';

/** What a field's values are, and so how two of them are compared. Each has a file under `comparisons/`. */
export const comparisonNames = [
  'exact',
  'name',
  'full-name',
  'surname-pair',
  'date',
  'phone',
  'email',
  'address',
  'id',
  'number',
  'text',
  'words',
  'set',
  'company',
] as const;

/** What raw values are made into before they are compared and blocked. */
export const preparationNames = [
  'constant',
  'first',
  'joined',
  'clean',
  'date',
  'phone',
  'email',
  'postcode',
  'street',
  'name',
  'root',
  'given',
  'surname',
  'second-surname',
  'surname-first',
  'surname-last',
  'company-part',
  'company',
  'words',
  'rare-words',
  'number',
  'id',
  'website',
] as const;

const preparation = z.strictObject({
  /** The column that is made; `rare-words` makes `at` columns: `column1`, `column2` … */
  column: z.string().min(1),
  /** What it is made from, in this order; columns made by earlier preparations are at hand too. */
  from: z.array(z.string().min(1)).min(1).max(12),
  as: z.enum(preparationNames),
  /** Of dates written in numbers only. */
  order: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  at: z.number().int().min(1).max(12).optional(),
});

const level = z.strictObject({
  /** The relation between two values, in the comparison's own words: `exact`, `swapped`, `similar`, `different` … */
  is: z.string().min(1),
  /** The threshold, for levels that have one: a similarity from 0 to 1, or for a date's `apart` a number of years. */
  at: z.number().nonnegative().optional(),
  /** How often records of one entity stand at this level: where estimation starts, and its prior. */
  m: z.number().gt(0).lt(1).optional(),
  /** No more than this whatever the pairs seem to say: one entity seldom has two names that have nothing in common, but many share a door. */
  most: z.number().gt(0).lt(1).optional(),
  /** On a shared field: how often relatives stand at this level, where that is known beforehand. Without any it is estimated; with some, the others are as in m. */
  r: z.number().gt(0).lt(1).optional(),
});

const field = z.strictObject({
  name: z.string().min(1),
  /** One column, or those the comparison reads together: `[surname1, surname2]`, `[phone, mobile]`, `[street, postcode, city]`. */
  columns: z.array(z.string().min(1)).min(1).max(4),
  comparison: z.enum(comparisonNames),
  /** From the strongest agreement to `different`; the comparison's own list where absent. */
  levels: z.array(level).min(2).max(16).optional(),
  /** Agreement on a rare value says more than on a common one. Default true. */
  termFrequency: z.boolean().default(true),
  /** People of one household tend to share it (surnames, address, phone), so it cannot alone tell them apart. Default false. */
  shared: z.boolean().default(false),
});

const blockingKey = z.strictObject({
  /** A column, or several of which any may agree with any. */
  column: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(12)]),
  /** What of the value must agree: `prefix:3`, `suffix:4`, `phonetic`, `year`, `month`, `core` (the words of a company name without its legal form, sorted), `local` (of an e-mail), `digits`; all of it where absent. */
  transform: z
    .string()
    .regex(/^(prefix:\d+|suffix:\d+|phonetic|year|month|core|local|digits)$/)
    .optional(),
});

const blockingRule = z.strictObject({
  /** Two records become a candidate pair when all of these agree; a missing value agrees with nothing. */
  keys: z.array(blockingKey).min(1).max(5),
});

const deterministicRule = z.strictObject({
  name: z.string().min(1),
  /** Columns that must all be present and equal. */
  equal: z.array(z.string().min(1)).min(1),
  /** …unless all these fields stand at their `different` (or `apart`) level. */
  unless: z.array(z.string().min(1)).optional(),
});

const constraints = z.strictObject({
  /** Trusted identifiers: records whose values differ by more than a slip of the pen never share a cluster. */
  conflictingIds: z.array(z.string().min(1)).default([]),
  /** Column with the source, when a source is known to hold each entity once. */
  atMostOnePerSource: z.string().min(1).optional(),
  /** The sources that do, where not all of them do. */
  cleanSources: z.array(z.string().min(1)).optional(),
  /** Columns in which a pair must not differ (missing agrees with everything): person or company. */
  mustAgree: z.array(z.string().min(1)).default([]),
  /** Differences that no other agreement outweighs: twins differ in the given name, father and son in the date of birth. */
  apart: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        /** Field → levels: the rule holds when every one of these fields stands at one of its levels. */
        when: z.record(z.string(), z.array(z.string().min(1)).min(1)),
        /** Columns whose agreement excuses the difference. */
        unlessEqual: z.array(z.string().min(1)).default([]),
      }),
    )
    .max(16)
    .default([]),
});

export const settingsSchema = z.strictObject({
  version: z.literal(1),
  /** Columns made from others, in order. */
  prepare: z.array(preparation).max(64).default([]),
  fields: z.array(field).min(1).max(16),
  blocking: z.array(blockingRule).min(1).max(24),
  rules: z.array(deterministicRule).max(16).default([]),
  constraints: constraints.default({ conflictingIds: [], mustAgree: [], apart: [] }),
  /** Probability from which an edge may join; `auto` chooses it from the estimated precision and recall. */
  threshold: z.union([z.number().gt(0).lt(1), z.literal('auto')]).default('auto'),
  /** A block that would bring more pairs than this is refined or left out, and reported. */
  maxBlockPairs: z.number().int().positive().default(200_000),
});

export type ComparisonName = (typeof comparisonNames)[number];
export type Preparation = z.output<typeof preparation>;
export type Level = z.output<typeof level>;
export type Field = z.output<typeof field>;
export type BlockingKey = z.output<typeof blockingKey>;
export type BlockingRule = z.output<typeof blockingRule>;
export type DeterministicRule = z.output<typeof deterministicRule>;
export type Constraints = z.output<typeof constraints>;
/** Everything a linkage decides by, as data. JSON-serialisable. */
export type Settings = z.output<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;

/** Every column that the settings read. */
export function columnsRead({
  fields,
  blocking,
  rules,
  constraints: { conflictingIds, mustAgree, apart, atMostOnePerSource },
}: Settings): Set<string> {
  return new Set([
    ...fields.flatMap(({ columns }) => columns),
    ...blocking.flatMap(({ keys }) => keys.flatMap(({ column }) => column)),
    ...rules.flatMap(({ equal }) => equal),
    ...conflictingIds,
    ...mustAgree,
    ...apart.flatMap(({ unlessEqual }) => unlessEqual),
    ...(atMostOnePerSource === undefined ? [] : [atMostOnePerSource]),
  ]);
}

/** Checks settings and fills in defaults. Throws a ZodError that names the path of what is wrong. */
export function parseSettings(input: SettingsInput): Settings {
  return settingsSchema.parse(input);
}
