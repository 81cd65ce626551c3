// Where a change of records leaves a doubt: those a changed record resembles without being one with them, and the weak tie that
// joined it. A whole run looks at every pair; this looks at those of the changed records alone.
import { lookup, refusalBetween } from '@vinculo/matching';
import type { Kind } from '../identity/customer-record.ts';
import { type FoundDoubt, patternOf } from '../identity/doubts/describe-doubtful.ts';
import { SURE } from '../identity/doubts/doubtful-edges.ts';
import { contradiction, uncertainty } from '../identity/doubts/instructiveness.ts';
import type { LiveFile, LiveRecord } from './live-file.ts';

/** Candidates looked at of one record, and doubts kept of one change. */
const MOST_CANDIDATES = 16;
const MOST_KEPT = 100;

/** The doubts of records just put into the file and linked, the most doubtful first. */
export function doubtsOf(file: LiveFile, changes: readonly LiveRecord[]): FoundDoubt[] {
  const found = new Map<string, FoundDoubt>();
  for (const { record, kind, match } of changes) {
    const code = file.records.findText(record);
    const own = file.graphs[kind];
    const owner = code < 0 ? -1 : file.customerOf(code);
    if (!match || !own || owner < 0) continue;
    const decided = decidedAbout(file, owner);
    const candidates = lookup(own.graph.index, match, { limit: MOST_CANDIDATES, leastProbability: 1 - SURE });
    // The strongest come first: one of each other customer, and of its own the one it hangs on.
    const asked = new Set<number>();
    for (const { row, explanation } of candidates) {
      const other = own.recordAt[row]!;
      const theirs = file.customerOf(other);
      if (other === code || theirs < 0 || asked.has(theirs)) continue;
      asked.add(theirs);
      const { probability, rule } = explanation;
      const inside = theirs === owner;
      if (inside ? rule !== undefined || probability > SURE || decided.same : decided.apart.has(theirs)) continue;
      const refused = !inside && probability >= own.graph.threshold;
      const [a, b] = [record, file.records.text(other)].toSorted() as [string, string];
      found.set(`${a} ${b}`, {
        kind,
        a,
        b,
        doubt: inside ? 'inside' : refused ? 'refused' : 'between',
        refusal: refused ? (refusalBetween(own.graph, rowsOf(file, kind, owner), rowsOf(file, kind, theirs)) ?? null) : null,
        ...described(kind, explanation),
        unsure: refused ? contradiction(probability) : uncertainty(probability),
      });
    }
  }
  return [...found.values()].toSorted((x, y) => y.unsure - x.unsure || (x.a < y.a ? -1 : 1)).slice(0, MOST_KEPT);
}

/** The rows of a customer among those of a kind, in the order in which a whole run reads them. */
function rowsOf(file: LiveFile, kind: Kind, customer: number): number[] {
  const members = file.membersOf(customer).filter((record) => file.kindOf(record) === kind && file.rowOf(record) >= 0);
  return members.toSorted((a, b) => file.records.compareInWarehouse(a, b)).map(file.rowOf);
}

function described(kind: Kind, { weight, probability, prior, terms }: ReturnType<typeof lookup>[number]['explanation']) {
  const bits = terms.flatMap((term): FoundDoubt['terms'] =>
    term.label === 'missing' ? [] : [[term.field, term.label, Math.round(term.weight * 100) / 100]],
  );
  return { pattern: patternOf(kind, terms), weight, probability, prior, terms: bits };
}

/** What people decided about the records of a customer: whom they are apart from, and whether some of them are one by decision. */
function decidedAbout(file: LiveFile, customer: number): { apart: Set<number>; same: boolean } {
  const decisions = file.membersOf(customer).flatMap((member) => file.decisionsOf(member));
  const apart = decisions.filter(({ same }) => !same).map(({ other }) => file.customerOf(other));
  return { apart: new Set(apart), same: decisions.some(({ same }) => same) };
}
