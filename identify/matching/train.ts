import type { Blocks } from './block.ts';
import { type Bound, boundTo, rememberLearned } from './bound.ts';
import { broughtBefore } from './candidates.ts';
import { bringing, missedShare, MOST_TRAPS } from './captures.ts';
import { MISSING } from './comparisons/comparison.ts';
import { learnedField } from './field-values.ts';
import type { Learned } from './learned.ts';
import { cleanSourceOf, type Linker, levelOf, mustNotMeet } from './linker.ts';
import type { Model, TrainingSession } from './model.ts';
import { lineOf } from './prepare.ts';
import { checkAborted, type RunOptions } from './progress.ts';
import { seededRandom } from './random.ts';
import { samplePairs } from './sample-pairs.ts';
import { scorerOf } from './score.ts';
import { type LabelledPair, priorByLabels, withLabels } from './labels.ts';
import { type ComparisonName, parseSettings, type Settings, type SettingsInput } from './settings.ts';
import type { Table } from './table.ts';
import { normalised, relativesFrom } from './relatives.ts';
import { estimateM, patternCollector } from './train-m.ts';
import { estimatePrior, type WeighedPairs } from './train-prior.ts';
import { estimateU, isText, withoutMatches } from './train-u.ts';

export interface TrainOptions extends RunOptions {
  /** The same seed and data give the same model. Default 1. */
  seed?: number;
  /** Random pairs for the fuzzy levels of u. Default 30,000. */
  samples?: number;
  /** Pairs taken from each blocking rule for EM and for the prior. Default 15,000. */
  pairsPerRule?: number;
  /** Pairs of rows that people have decided. They are counted into m, and move the prior to where they are likeliest. */
  labels?: readonly LabelledPair[];
}

/**
 * Learns the parameters of the Fellegi–Sunter model from the records alone: u from value frequencies and random pairs, m by EM
 * on the pairs of each blocking rule (leaving out the fields the rule fixes), the prior from the candidates of all rules.
 */
export function train(table: Table, input: SettingsInput | Settings, options: TrainOptions = {}): Model {
  const settings = parseSettings(input);
  const bound = boundTo(table, settings);
  const model = trainOn(bound.linker, bound.blocks(), options, bound.order?.positionOf);
  model.learned = learnedFrom(bound);
  rememberLearned(model.learned, bound);
  return model;
}

/** What a model remembers of the file. */
function learnedFrom({ linker, blocks, columns }: Bound): Learned {
  return {
    fields: linker.fields.map(({ field, values, comparator }) => learnedField(field.name, field.columns, values, comparator.tokens?.())),
    blocks: blocks().rules.flatMap(({ learned }) => (learned.split.length > 0 || learned.leftOut.length > 0 ? [learned] : [])),
    ...columns(),
  };
}

/** `positionOf` says where the labels' rows stand in what is bound. */
function trainOn(linker: Linker, blocks: Blocks, options: TrainOptions, positionOf?: Uint32Array): Model {
  const { table, fields } = linker;
  const { seed = 1, samples = 30_000, pairsPerRule = 15_000, labels = [], signal, onProgress } = options;
  const random = seededRandom(seed);
  const steps = blocks.rules.length + 3;
  const step = (done: number) => {
    checkAborted(signal);
    onProgress?.({ phase: 'train', done, total: steps });
  };

  step(0);
  const chanceU = estimateU(linker, Math.min(samples, (table.rows * (table.rows - 1)) / 2), random);
  step(1);
  const startM = fields.map(({ levels }) => normalised(levels.map(({ m }) => m ?? 1 / levels.length)));
  const gathered = blocks.rules.map((_, r) => {
    const patterns = gather(linker, blocks, r, pairsPerRule, random);
    step(r + 2);
    return patterns;
  });

  let u = chanceU;
  let m = startM;
  let r = startM;
  let sessions: TrainingSession[] = [];
  let untrained: string[] = [];
  const ends: SessionEnds = [];
  let prior = { prior: 0, relatives: 0 };
  let missed = 0;
  const shared = fields.map(({ field }) => field.shared);
  // Twice where it can make a difference: the second time u is free of the pairs of one entity that the first time found.
  const rounds = table.rows < MANY_ROWS ? 2 : 1;
  for (let round = 0; round < rounds; round++) {
    ({ m, r, sessions, untrained } = learnM(linker, blocks, gathered, startM, u, shared, ends));
    if (labels.length > 0) m = withLabels(linker, labels, m, positionOf);
    const model = modelOf(linker, m, u, r, { prior: 0.5 / table.rows, relatives: 0 }, sessions, untrained, seed);
    // What only cleans u needs no more than a rough prior, where a share of the pairs gives one.
    const rough = round + 1 < rounds && table.rows > FEW_ROWS;
    const pairs = weigh(linker, blocks, model, rough ? Math.ceil(pairsPerRule / 5) : pairsPerRule, random);
    const total = pairsThatMayMeet(linker);
    prior = estimatePrior(pairs, Math.max(1, total), table.rows, shared.includes(true) && shared.includes(false));
    missed = missedShare(pairs, Math.min(MOST_TRAPS, blocks.rules.length), prior.prior, prior.relatives, bringsAll(blocks));
    if (round + 1 < rounds) {
      // Within clean sources there were no pairs of one entity to begin with.
      const clean = cleanSourceOf(table, linker.settings) !== undefined;
      u = chanceU.map((shares, f) =>
        clean && !isText(fields[f]!.field) ? shares : withoutMatches(shares, m[f]!, prior.prior, fields[f]!.values.present),
      );
    }
  }
  step(steps);
  const model = modelOf(linker, m, u, r, prior, sessions, untrained, seed);
  model.training.missed = missed;
  if (labels.length > 0) model.prior = priorByLabels(linker, labels, model, positionOf);
  return model;
}

