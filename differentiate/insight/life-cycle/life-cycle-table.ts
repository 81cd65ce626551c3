import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { type Stage, STAGES, type StageRules, standingOn, thresholdsOf } from '@vinculo/value';
import { type CohortCell, cohortCube } from './cohort-cube.ts';
import { baseGaps, eachCustomer, type Learned, learnLifeCycle, type LifeCycleTask } from './compute-life-cycle.ts';
import { contactDays } from './contact-days.ts';
import { foundRows } from './found-rows.ts';
import { compareIds, historyTable } from './history-table.ts';
import { rowWriter } from './row-writer.ts';

export interface ComputeTask extends LifeCycleTask {
  /** Seconds since 1970. */
  now: number;
  /** Day the scoring before was about; 0 without one. */
  scoredBefore: number;
  /** As the orders name them by their place, from 1. Ids as 16 bytes in hex, in the warehouse's order of bytes. */
  sources: readonly string[];
  channels: readonly string[];
}

export interface CompareTask extends Pick<LifeCycleTask, 'asOf'> {
  before: StageRules;
  after: StageRules;
}

export interface ComputedFigures extends Learned {
  customers: number;
  /** Of stage, since the scoring before. */
  changes: number;
}

/** Customers by stage: from this one (first index) to that one, in the order of STAGES. */
export type Moves = number[][];

/** Bytes of a row of what held before: id, place of the stage in STAGES, day. */
const FORMER = 16 + 1 + 2;

/** Everybody's purchases in, everybody's stage, risk and spells out. What the thread holds; tests hold it without one. */
export function lifeCycleTable() {
  const cube = cohortCube();
  const history = historyTable((order) => cube.add(order));
  const contacts = contactDays();
  let former: Buffer = Buffer.alloc(0);

  /** @param files where to write what was found, in Native, and who changed their stage, in RowBinary. */
  function compute(task: ComputeTask, files: { rows: string; changes: string }): ComputedFigures {
    const moved = rowWriter();
    const learned = learnLifeCycle(history, contacts, task);
    const file = openSync(files.rows, 'wx', 0o600);
    const out = foundRows(file, { now: task.now, sources: task.sources.map((hex) => Buffer.from(hex, 'hex')), channels: task.channels });
    const ids = history.ids();
    let customers = 0;
    let known = 0;
    let changes = 0;
    eachCustomer(history, contacts, task, learned, (found) => {
      customers++;
      const { customer, standing } = found;
      const id = customer * 16;
      while (known < former.length && compareIds(former, known, ids, id) < 0) known += FORMER;
      const was = known < former.length && compareIds(former, known, ids, id) === 0 ? STAGES[former[known + 16]!] : undefined;
      const since = was === standing.stage ? former.readUInt16LE(known + 17) : sinceOf(standing.since, was !== undefined, task);
      if (was !== standing.stage) {
        moved.bytes(ids, id, 16);
        changes++;
        moved.uint16(since);
        moved.ascii(was ?? '');
        moved.ascii(standing.stage);
      }
      out.add(found, { ids, id, since, source: history.sourceOf(customer), channel: history.channelOf(customer) });
    });
    out.flush();
    closeSync(file);
    writeFileSync(files.changes, moved.take(), { flag: 'wx', mode: 0o600 });
    return { ...learned, customers, changes };
  }

  return {
    /** Each the path of a file with the answer to its query. */
    addOrders: (path: string) => history.read(path),
    addContacts: (path: string) => contacts.read(path),
    addFormer(path: string): void {
      former = readFileSync(path);
    },
    compute,
    /** How many would stand where, and stand where, by other rules; nothing is written. */
    compare({ asOf, before, after }: CompareTask): Moves {
      const gaps = baseGaps(history);
      const moves: Moves = STAGES.map(() => STAGES.map(() => 0));
      const [one, other] = [thresholdsOf(before), thresholdsOf(after)];
      for (let customer = 0; customer < history.customers; customer++) {
        const visits = { days: history.days(), money: history.money(), from: history.from(customer), to: history.to(customer) };
        if (visits.from === visits.to || visits.days[visits.from]! > asOf) continue;
        moves[place(standingOn(gaps, one, visits, asOf).stage)]![place(standingOn(gaps, other, visits, asOf).stage)]!++;
      }
      return moves;
    },
    cohorts: (): CohortCell[] => cube.cells(),
  };
}

const place = (stage: Stage) => STAGES.indexOf(stage);

/** By the purchases alone; but who stood elsewhere at an earlier scoring did not move before it. */
function sinceOf(byPurchases: number, knownBefore: boolean, { asOf, scoredBefore }: ComputeTask): number {
  return knownBefore ? Math.min(asOf, Math.max(byPurchases, scoredBefore)) : byPurchases;
}
