// Which functions a question may use: those that work out a value from values, of the categories the engine itself names.
import type { Warehouse } from '@vinculo/warehouse';

const CATEGORIES = new Set([
  'Aggregate Functions',
  'Type Conversion',
  'Dates and Times',
  'Arrays',
  'String',
  'Hash',
  'String Search',
  'JSON',
  'URL',
  'Mathematical',
  'Arithmetic',
  'Map',
  'Comparison',
  'Tuple',
  'Distance',
  'Random Number',
  'Bit',
  'Bitmap',
  'Encoding',
  'UUID',
  'String Splitting',
  'String Replacement',
  'Null',
  'Rounding',
  'Time Window',
  'Conditional',
  'Financial',
  'Logical',
  'Time Series',
  'IP Address',
  'Geo',
]);

/** Of the other categories; and the names the parser gives to pieces of syntax. */
const BESIDES = [
  'lambda',
  '_CAST',
  'caseWithExpression',
  'caseWithExpr',
  'exists',
  'grouping',
  'bar',
  'formatReadableQuantity',
  'formatReadableSize',
  'formatReadableTimeDelta',
  'neighbor',
  'runningDifference',
  'runningAccumulate',
  'transform',
  'toTypeName',
  'materialize',
  'identity',
  'isFinite',
  'isNaN',
  'countDigits',
  'finalizeAggregation',
  'arrayJoin',
  'viewColumn',
  'toColumnTypeName',
  'negate',
  'nth_value',
  'leadInFrame',
  'lagInFrame',
];

/** In those categories, and yet about the server, its models or its files. */
const NEVER =
  /^(naivebayes|chdb|aggthrow|flamegraph|estimatecompressionratio|throwif|sleep|randomstring$|serveruuid|servertimezone|ai[a-z]+$|catboost|dict|file|getsetting|joinget|__)/;
const COMBINATORS =
  /(IfOrNull|OrNullIf|If|Array|Map|SimpleState|State|Merge|MergeState|ForEach|Distinct|OrDefault|OrNull|Resample|ArgMin|ArgMax)$/;

export interface KnownFunctions {
  allows(name: string): boolean;
  /** Whether it names a function of the engine that is not admitted: `arrayMap(file, …)` calls one without parentheses. */
  refuses(name: string): boolean;
}

const known = new WeakMap<Warehouse, Promise<KnownFunctions>>();

/** Asked of the engine once: it knows what it has. */
export function knownFunctions(warehouse: Warehouse): Promise<KnownFunctions> {
  const found = known.get(warehouse) ?? read(warehouse);
  known.set(warehouse, found);
  found.catch(() => known.delete(warehouse));
  return found;
}

async function read(warehouse: Warehouse): Promise<KnownFunctions> {
  const rows = await warehouse.rows<{ name: string; alias_to: string; categories: string; is_aggregate: number }>(
    'select name, alias_to, toString(categories) as categories, is_aggregate from system.functions',
  );
  const category = new Map(rows.map((row) => [row.name, row.categories]));
  const safe = (name: string, categories: string): boolean => CATEGORIES.has(categories) && !NEVER.test(name.toLowerCase());
  const allowed = new Set(BESIDES.map((name) => name.toLowerCase()));
  const refused = new Set<string>();
  const aggregates = new Set<string>();
  for (const { name, alias_to: original, categories, is_aggregate: aggregate } of rows) {
    const good = original ? safe(original, category.get(original) ?? '') && !NEVER.test(name.toLowerCase()) : safe(name, categories);
    (good ? allowed : refused).add(name.toLowerCase());
    if (good && aggregate) aggregates.add(name.toLowerCase());
  }
  for (const name of BESIDES) refused.delete(name.toLowerCase());
  return {
    refuses: (name) => refused.has(name.toLowerCase()),
    allows(name) {
      const small = name.toLowerCase();
      if (refused.has(small)) return false;
      if (allowed.has(small)) return true;
      // sumIf, countDistinctIf, uniqExactIfOrNull: an aggregate with endings.
      for (let base = name; COMBINATORS.test(base); ) {
        base = base.replace(COMBINATORS, '');
        if (aggregates.has(base.toLowerCase())) return true;
      }
      return false;
    },
  };
}