/** Pairs of rows, those within a source that holds each entity once left out. */
function pairsThatMayMeet({ table, settings }: Linker): number {
  let pairs = (table.rows * (table.rows - 1)) / 2;
  const sourceOf = cleanSourceOf(table, settings);
  if (sourceOf === undefined) return pairs;
  const rows = new Map<number, number>();
  for (let i = 0; i < table.rows; i++) if (sourceOf(i) !== 0) rows.set(sourceOf(i), (rows.get(sourceOf(i)) ?? 0) + 1);
  for (const n of rows.values()) pairs -= (n * (n - 1)) / 2;
  return pairs;
}

/** Up to here every pair counts, and every start. */
const FEW_ROWS = 2_000;
/** From here on the pairs of one entity are too small a share of random pairs to show in u. */
const MANY_ROWS = 100_000;

function gather(linker: Linker, blocks: Blocks, r: number, count: number, random: () => number) {
  const { fields, width, codes } = linker;
  const apart = mustNotMeet(linker);
  const collector = patternCollector(fields.map(({ levels }) => levels.length));
  const levels = new Uint8Array(width);
  samplePairs(blocks, r, count, random, (i, j) => {
    if (apart(i, j)) return;
    for (let f = 0; f < width; f++) levels[f] = levelOf(fields[f]!, codes[i * width + f]!, codes[j * width + f]!);
    collector.add(levels);
  });
  return collector.patterns();
}

/** By rule, what its pairs came to in the round before. */
type SessionEnds = ReturnType<typeof estimateM>[];

/** m of each field as the mean over the rules that leave it free, each rule counting by the pairs of one entity it holds and their purity. */
function learnM(
  { fields, settings }: Linker,
  blocks: Blocks,
  gathered: ReturnType<typeof gather>[],
  startM: number[][],
  u: number[][],
  shared: boolean[],
  ends: SessionEnds,
) {
  const sessions: TrainingSession[] = [];
  const sums = startM.map((shares) => shares.map(() => 0));
  const weights = startM.map(() => 0);
  const knownR = fields.map(({ levels }) => (levels.some(({ r }) => r !== undefined) ? levels.map(({ r }) => r) : undefined));
  const most = fields.map(({ levels }) => levels.map((level) => level.most ?? 1));
  const sumsKin = startM.map((shares) => shares.map(() => 0));
  const weightsKin = startM.map(() => 0);
  gathered.forEach((patterns, rule) => {
    const { label, columns } = blocks.rules[rule]!;
    const fixed = new Set(columns.flatMap((column) => lineOf(settings, column, false)));
    // Pairs that share a rare word share more of the text it is from than random pairs do, whoever they are.
    const touched = new Set(columns.flatMap((column) => (fixed.has(column) ? lineOf(settings, column, true) : [])));
    const lines = fields.map(({ field }) => field.columns.flatMap((column) => lineOf(settings, column, false)));
    const active = fields.flatMap((_, f) => (lines[f]!.some((column) => fixed.has(column)) ? [] : [f]));
    const free = fields.map(({ field }) =>
      field.columns.some((column) => lineOf(settings, column, true).some((name) => touched.has(name))),
    );
    // With one field left there is nothing to tell the classes apart by.
    if (patterns.pairs < 20 || active.length < 2) return;
    const session = estimateM(patterns, active, shared, startM, u, knownR, free, most, ends[rule]);
    // In a small file a better u may lead elsewhere.
    if (blocks.rows > FEW_ROWS) ends[rule] = session;
    const { m, r, state: _state, ...report } = session;
    sessions.push({ rule: label, pairs: patterns.pairs, ...report });
    const weight = session.matches * (session.matches / patterns.pairs);
    for (const f of active) {
      const present = comparedShare(patterns, f);
      m[f]!.forEach((share, level) => (sums[f]![level]! += share * weight * present));
      weights[f]! += weight * present;
      if (!shared[f]) continue;
      const weightKin = session.relatives * (session.relatives / patterns.pairs) * present;
      r[f]!.forEach((share, level) => (sumsKin[f]![level]! += share * weightKin));
      weightsKin[f]! += weightKin;
    }
  });
  const untrained: string[] = [];
  const m = sums.map((shares, f) => {
    if (weights[f]! >= 1) return shares.map((share) => Math.max(1e-5, share / weights[f]!));
    untrained.push(fields[f]!.field.name);
    return startM[f]!;
  });
  const r = sumsKin.map((shares, f) => {
    if (knownR[f] || weightsKin[f]! < 1) return relativesFrom(knownR[f], m[f]!);
    return shares.map((share) => Math.max(1e-5, share / weightsKin[f]!));
  });
  return { m, r, sessions, untrained };
}

