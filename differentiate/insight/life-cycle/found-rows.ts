// What is found of each customer, kept column by column until it goes to the warehouse in blocks.
import { rhythmDays, type Stage, STAGES } from '@vinculo/value';
import { nativeEnum, writeNative } from '../scores/native.ts';
import type { CustomerFound } from './compute-life-cycle.ts';
import { type GrowingList, growingList } from './growing-list.ts';
import { writeReasons } from './reasons.ts';

/** Columns of {@link foundRows}, in order. */
export const ROW_COLUMNS = [
  'customer_id',
  'stage',
  'rhythm_days',
  'silent_days',
  'churn_risk',
  'expected_loss',
  'reasons',
  'stage_since',
  'computed_at',
  'visits',
  'gap_center',
  'gap_spread',
  'gap_degrees',
  'stage_before',
  'brought',
  'period_value',
  'first_day',
  'last_day',
  'first_source',
  'first_channel',
  'spell_from',
  'spell_until',
  'spell_brought',
];

/** Rows of a block. */
const BLOCK = 65_536;
const PLACES = Object.fromEntries(STAGES.map((stage, place) => [stage, place])) as Record<Stage, number>;
const STAGE = nativeEnum(STAGES);

/** Where a customer first bought and since when they stand where they do. */
export interface FoundBeside {
  /** Their id: so many bytes into `ids`. */
  ids: Uint8Array;
  id: number;
  since: number;
  /** Places in the lists given, from 1; 0 is none of them. */
  source: number;
  channel: number;
}

/**
 * Collects customers and writes them block by block into an open file, in Native.
 *
 * @param sources Ids as the warehouse has them, 16 bytes each.
 * @param now Seconds since 1970.
 */
export function foundRows(
  file: number,
  { now, sources, channels }: { now: number; sources: readonly Uint8Array[]; channels: readonly string[] },
) {
  const channelType = nativeEnum(['', ...channels]);
  const columns = emptyBlock();
  let rows = 0;

  function flush(): void {
    if (rows === 0) return;
    const some = <A extends Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array>(column: A, width = 1) =>
      column.subarray(0, rows * width);
    const lists = (ends: Uint32Array, { values, length }: GrowingList<Uint16Array | Float32Array | Float64Array>) =>
      Buffer.concat([bytesOf(some(ends, 2)), bytesOf(values.subarray(0, length))]);
    writeNative(file, rows, [
      ['customer_id', 'UUID', some(columns.ids, 16)],
      ['stage', STAGE, some(columns.stage)],
      ['rhythm_days', 'Float32', some(columns.rhythm)],
      ['silent_days', 'Float32', some(columns.silent)],
      ['churn_risk', 'Float32', some(columns.risk)],
      ['expected_loss', 'Float64', some(columns.loss)],
      ['reasons', 'Array(Float64)', lists(columns.reasonEnds, columns.reasons)],
      ['stage_since', 'Date', some(columns.since)],
      ['computed_at', 'UInt32', new Uint32Array(rows).fill(now)],
      ['visits', 'UInt32', some(columns.visits)],
      ['gap_center', 'Float32', some(columns.center)],
      ['gap_spread', 'Float32', some(columns.spread)],
      ['gap_degrees', 'Float32', some(columns.degrees)],
      ['stage_before', STAGE, some(columns.before)],
      ['brought', 'Float64', some(columns.brought)],
      ['period_value', 'Float64', some(columns.periodValue)],
      ['first_day', 'Date', some(columns.firstDay)],
      ['last_day', 'Date', some(columns.lastDay)],
      ['first_source', 'UUID', some(columns.source, 16)],
      ['first_channel', channelType, some(columns.channel)],
      ['spell_from', 'Array(Date)', lists(columns.spellEnds, columns.spellFrom)],
      ['spell_until', 'Array(Date)', lists(columns.spellEnds, columns.spellUntil)],
      ['spell_brought', 'Array(Float32)', lists(columns.spellEnds, columns.spellBrought)],
    ]);
    columns.source.fill(0);
    for (const list of [columns.reasons, columns.spellFrom, columns.spellUntil, columns.spellBrought]) list.length = 0;
    rows = 0;
  }

  return {
    add(found: CustomerFound, { ids, id, since, source, channel }: FoundBeside): void {
      const { standing, risk, periodValue } = found;
      for (let byte = 0; byte < 16; byte++) columns.ids[rows * 16 + byte] = ids[id + byte]!;
      columns.stage[rows] = PLACES[standing.stage];
      columns.rhythm[rows] = standing.visits > 1 ? rhythmDays(standing.rhythm) : 0;
      columns.silent[rows] = standing.silent;
      columns.risk[rows] = risk;
      columns.loss[rows] = standing.stage === 'lost' ? 0 : risk * periodValue;
      writeReasons(found, columns.reasons);
      columns.since[rows] = since;
      columns.visits[rows] = standing.visits;
      columns.center[rows] = standing.rhythm.center;
      columns.spread[rows] = standing.rhythm.spread;
      columns.degrees[rows] = standing.rhythm.degrees;
      columns.before[rows] = PLACES[found.before];
      columns.brought[rows] = found.brought;
      columns.periodValue[rows] = periodValue;
      columns.firstDay[rows] = found.firstDay;
      columns.lastDay[rows] = found.lastDay;
      if (sources[source - 1]) columns.source.set(sources[source - 1]!, rows * 16);
      columns.channel[rows] = channel;
      for (const { from, until, brought } of found.spells) {
        columns.spellFrom.push(from);
        columns.spellUntil.push(Math.max(0, until));
        columns.spellBrought.push(brought);
      }
      // 64 bits, little end first.
      columns.reasonEnds[rows * 2] = columns.reasons.length;
      columns.spellEnds[rows * 2] = columns.spellFrom.length;
      if (++rows === BLOCK) flush();
    },
    flush,
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => new Uint8Array(buffer, byteOffset, byteLength);

const emptyBlock = () => ({
  ids: new Uint8Array(BLOCK * 16),
  stage: new Uint8Array(BLOCK),
  rhythm: new Float32Array(BLOCK),
  silent: new Float32Array(BLOCK),
  risk: new Float32Array(BLOCK),
  loss: new Float64Array(BLOCK),
  reasonEnds: new Uint32Array(BLOCK * 2),
  reasons: growingList(Float64Array, BLOCK * 8),
  since: new Uint16Array(BLOCK),
  visits: new Uint32Array(BLOCK),
  center: new Float32Array(BLOCK),
  spread: new Float32Array(BLOCK),
  degrees: new Float32Array(BLOCK),
  before: new Uint8Array(BLOCK),
  brought: new Float64Array(BLOCK),
  periodValue: new Float64Array(BLOCK),
  firstDay: new Uint16Array(BLOCK),
  lastDay: new Uint16Array(BLOCK),
  source: new Uint8Array(BLOCK * 16),
  channel: new Uint8Array(BLOCK),
  spellEnds: new Uint32Array(BLOCK * 2),
  spellFrom: growingList(Uint16Array, BLOCK),
  spellUntil: growingList(Uint16Array, BLOCK),
  spellBrought: growingList(Float32Array, BLOCK),
});
