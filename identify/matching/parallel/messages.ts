import type { BlockPlan, RuleKeys } from '../block.ts';
import type { FieldValues } from '../field-values.ts';
import type { LearnedBlocks } from '../learned.ts';
import type { Model } from '../model.ts';
import type { Edges, PredictOptions } from '../predict.ts';
import type { Settings } from '../settings.ts';

/** What a thread is asked, in this order for each table. Typed arrays over shared memory are not copied on the way. */
export type Request =
  /** The texts of the columns that the settings read: the only thing a thread has a copy of. */
  | { do: 'texts'; texts: Record<string, string[]> }
  | {
      do: 'rules';
      rows: number;
      columns: Record<string, Uint32Array>;
      settings: Settings;
      plan: BlockPlan;
      options: RuleOptions;
      turn: Turn;
    }
  | ({ do: 'bind' } & BoundData)
  | { do: 'predict'; model: Model; options: ThreadOptions; of: number; turn: Turn }
  /** Answers when everything before it is done. */
  | { do: 'wait' }
  /** Lets go of the table. */
  | { do: 'forget' };

export type Answer = { rules: [index: number, rule: RuleKeys][] } | { parts: [index: number, edges: Edges][] } | Record<string, never>;

export type Envelope = { id: number; request: Request };
export type Reply = { id: number; answer: Answer } | { id: number; error: { name: string; message: string; stack?: string } };

export interface RuleOptions {
  keys: Uint32Array;
  width: number;
  learned: readonly LearnedBlocks[] | undefined;
}

export type ThreadOptions = Pick<PredictOptions, 'leastProbability' | 'listApart'> & { onlyRows?: Uint32Array };

/** A bound table without its texts. */
export interface BoundData {
  settings: Settings;
  rows: number;
  columns: Record<string, Uint32Array>;
  fields: { columns: string[]; values: Omit<FieldValues, 'texts' | 'tables'> }[];
  codes: Uint32Array;
  rules: RuleKeys[];
  keys: Uint32Array;
  width: number;
  order?: { rowAt: Uint32Array; positionOf: Uint32Array };
}

/** Two shared numbers: the next piece of work that nobody has taken, and whether all are to stop. */
export type Turn = Int32Array;

export function newTurn(): Turn {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** The pieces that fall to whoever asks, of `count` that all threads share. */
export function* pieces(turn: Turn, count: number): Generator<number> {
  for (;;) {
    const piece = Atomics.add(turn, 0, 1);
    if (piece >= count) return;
    yield piece;
  }
}

export function stop(turn: Turn): void {
  Atomics.store(turn, 1, 1);
}

export function stopped(turn: Turn): { readonly aborted: boolean } {
  return {
    get aborted() {
      return Atomics.load(turn, 1) === 1;
    },
  };
}