function comparedShare({ levels, counts, width, pairs }: ReturnType<typeof gather>, f: number): number {
  let compared = 0;
  for (let p = 0; p < counts.length; p++) if (levels[p * width + f] !== MISSING) compared += counts[p]!;
  return compared / Math.max(1, pairs);
}

/** Whether one block holds every row. */
function bringsAll({ rules, rows }: Blocks): boolean {
  return rules.some(({ keyCount, members }) => keyCount === 1 && members.length === rows);
}

/** Weights of sampled candidates of all rules, each pair once. */
function weigh(linker: Linker, blocks: Blocks, model: Model, count: number, random: () => number): WeighedPairs {
  const scorer = scorerOf(linker, model);
  const apart = mustNotMeet(linker);
  const weight: number[] = [];
  const household: number[] = [];
  const verdict: number[] = [];
  const standsFor: number[] = [];
  const captures: number[] = [];
  blocks.rules.forEach((_, r) => {
    const first = weight.length;
    const each = samplePairs(blocks, r, count, random, (i, j) => {
      if (broughtBefore(blocks, r, i, j) || apart(i, j)) return;
      weight.push(scorer.score(i, j));
      household.push(scorer.household);
      captures.push(bringing(blocks, i, j));
      verdict.push(scorer.apart !== 0 ? -1 : scorer.rule !== 0 ? 1 : 0);
    });
    for (let p = first; p < weight.length; p++) standsFor.push(each);
  });
  return {
    weight: Float64Array.from(weight),
    household: Float64Array.from(household),
    verdict: Int8Array.from(verdict),
    standsFor: Float64Array.from(standsFor),
    captures: Uint32Array.from(captures),
    count: weight.length,
  };
}

/**
 * u with which less alike never weighs more than more alike. A text that is short is equal by chance as often as its frequency
 * says, so what is only like it can be worth no more. Of long texts the pairs of one entity are, in a small file, most of those that are
 * very alike, and chance is blamed for them: there the weaker level is the better witness.
 */
export function inOrder(comparison: ComparisonName, m: readonly number[], u: readonly number[]): readonly number[] {
  const ordered = u.slice();
  if (comparison === 'words' || comparison === 'set') {
    for (let level = u.length - 2; level >= 0; level--)
      ordered[level] = Math.min(u[level]!, (m[level]! * ordered[level + 1]!) / m[level + 1]!);
  } else if (comparison === 'text' || comparison === 'number') {
    for (let level = 1; level < u.length - 1; level++) ordered[level] = Math.max(u[level]!, (m[level]! * u[0]!) / m[0]!);
  } else return u;
  return ordered;
}

function modelOf(
  { fields, settings, table }: Linker,
  m: number[][],
  u: number[][],
  r: number[][],
  prior: { prior: number; relatives: number },
  sessions: TrainingSession[],
  untrained: string[],
  seed: number,
): Model {
  const chance = u.map((shares, f) => inOrder(fields[f]!.field.comparison, m[f]!, shares));
  return {
    version: 1,
    settings,
    ...prior,
    fields: fields.map(({ field, levels }, f) => ({
      name: field.name,
      levels: levels.map(({ is, at }, level) => ({
        is,
        ...(at === undefined ? {} : { at }),
        m: m[f]![level]!,
        u: chance[f]![level]!,
        ...(field.shared ? { r: r[f]![level]! } : {}),
      })),
    })),
    training: { rows: table.rows, seed, converged: sessions.every(({ converged }) => converged), sessions, untrained },
  };
}
